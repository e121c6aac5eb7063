import type { CsvSniffOptions } from '@afferent/formats'
import { describe, expect, test } from 'vitest'
import { readExport } from './read-export.ts'

const text = { kind: 'text' } as const
const number = { kind: 'number', integer: false, min: null, max: null, divisor: 1, decimal: null } as const
const utf8 = (content: string): Uint8Array => new TextEncoder().encode(content)

const NONE = { headerLine: 'none' } as const
const columnOf = async (bytes: Uint8Array, options: Partial<CsvSniffOptions> = NONE) =>
  readExport(bytes, { columns: { 1: number }, options })

function utf16(content: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + content.length * 2))
  view.setUint16(0, 0xfeff, true)
  for (let i = 0; i < content.length; i++) view.setUint16(2 + i * 2, content.charCodeAt(i), true)
  return new Uint8Array(view.buffer)
}

describe('a file without a header', () => {
  const forms: readonly [string, Uint8Array][] = [
    ['LF', utf8('812\n790\n805\n')],
    ['CRLF', utf8('812\r\n790\r\n805\r\n')],
    ['bare CR', utf8('812\r790\r805')],
    ['no line end at the end', utf8('812\n790\n805')],
    ['a byte-order mark', utf8('\uFEFF812\n790\n805\n')],
    ['UTF-16', utf16('812\n790\n805\n')],
  ]
  test.each(forms)('begins with its first row: %s', async (_, bytes) => {
    const { read, findings } = await columnOf(bytes)
    expect(findings).toEqual([])
    expect(read).toMatchObject({ columns: { 1: [812, 790, 805] }, lines: [1, 2, 3], dialect: { headerLine: 0 } })
  })

  test('has its columns by position, whatever the delimiter', async () => {
    for (const mark of [',', ';', '\t', '|']) {
      const { read } = await readExport(utf8(`a${mark}1\nb${mark}2\n`), {
        columns: { 2: number, 1: text },
        options: NONE,
      })
      expect(read?.columns).toEqual({ 1: ['a', 'b'], 2: [1, 2] })
      expect(read?.dialect.header).toEqual(['1', '2'])
    }
  })

  test('of one column with decimal commas needs the decimal mark, or its first column ends at the comma', async () => {
    const bytes = utf8('0,812\n0,790\n')
    expect((await columnOf(bytes, { ...NONE, decimal: ',' })).read?.columns[1]).toEqual([0.812, 0.79])
    expect((await columnOf(bytes)).read?.dialect.header).toEqual(['1', '2'])
  })

  test('has as many columns as most of its rows; others are ragged', async () => {
    const { read, findings } = await columnOf(utf8('900\n810\n670,1\n790\n'))
    expect(read).toMatchObject({ rows: 4, badRows: 1 })
    expect(findings).toEqual([expect.stringContaining('3 row-ragged')])
  })

  test('may have lines before its rows that are left out', async () => {
    const { read } = await columnOf(utf8('Polar H10\nRR\n\n812\n790\n'), { ...NONE, skipAfterHeader: 2 })
    expect(read).toMatchObject({ columns: { 1: [812, 790] }, lines: [4, 5] })
  })

  test('lacks a column that none of its rows reaches, or that has a name', async () => {
    const { findings } = await readExport(utf8('812\n790\n'), { columns: { 1: number, 3: number }, options: NONE })
    expect(findings).toEqual(['0 column-missing 3 (columns of a file without a header are named by position: "1")'])
    const named = await readExport(utf8('812;a\n790;b\n'), { columns: { rr: number }, options: NONE })
    expect(named.findings).toEqual([
      '0 column-missing rr (columns of a file without a header are named by position: "1" to "2")',
    ])
  })

  test('is refused where it is empty', async () => {
    expect((await columnOf(utf8('\n\n'))).findings).toEqual(['0 file-empty (no line holds anything)'])
    expect((await columnOf(utf8('RR\n'), { ...NONE, skipAfterHeader: 1 })).findings).toEqual([
      '0 file-empty (no line holds anything)',
    ])
  })

  test('is the same in ranges', async () => {
    const bytes = utf8(Array.from({ length: 50_000 }, (_, i) => String(700 + (i % 200))).join('\r\n'))
    const whole = await columnOf(bytes)
    const parts = await readExport(bytes, { columns: { 1: number }, options: NONE, threads: 3, minRangeBytes: 1 << 14 })
    expect(parts).toEqual(whole)
    expect(whole.read?.rows).toBe(50_000)
  })
})
