import { isUtf8 } from 'node:buffer'
import { type ColumnRequest, readCsvRange, sniffCsv } from '@afferent/formats'
import { type ByteSource, findingAt } from '@afferent/records'
import { describe, expect, test } from 'vitest'
import { readExport } from './read-export.ts'

const text = { kind: 'text' } as const
const whole = { kind: 'number', integer: true, min: 0, max: 10, divisor: 1, decimal: null } as const
const utf8 = (content: string): Uint8Array => new TextEncoder().encode(content)
const diary = { columns: { id: text, pain: whole } }

/** A file of any size that takes no memory: `head`, then x with a line end at every `stride`-th byte, then `tail`. */
function synthetic(size: number, head: Uint8Array, tail: Uint8Array, stride: number): ByteSource {
  return {
    size,
    read(into, position) {
      const count = Math.min(into.length, size - position)
      into.fill(120, 0, count)
      for (let p = stride - (position % stride); p < count; p += stride) into[p] = 10
      if (position < head.length) into.set(head.subarray(position, position + count))
      const inTail = position + count - (size - tail.length)
      if (inTail > 0) into.set(tail.subarray(0, inTail), count - inTail)
      return count
    },
  }
}

const NO_TABLE: readonly [name: string, bytes: readonly number[], looksLike: string][] = [
  ['a ZIP renamed to .csv', [0x50, 0x4b, 0x03, 0x04, 0x14, 0], 'a ZIP archive or an Excel workbook'],
  ['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'a PNG picture'],
  ['a gzip file', [0x1f, 0x8b, 8, 0], 'a gzip archive'],
  ['an old Excel file', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 'an Excel 97 or password-protected workbook'],
  ['a PDF', [...utf8('%PDF-1.7\n')], 'a PDF document'],
  ['a saved web page', [...utf8('<!DOCTYPE html><html>')], 'a saved web page'],
  ['a Parquet file', [...utf8('PAR1'), 0x15, 0x04], 'a Parquet file'],
]

describe('a file that is no table', () => {
  test.each(NO_TABLE)('%s is refused by its bytes, not its name', async (_, bytes, looksLike) => {
    expect(await readExport(Uint8Array.from(bytes), diary)).toEqual({
      read: null,
      findings: [`0 file-not-text (the file looks like ${looksLike})`],
    })
  })

  test('seven kinds were tried', () => expect(NO_TABLE.length).toBe(7))

  test('a file of NUL bytes is no text', async () => {
    const { findings } = await readExport(new Uint8Array(5000), diary)
    expect(findings).toEqual(['0 file-not-text (the file is full of NUL bytes)'])
  })

  test('an empty file, a byte-order mark alone, blank lines alone and a header alone are empty', async () => {
    expect((await readExport(utf8(''), diary)).findings).toEqual(['0 file-empty (the file has no bytes)'])
    for (const content of ['\uFEFF', '\n\r\n\n']) {
      expect((await readExport(utf8(content), diary)).findings).toEqual(['0 file-empty (no line holds anything)'])
    }
    for (const content of ['id,pain', 'id,pain\r\n', 'id,pain\n\n\n']) {
      expect((await readExport(utf8(content), diary)).findings).toEqual(['1 file-empty (no row follows the header)'])
    }
  })
})

describe('a damaged row', () => {
  test('with too few or too many cells is named with both counts, and shifts no other row', async () => {
    const { read, findings } = await readExport(utf8('id,pain\na,1\nb\nc,3,4\nd,4\n'), diary)
    expect(findings).toEqual(['3 row-ragged (1 cells, the header has 2)', '4 row-ragged (3 cells, the header has 2)'])
    expect(read).toMatchObject({ rows: 4, badRows: 2, lines: [2, 3, 4, 5] })
    expect(read?.columns.pain).toEqual([1, null, 3, 4])
  })

  test('with a NUL byte is named, and the row is bad', async () => {
    const { read, findings } = await readExport(utf8('id,pain\na\0b,1\nc,2\n'), diary)
    expect(findings).toEqual(['2 row-nul id="a\0b"'])
    expect(read).toMatchObject({ rows: 2, badRows: 1 })
  })

  test('with backslash-escaped quotes is named: a backslash does not escape', async () => {
    const { findings } = await readExport(utf8('id,pain\n"say \\"hi\\"",1\nc,2\n'), diary)
    expect(findings).toEqual([
      '2 row-quote id=""say \\"hi\\""" (a backslash does not escape a quote: quotes are doubled)',
    ])
  })

  test('with text behind the closing quote, or a quote inside an unquoted cell, is named', async () => {
    const { findings } = await readExport(utf8('id,pain\n"a"b,1\nc"d,2\n'), diary)
    expect(findings.map((finding) => finding.replace(/=".*" \(/, ' ('))).toEqual([
      '2 row-quote id (text follows the closing quote)',
      '3 row-quote id (a quote inside an unquoted cell)',
    ])
  })

  test('of empty cells is left out and counted; a blank line is no row at all', async () => {
    const { read, findings } = await readExport(utf8('id,pain\na,1\n,\n\n , \n"",""\nb,2\n'), diary)
    expect(findings).toEqual(['3 row-blank', '5 row-blank', '6 row-blank'])
    expect(read).toMatchObject({ rows: 2, badRows: 0, blank: 3, lines: [2, 7] })
  })
})

describe('a quote that is never closed', () => {
  test('is named by the line where it opened and the lines it swallowed; reading ends there', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `p${i},${i % 10}`)
    rows[4] = '"p4,4'
    const { read, findings } = await readExport(utf8(`id,pain\n${rows.join('\n')}\n`), diary)
    expect(findings).toEqual(['6 quote-unclosed id (the quote opened here is never closed; 16 lines were swallowed)'])
    expect(read?.rows).toBe(4)
  })

  test('in the header refuses the file', async () => {
    expect(
      (await readExport(utf8('id,"pain\na,1\nb,2\n'), { ...diary, options: { delimiter: ',' } })).findings,
    ).toEqual(['1 quote-unclosed'])
  })

  test('far before the end of a large file is found without holding the file', () => {
    const head = utf8('id,pain\na,1\nb,"')
    const size = 40_000_000
    const source = synthetic(size, head, new Uint8Array(0), 64)
    const lines = Math.floor((size - 1) / 64)
    expect(bodyFindings(source)).toEqual([
      `3 quote-unclosed pain (the quote opened here is never closed; ${lines} lines were swallowed)`,
    ])
  })
})

