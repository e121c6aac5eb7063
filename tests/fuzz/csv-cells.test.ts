import { CsvError, parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readText } from './csv-text.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** What csv-parse makes of the records after the header, by our reading of blanks: null where it refuses. */
function oracle(text: string, delimiter: string, width: number): (string | null)[][] | null {
  try {
    const records: string[][] = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value, { quoting }) => (quoting ? value : value.replace(/^[ \t]+|[ \t]+$/g, '')),
    })
    const rows = records.slice(1).filter((cells) => cells.some((cell) => cell.trim() !== ''))
    if (rows.some((cells) => cells.length !== width)) return null
    return rows.map((cells) => cells.map((cell) => (cell === '' ? null : cell)))
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

const cell = fc.string({
  unit: fc.constantFrom('a', 'B', '7', ' ', ',', ';', '|', '\t', '"', '\n', '\r', 'é', '😀'),
  maxLength: 6,
})

/** A table and how it is written: quoted where it must be, and anywhere else at will. */
const written = fc
  .record({
    delimiter: fc.constantFrom(...DELIMITERS),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    // Cells of records above 24 columns are read by several functions.
    width: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 2, max: 5 }) },
      { weight: 1, arbitrary: fc.constantFrom(24, 25, 60) },
    ),
    last: fc.boolean(),
  })
  .chain(({ delimiter, lineEnd, width, last }) =>
    fc
      .array(fc.tuple(fc.array(cell, { minLength: width, maxLength: width }), fc.nat(31)), { maxLength: 12 })
      .map((rows) => {
        const lines = rows.map(([cells, quotes]) =>
          cells
            .map((text, i) =>
              /[",;|\t\r\n]/.test(text) || quotes & (1 << i) ? `"${text.replaceAll('"', '""')}"` : text,
            )
            .join(delimiter),
        )
        const header = Array.from({ length: width }, (_, i) => `h${i}`).join(delimiter)
        const text = [header, ...lines].join(lineEnd) + (last || rows.length === 0 ? lineEnd : '')
        return { text, delimiter, width }
      }),
  )

/** Bytes in any order, quotes and line ends more often than in real life. */
const noise = fc.record({
  body: fc.string({
    unit: fc.constantFrom('a', 'b', ',', ',', '"', '"', '\n', '\n', '\r', ' ', '1', '\\'),
    maxLength: 40,
  }),
  width: fc.integer({ min: 2, max: 3 }),
})

describe('a table written by the rules', () => {
  test('has the same cells here and in csv-parse', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.integer({ min: 1, max: 40 }), async ({ text, delimiter, width }, piece) => {
        const ours = await readText(text, delimiter, { piece })
        expect(ours.refused).toBe(false)
        expect(ours.rows.map(({ cells }) => cells)).toEqual(oracle(text, delimiter, width))
      }),
      { numRuns: 300 },
    )
  })
})

describe('noise', () => {
  test('has the same cells here and in csv-parse, or both refuse it', async () => {
    let read = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(noise, fc.integer({ min: 1, max: 40 }), async ({ body, width }, piece) => {
        const text = `${['h0', 'h1', 'h2'].slice(0, width).join(',')}\n${body}`
        const ours = await readText(text, ',', { piece })
        const theirs = oracle(text, ',', width)
        if (theirs === null) refused++
        else read++
        expect(ours.refused ? null : ours.rows.map(({ cells }) => cells)).toEqual(theirs)
      }),
      { numRuns: 600 },
    )
    expect(Math.min(read, refused)).toBeGreaterThan(50)
  })
})

describe('a file cut into ranges anywhere', () => {
  test('gives the same rows, lines and findings as in one piece', async () => {
    const file = fc.oneof(
      written,
      noise.map(({ body, width }) => ({
        text: `${['h0', 'h1', 'h2'].slice(0, width).join(',')}\n${body.repeat(3)}`,
        delimiter: ',' as const,
      })),
    )
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 30 }),
        async (made, threads, piece) => {
          const whole = await readText(made.text, made.delimiter)
          const cut = await readText(made.text, made.delimiter, { threads, piece })
          expect(cut).toEqual(whole)
        },
      ),
      { numRuns: 500 },
    )
  })
})
