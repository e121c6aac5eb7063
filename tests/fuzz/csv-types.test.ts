/**
 * The reader has a fast way for plain records, one for quoted cells and one for all others. A cell must mean the same on
 * each of them, and what a plain definition in strings says.
 */
import { isUtf8 } from 'node:buffer'
import { type CellType, type ColumnRequest, type CsvDialect, type RawTable, readCsvRange } from '@afferent/formats'
import { findingAt, isPresent } from '@afferent/records'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecewise } from './csv-text.ts'

const MISSING = ['NA', '-99', '.']

const COLUMNS: readonly { readonly name: string; readonly type: CellType; readonly missing: readonly string[] }[] = [
  { name: 'subject', type: { kind: 'text' }, missing: ['NA'] },
  { name: 'date', type: { kind: 'date', order: null }, missing: [] },
  { name: 'due', type: { kind: 'date', order: 'dmy' }, missing: MISSING },
  { name: 'headache', type: { kind: 'flag' }, missing: [] },
  { name: 'pain', type: { kind: 'number', integer: true, min: 0, max: 10, divisor: 1, decimal: null }, missing: [] },
  { name: 'nrs', type: { kind: 'number', integer: true, min: 0, max: 10, divisor: 1, decimal: null }, missing: ['9'] },
  { name: 'day', type: { kind: 'number', integer: true, min: -400, max: 400, divisor: 1, decimal: null }, missing: [] },
  { name: 'hours', type: { kind: 'number', integer: false, min: 0, max: 24, divisor: 1, decimal: null }, missing: [] },
  { name: 'vas', type: { kind: 'number', integer: false, min: 0, max: 100, divisor: 10, decimal: '.' }, missing: [] },
  {
    name: 'grade',
    type: {
      kind: 'code',
      codes: [
        ['mild', 1],
        ['severe', 3],
        ['n', 0],
      ],
      fold: true,
    },
    missing: [],
  },
  { name: 'sent', type: { kind: 'instant', order: null, dateOnly: true, epoch: null }, missing: [] },
  { name: 'note', type: { kind: 'presence' }, missing: ['.'] },
  { name: 'lasted', type: { kind: 'duration', unit: 'hours' }, missing: [] },
]
const SENT = COLUMNS.findIndex(({ name }) => name === 'sent')

/** A date, a clock and an offset, each possibly just outside what exists. */
const anyInstant = fc
  .tuple(
    fc.constantFrom('2024-02-29', '2023-02-29', '1899-12-31', '2199-12-31', '2200-01-01'),
    fc.constantFrom('T', ' ', 't', '  ', ''),
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.constantFrom('', ':00', ':59', ':60', ':5', ':30.5', ' pm', 'x'),
    fc.constantFrom(
      '',
      'Z',
      'z',
      ' UTC',
      '+01:00',
      '-00:30',
      '-09:30',
      '+14:59',
      '+15:00',
      '+0530',
      '+02',
      '+02:60',
      '+1:00',
    ),
  )
  .map(([date, mark, hour, minute, rest, zone]) => {
    const two = (n: number): string => String(n).padStart(2, '0')
    return `${date}${mark}${two(hour)}:${two(minute)}${rest}${zone}`
  })

const anyCell = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('', '0', '1', '5', '10', '11', '007', '-99', 'NA', '.', 'Y', 'no', 'mild', 'SEVERE'),
  },
  {
    weight: 2,
    arbitrary: fc
      .date({ min: new Date('1899-06-01'), max: new Date('2200-06-01'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2024-02-30',
      '2023-02-29',
      '2024-13-01',
      '03/04/2024',
      '25.12.2023',
      '2024-00-10',
      '0000-01-01',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2024-03-01T10:20:30Z',
      '2024-03-01 23:59',
      '1.234',
      '1234.5',
      '0.10',
      '24',
      '24.001',
      '1e1',
      '-5',
      '+3',
    ),
  },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 30, noNaN: true }).map(String) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', '1', '-', ' ', ':', '.', 'é'), maxLength: 12 }) },
)

function read(rows: readonly (readonly string[])[], write: (cell: string) => string, tail: string): RawTable {
  const header = [...COLUMNS.map(({ name }) => name), 'tail']
  const lines = rows.map((cells) => [...cells.map(write), tail].join(','))
  const text = `${header.join(',')}\n${lines.join('\n')}\n`
  const bytes = new TextEncoder().encode(text)
  const dialect: CsvDialect = {
    encoding: 'utf-8',
    encodingReason: 'declared',
    delimiter: ',',
    header,
    headerLine: 1,
    bodyStart: header.join(',').length + 1,
    firstLine: 2,
  }
  const requests: ColumnRequest[] = COLUMNS.map((column, i) => ({ ...column, column: i, required: i < 2 }))
  const range = { start: dialect.bodyStart, end: bytes.length, aligned: true }
  return readCsvRange(piecewise(bytes, 97), { isUtf8 }, dialect, requests, range)
}

/** All that must not depend on how a record was written. */
function meaning(table: RawTable) {
  const cells = table.columns.map(({ column, offset, timed }) =>
    Array.from({ length: table.rows }, (_, row) => {
      if (!isPresent(column.valid, row)) return null
      if (column.kind === 'text') return column.dictionary[column.values[row]]
      const shift = offset !== null && isPresent(offset.valid, row) ? offset.values[row] : null
      return [column.values[row], shift, isPresent(timed, row)]
    }),
  )
  const findings = Array.from({ length: table.findings.count }, (_, i) => {
    const { rule, column, value, detail } = findingAt(table.findings, i)
    return { rule, column, value, detail }
  })
  const bad = Array.from({ length: table.rows }, (_, row) => table.bad !== null && isPresent(table.bad, row))
  return { cells, findings, bad, badRows: table.badRows, votes: table.report.votes, rows: table.rows }
}