describe('limits', () => {
  test('a cell of 100 MB is refused with its line, quoted or not', () => {
    for (const quote of ['', '"']) {
      const head = utf8(`id,pain\na,1\nb,${quote}`)
      const tail = utf8(`${quote}\nc,3\n`)
      const size = 100_000_000
      const source = synthetic(size, head, tail, size)
      expect(bodyFindings(source)).toEqual(['3 limits-exceeded pain'])
    }
  }, 60_000)

  test('a cell of one MiB is read, one byte more is refused', async () => {
    const cell = 'x'.repeat(1 << 20)
    for (const quote of ['', '"']) {
      const { read } = await readExport(utf8(`id,pain\n${quote}${cell}${quote},1\n`), diary)
      expect(read?.columns.id).toEqual([cell])
      const { findings } = await readExport(utf8(`id,pain\n${quote}${cell}y${quote},1\nb,2\n`), diary)
      expect(findings).toEqual(['2 limits-exceeded id'])
    }
  })

  test('a million columns are refused in the header, and are a ragged row below it', async () => {
    const wide = 'x,'.repeat(1_000_000)
    const header = await readExport(utf8(`id,pain,${wide}\na,1\n`), diary)
    expect(header.findings).toEqual(['1 limits-exceeded id (the header has 1,000,003 cells)'])
    const row = await readExport(utf8(`id,pain\n${wide}\nb,2\n`), diary)
    expect(row.findings).toEqual(['2 row-ragged (1000001 cells, the header has 2)'])
    expect(row.read?.rows).toBe(2)
  })

  test('sixteen thousand texts with one hash are read in the time of as many others', async () => {
    // Without the seeded map behind the hash table every new text would be compared with all earlier ones.
    const texts = collisions(1 << 14)
    const started = performance.now()
    const { read } = await readExport(utf8(`id,pain\n${texts.map((id) => `${id},1`).join('\n')}\n`), diary)
    expect(read?.columns.id).toEqual(texts)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

/** Different texts with one and the same FNV-1a hash: a chain of pairs, each pair found by birthday from where the last one ended. */
function collisions(count: number): string[] {
  let state = 0x811c9dc5 | 0
  let texts = ['']
  while (texts.length < count) {
    const pair = collidingPair(state)
    state = fnv(state, pair[0])
    texts = texts.flatMap((start) => pair.map((end) => start + end))
  }
  return texts.slice(0, count)
}

function fnv(state: number, text: string): number {
  let hash = state
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

function collidingPair(state: number): [string, string] {
  const seen = new Map<number, string>()
  for (let i = 0; ; i++) {
    const text = i.toString(36).padStart(5, 'z')
    const hash = fnv(state, text)
    const other = seen.get(hash)
    if (other !== undefined) return [other, text]
    seen.set(hash, text)
  }
}

function bodyFindings(source: ByteSource): string[] {
  const options = {
    delimiter: ',',
    encoding: null,
    headerLine: null,
    skipAfterHeader: 0,
    wanted: ['id', 'pain'],
  } as const
  const sniffed = sniffCsv(source, { isUtf8 }, options)
  if (sniffed.kind === 'refused') throw new Error('refused too early')
  const { dialect } = sniffed
  const requests: ColumnRequest[] = ['id', 'pain'].map((name, column) => {
    return { column, name, type: text, missing: [], required: false }
  })
  const range = { start: dialect.bodyStart, end: source.size, aligned: true }
  const { findings } = readCsvRange(source, { isUtf8 }, dialect, requests, range)
  return Array.from({ length: findings.count }, (_, i) => {
    const { rule, line, column, detail } = findingAt(findings, i)
    return `${(line ?? 0) + dialect.firstLine - 1} ${rule} ${column}${detail ? ` (${detail})` : ''}`
  })
}
