import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutRuns } from './cut-runs.ts'
import { joinParts } from './join-parts.ts'
import type { Part } from './part.ts'

/** A diary row of a part: code of its subject in the part, day. */
type Row = readonly [subject: number, day: number]

/** `recode`: codes in the joined list by code in the part. */
const partOf = (rows: readonly Row[], recode: readonly number[], firstLine: number): Part => ({
  from: 0,
  to: rows.length,
  subject: Int32Array.from(rows, ([subject]) => subject),
  recode: Int32Array.from(recode),
  columns: {
    day: { kind: 'date', values: Int32Array.from(rows, ([, day]) => day), valid: null },
    headache: {
      kind: 'u8',
      values: Uint8Array.from(rows, ([, day]) => day & 1),
      valid: Uint8Array.from({ length: (rows.length + 7) >> 3 }, (_, i) => 0x5b ^ i),
    },
  },
  lines: null,
  firstLine,
  dropped: null,
})

/** Lines say which row is which. */
const linesOf = (parts: readonly Part[]): number[] => {
  const { lines, firstLine, rows } = joinParts('diary', parts).table
  return Array.from({ length: rows }, (_, row) => lines?.[row] ?? firstLine + row)
}

/** The same by the sort of the language, which is stable. */
const expectedLines = (parts: readonly Part[]): number[] =>
  parts
    .flatMap((part) =>
      Array.from(part.subject, (own, row) => ({
        subject: part.recode?.[own] as number,
        day: part.columns.day?.values[row] as number,
        line: part.firstLine + row,
      })),
    )
    .sort((a, b) => a.subject - b.subject || a.day - b.day)
    .map(({ line }) => line)

/** Rows of subjects of the joined list, dealt out to parts, in order in each of them or not. */
const parts = fc
  .record({
    owners: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 8 }),
    days: fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), { minLength: 8, maxLength: 8 }),
    inOrder: fc.boolean(),
    stranger: fc.option(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 7 })), { nil: undefined }),
  })
  .map(({ owners, days, inOrder, stranger }) =>
    [0, 1, 2].map((p) => {
      const own = owners.flatMap((owner, code) =>
        owner === p || (stranger?.[0] === p && stranger[1] === code) ? [code] : [],
      )
      const rows = own.flatMap((code, i) => {
        const list = days[code] as number[]
        return (inOrder ? [...list].sort((a, b) => a - b) : list).map((day): Row => [i, day])
      })
      return partOf(rows, own, 1000 * (p + 1))
    }),
  )

describe('parts of a table joined', () => {
  it('are in the order of subject and day, equal rows as they came, whoever the subjects are in', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(linesOf(given)).toEqual(expectedLines(given))
      }),
    )
  })

  it('keep for each row the part it is of, its values, and which are missing', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const { table, origin } = joinParts('diary', given)
        const lines = linesOf(given)
        expect(Array.from(origin())).toEqual(lines.map((line) => Math.floor(line / 1000) - 1))
        const present = ({ valid }: { readonly valid: Uint8Array | null }, row: number) =>
          valid === null || ((valid[row >> 3] as number) & (1 << (row & 7))) !== 0
        lines.forEach((line, row) => {
          const part = given[Math.floor(line / 1000) - 1] as Part
          const at = line - part.firstLine
          const [column, from] = [table.columns.headache, part.columns.headache]
          if (column === undefined || from === undefined) throw new Error('no column')
          expect(present(column, row)).toBe(present(from, at))
          if (present(from, at)) expect(column.values[row]).toBe(from.values[at])
        })
      }),
    )
  })

  const days = (subject: number): Row[] => Array.from({ length: 40 }, (_, day): Row => [subject, day])

  it('are cut at the subjects of another part that lie between theirs', () => {
    const big = partOf([...days(0), ...days(1), ...days(2)], [0, 1, 3], 1000)
    const added = partOf(days(0), [2], 2000)
    const runs = cutRuns([added, big]) ?? []
    expect(runs.map(({ of, from, to }) => [of, from, to])).toEqual([
      [1, 0, 80],
      [0, 0, 40],
      [1, 80, 120],
    ])
  })

  it('are not cut where two of them share a subject', () => {
    expect(cutRuns([partOf(days(0), [2], 1000), partOf([...days(0), ...days(1)], [1, 2], 2000)])).toBeNull()
  })

  it('are not cut into rows one by one', () => {
    const odd = partOf(
      [
        [0, 1],
        [1, 1],
        [2, 1],
      ],
      [1, 3, 5],
      1000,
    )
    const even = partOf(
      [
        [0, 1],
        [1, 1],
        [2, 1],
      ],
      [0, 2, 4],
      2000,
    )
    expect(cutRuns([odd, even])).toBeNull()
  })
})