const rows = fc.array(fc.array(anyCell, { minLength: COLUMNS.length, maxLength: COLUMNS.length }), { maxLength: 8 })

describe('a cell', () => {
  test('with an instant means the same in plain records and in records with line ends inside', () => {
    fc.assert(
      fc.property(fc.array(anyInstant, { maxLength: 20 }), (instants) => {
        const cells = instants.map((instant) =>
          COLUMNS.map((_, i) => ['A', '2024-03-01'][i] ?? (i === SENT ? instant : '')),
        )
        expect(meaning(read(cells, (cell) => cell, 'x'))).toEqual(meaning(read(cells, (cell) => cell, '"x\ny"')))
      }),
      { numRuns: 200 },
    )
  })

  test('means the same in plain records, in quotes and in records with line ends inside', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const trimmed = cells.map((row) => row.map((cell) => cell.trim()))
        const plain = meaning(read(trimmed, (cell) => cell, 'x'))
        expect(meaning(read(trimmed, (cell) => `"${cell}"`, '"x"'))).toEqual(plain)
        expect(meaning(read(trimmed, (cell) => cell, '"x\ny"'))).toEqual(plain)
        expect(meaning(read(trimmed, (cell) => `"${cell}"`, '"x""\ny"'))).toEqual(plain)
      }),
      { numRuns: 400 },
    )
  })

  test('blanks around an unquoted cell change its finding at most, not its meaning', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const trimmed = cells.map((row) => row.map((cell) => cell.trim()))
        const plain = meaning(read(trimmed, (cell) => cell, 'x'))
        const blank = meaning(read(trimmed, (cell) => ` ${cell}  `, 'x'))
        expect({ ...blank, findings: blank.findings.length }).toEqual({ ...plain, findings: plain.findings.length })
      }),
      { numRuns: 200 },
    )
  })

  const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)

  test('of pain is a whole number from 0 to 10 or a finding, of hours the double its text says', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const table = read(cells, (cell) => cell.trim(), 'x')
        const { cells: read1 } = meaning(table)
        for (const [row, texts] of cells.entries()) {
          const pain = texts[4].trim()
          const whole = isNumber(pain) && Number.isInteger(Number(pain)) && Number(pain) >= 0 && Number(pain) <= 10
          expect(read1[4][row], pain).toEqual(whole ? [Number(pain) + 0, null, true] : null)
          const hours = texts[7].trim()
          const numeric = isNumber(hours) && Number(hours) >= 0 && Number(hours) <= 24
          expect(read1[7][row], hours).toEqual(numeric ? [Number(hours) + 0, null, true] : null)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('of a date is the day JavaScript counts, or a finding', () => {
    fc.assert(
      fc.property(rows, (cells) => {
        const { cells: columns } = meaning(read(cells, (cell) => cell.trim(), 'x'))
        for (const [row, texts] of cells.entries()) {
          const text = texts[1].trim()
          if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) continue
          const time = Date.parse(`${text}T00:00:00Z`)
          const exists =
            !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && !text.startsWith('0000')
          expect(columns[1][row], text).toEqual(exists ? [time / 86_400_000, null, true] : null)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('a yes or no', () => {
  const words = fc.constantFrom(
    'Y',
    'N',
    '',
    'y',
    'no',
    '1',
    '0',
    '3',
    ' Y ',
    '"N"',
    '" "',
    'ja',
    'nein',
    'x',
    '"a\nb"',
    '""',
  )
  const JA: CellType = {
    kind: 'code',
    codes: [
      ['ja', 1],
      ['nein', 0],
      ['Y', 1],
    ],
    fold: false,
  }
  const width = 30 // two functions of the row loop

  /** The same cells with a column each, or as bits of two sets. */
  function readFlags(rows: readonly (readonly string[])[], asBits: boolean): RawTable {
    const header = Array.from({ length: width }, (_, i) => `f${i}`)
    const text = `${header.join(',')}\n${rows.map((cells) => cells.join(',')).join('\n')}\n`
    const bytes = new TextEncoder().encode(text)
    const bodyStart = header.join(',').length + 1
    const encoding = { encoding: 'utf-8', encodingReason: 'declared', delimiter: ',' } as const
    const dialect: CsvDialect = { ...encoding, header, headerLine: 1, bodyStart, firstLine: 2 }
    const requests: ColumnRequest[] = header.map((name, column) => {
      const type: CellType = column % 3 === 0 ? JA : { kind: 'flag' }
      const request = { column, name, type, missing: [], required: false }
      return asBits ? { ...request, bit: { set: column % 2, bit: 1 << (column >> 1) } } : request
    })
    const range = { start: bodyStart, end: bytes.length, aligned: true }
    return readCsvRange(piecewise(bytes, 97), { isUtf8 }, dialect, requests, range)
  }

  test('is the same as a bit among those of other columns as in a column of its own', () => {
    let yes = 0
    const row = fc.array(words, { minLength: width, maxLength: width })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const [columns, bits] = [readFlags(rows, false), readFlags(rows, true)]
        expect({ ...meaning(bits), cells: [] }).toEqual({ ...meaning(columns), cells: [] })
        columns.columns.forEach(({ column }, k) => {
          const { column: set, asked } = bits.columns[k]
          for (let at = 0; at < columns.rows; at++) {
            const bit = 1 << (k >> 1)
            const isAsked = ((asked?.values[at] ?? 0) & bit) !== 0
            expect(isAsked).toBe(isPresent(column.valid, at))
            expect((set.values[at] & bit) !== 0).toBe(isAsked && column.values[at] === 1)
            if (isAsked && column.values[at] === 1) yes++
          }
        })
      }),
    )
    expect(yes).toBeGreaterThan(100)
  })
})
