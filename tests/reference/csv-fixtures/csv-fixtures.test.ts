/** Third-party files, read or refused as their SOURCE.md and formats.md section 1 say. */
import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { profileCsv } from '@afferent/formats'
import { type ColumnProfile, findingAt } from '@afferent/records'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { type Asked, readExport } from '../../corpus/csv/read-export.ts'
import { describeReference } from '../../testkit/reference.ts'

const text = { kind: 'text' } as const
const instant = { kind: 'instant', order: null, dateOnly: false, epoch: null } as const
const decimal = { kind: 'number', integer: false, min: null, max: null, divisor: 1, decimal: null } as const

describeReference('third-party CSV files', (root) => {
  const folder = join(root, 'fixtures', 'csv')
  const read = (file: string, columns: Asked['columns'], more: Partial<Asked> = {}) =>
    readExport(join(folder, file), { columns, ...more })
  const idName = { id: text, name: text }

  test('bom, delimiter, table.tsv and skip-rows-before-headers hold the same two rows', async () => {
    for (const file of ['bom.csv', 'delimiter.csv', 'skip-rows-before-headers.csv', 'table.tsv']) {
      const { read: table, findings } = await read(file, idName, { missing: ['\\N'] })
      expect(findings, file).toEqual([])
      expect(table?.columns.name.slice(0, 2), file).toEqual(['english', '中国人'])
    }
    expect((await read('table.tsv', idName, { missing: ['\\N'] })).read?.columns.name[2]).toBeNull()
  })

  test('latin1 and the Greek file are read as Windows-1252, and the byte that tells is named', async () => {
    const latin1 = await read('latin1.csv', idName)
    expect(latin1.read?.columns.name).toEqual(['english', '©'])
    expect(latin1.findings).toEqual(['0 file-encoding (decoded as Windows-1252 (not valid UTF-8 at byte 20))'])
    const greek = await read('table-infer-iso-8859-7.csv', { id: text, name: text })
    expect(greek.findings).toEqual(['0 file-encoding (decoded as Windows-1252 (not valid UTF-8 at byte 17))'])
    expect(greek.read?.rows).toBe(4)
  })

  test('issue-647 and accent agree with csv-parse, cell for cell', async () => {
    for (const [file, encoding] of [
      ['issue-647.csv.txt', 'windows-1252'],
      ['accent.csv', 'utf-8'],
    ] as const) {
      const decoded = new TextDecoder(encoding).decode(readFileSync(join(folder, file)))
      const records: Record<string, string>[] = parse(decoded, { delimiter: ';', columns: true })
      const names = Object.keys(records[0])
      const { read: table } = await read(file, Object.fromEntries(names.map((name) => [name, text])))
      expect(table?.rows).toBe(records.length)
      for (const name of names) {
        const theirs = records.map((record) => (record[name].trim() === '' ? null : record[name].trim()))
        expect(
          table?.columns[name].map((cell) => (typeof cell === 'string' ? cell.trim() : cell)),
          name,
        ).toEqual(theirs)
      }
      expect(table?.dialect.encoding).toBe(encoding)
    }
  })

  test('table-with-accents: Windows-1252, semicolons, CRLF, decimal commas; its dates ask for an order', async () => {
    const columns = {
      Classement: text,
      Année: text,
      'Occupancy rate': decimal,
      Date: { kind: 'date', order: null } as const,
    }
    const { read: table, findings } = await read('table-with-accents.csv', columns)
    expect(findings).toEqual([
      '0 file-encoding (decoded as Windows-1252 (not valid UTF-8 at byte 28))',
      '0 date-ambiguous Date (638 dates, all fit both 03/04 = 3 April and 03/04 = 4 March)',
    ])
    expect(table).toMatchObject({ rows: 638, badRows: 0, dialect: { encoding: 'windows-1252', delimiter: ';' } })
    expect(table?.columns['Occupancy rate'].slice(0, 2)).toEqual([0.611553068, 0.559014092])
    const declared = await read('table-with-accents.csv', { ...columns, Date: { kind: 'date', order: 'dmy' } })
    expect(declared.read?.columns.Date[0]).toBe('2013-01-01')
  })

  test('defective-rows: the short and the long row are named, escaping: every row with a stray quote is', async () => {
    const defective = await read('defective-rows.csv', { id: text, age: text })
    expect(defective.findings).toEqual([
      '2 row-ragged (2 cells, the header has 3)',
      '3 row-ragged (4 cells, the header has 3)',
    ])
    // All quotes of escaping.csv stand behind a blank; csv-parse refuses them too.
    const escaping = await read('escaping.csv', { ID: text, Test: text })
    expect(escaping.findings.map((finding) => finding.slice(0, 11))).toEqual([
      '2 row-quote',
      '3 row-quote',
      '4 row-quote',
    ])
    expect(() => parse(readFileSync(join(folder, 'escaping.csv')))).toThrow('Invalid Opening Quote')
  })

  test('blank-rows-multiple: rows of empty cells are counted and left out', async () => {
    const { read: table, findings } = await read('blank-rows-multiple.csv', { id: text, name: text })
    expect(table?.columns.name).toEqual(['John', 'Julie'])
    expect(findings.every((finding) => finding.endsWith('row-blank'))).toBe(true)
    expect(findings.length).toBe(table?.blank)
  })

  test('duplicate-column is refused only where the doubled name is wanted', async () => {
    expect((await read('duplicate-column.csv', { A: text, C: text })).read?.columns.C).toEqual(['c'])
    expect((await read('duplicate-column.csv', { B: text })).findings).toEqual([
      '1 column-duplicate B (it stands 2 times)',
    ])
  })

  test('issue-825: 23.824 may be 23824, and is not guessed', async () => {
    const { findings } = await read('issue-825.csv', { Musei: text, '2011': decimal })
    expect(findings).toEqual([
      '2 number-thousands 2011="23.824"',
      '3 value-type 2011="in restauro" (a number is expected)',
    ])
  })

  test('issue-1100 has times with points, issue-1105 times with offsets', async () => {
    const points = await read('issue-1100.csv', { timestamp: instant })
    expect(points.read?.columns.timestamp).toEqual(['2022-05-25T10:39:15.000', '2022-05-25T10:39:15.000'])
    const offsets = await read('issue-1105-timezone.csv', { timestamp: instant })
    expect(offsets.read?.columns.timestamp).toEqual(['2020-01-01T15:00:00.000 Z', '2020-01-01T15:00:00.000 180'])
  })

  test('leading-zeros keeps them as text', async () => {
    expect((await read('leading-zeros.csv', { value: text })).read?.columns.value).toEqual(['01', '002', '00003'])
  })

  test('the cluster headache log: episodes with local times', async () => {
    const { read: table, findings } = await read('../diary-apps/cluster_headache_tracker_sample_logs.csv', {
      start_time: instant,
      end_time: instant,
      intensity: text,
    })
    expect(findings).toEqual([])
    expect(table?.columns.end_time[1]).toBe('2024-03-03T01:15:00.000')
  })

  test('Migraine Buddy: the second table is the diary, its dates are month first, its durations have units', async () => {
    const { read: table, findings } = await read('../diary-apps/migraine_buddy_sample.csv', {
      Started: instant,
      Lasted: { kind: 'duration', unit: 'hours' },
      'Pain Level': { kind: 'number', integer: true, min: 0, max: 10, divisor: 1, decimal: null },
      Geohash: { kind: 'presence' },
    })
    expect(findings).toEqual([])
    expect(table?.dialect.headerLine).toBe(4)
    expect(table?.columns).toEqual({
      Started: ['2024-11-16T13:12:00.000'],
      Lasted: [1],
      'Pain Level': [4],
      Geohash: [0],
    })
  })

  test('all 19 files can be profiled', () => {
    const files = ['csv', 'diary-apps'].flatMap((name) =>
      readdirSync(join(root, 'fixtures', name))
        .filter((file) => file !== 'SOURCE.md')
        .map((file) => join(root, 'fixtures', name, file)),
    )
    expect(files.length).toBe(19)
    for (const file of files) {
      const bytes = readFileSync(file)
      const source = {
        size: bytes.length,
        read(into: Uint8Array, position: number) {
          const part = bytes.subarray(position, position + into.length)
          into.set(part)
          return part.length
        },
      }
      const profiled = profileCsv(source, { isUtf8 }, file)
      if (profiled.kind === 'refused') throw new Error(`${file}: ${findingAt(profiled.findings, 0).rule}`)
      expect(profiled.profile.columns.length).toBeGreaterThan(0)
      const known: Record<string, Partial<ColumnProfile>> = {
        'Occupancy rate': { type: 'number', decimal: ',', missing: 0, min: '0,374379722' },
        Started: { type: 'instant', dateOrder: 'mdy' },
        Date: { type: 'date', dateOrder: 'ambiguous', distinct: 58 },
        date_maj: { type: 'date', dateOrder: 'iso' },
      }
      for (const column of profiled.profile.columns) expect(column).toMatchObject(known[column.name] ?? {})
    }
  })
})
