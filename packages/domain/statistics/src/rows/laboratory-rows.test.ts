import {
  allocate,
  type ColumnOf,
  isPresent,
  markPresent,
  type Parameter,
  type ShardResult,
  type TextColumn,
} from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { Arms } from '../arms.ts'
import { CohortRows } from './cohort-rows.ts'
import { addLaboratoryRows, readLaboratory } from './laboratory-rows.ts'

interface Row {
  readonly code: 'CRP' | 'CRPLR'
  readonly visit: number
  readonly value: number
  readonly blq?: 'Y' | 'B'
  readonly acute?: 'Y' | 'N'
}

function text(cells: readonly (string | undefined)[]): TextColumn {
  const dictionary = [...new Set(cells.filter((cell) => cell !== undefined))].sort()
  const values = allocate.i32(cells.length)
  const valid = allocate.mask(cells.length)
  cells.forEach((cell, row) => {
    if (cell === undefined) return
    values[row] = dictionary.indexOf(cell)
    markPresent(valid, row)
  })
  return { kind: 'text', values, valid, dictionary }
}

/** Row n is of subject n; by parameter, as shards have them. */
function shardOf(rows: readonly Row[]): ShardResult {
  const numbers = (kind: 'i32' | 'i16' | 'f64', of: (row: Row, n: number) => number) => {
    const values = allocate[kind](rows.length)
    rows.forEach((row, n) => {
      values[n] = of(row, n)
    })
    return { kind, values, valid: null } as ColumnOf<'f64'>
  }
  const columns = {
    SUBJECT: numbers('i32', (_, n) => n),
    PARAMCD: text(rows.map(({ code }) => code)),
    AVISITN: numbers('i16', ({ visit }) => visit),
    AVAL: numbers('f64', ({ value }) => value),
    ANL01FL: text(rows.map(() => 'Y')),
    BLQFL: text(rows.map(({ blq }) => blq)),
    CRPFL: text(rows.map(({ acute }) => acute)),
  }
  return { effects: { rows: rows.length, columns } } as unknown as ShardResult
}

const flags = ['BLQFL', 'CRPFL'].map((name) => ({ name, label: '', definition: '' }))
const PARAMETERS = [
  { code: 'CRP', flags },
  { code: 'CRPLR', flags, ratioOf: 'CRP' },
] as unknown as Parameter[]
const LABELS = new Map(['CRP', 'CRPLR'].map((code) => [code, new Map([[1, 'Week 4']])] as const))

function cohort(rows: readonly Row[], where: Readonly<Record<string, string>>) {
  const arms = new Arms({ arms: [] } as unknown as AnalyticStudy, [])
  const shard = shardOf(rows)
  const results = readLaboratory(PARAMETERS, () => [shard], [new Int32Array(rows.length)])
  const made = new CohortRows()
  addLaboratoryRows(made, PARAMETERS, LABELS, results, arms)
  const table = made.table()
  const cell = (name: string, row: number): unknown => {
    const column = table.columns[name]
    if (column === undefined || !isPresent(column.valid, row)) return null
    const value = column.values[row] as number
    return column.kind === 'text' ? column.dictionary[value] : value
  }
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(Object.keys(table.columns).map((name) => [name, cell(name, row)])),
  ).filter((row) => Object.entries(where).every(([name, value]) => row[name] === value))
}

const results = (n: number, below: number): Row[] =>
  Array.from({ length: n }, (_, i) => ({ code: 'CRP', visit: 1, value: 1, ...(i < below ? { blq: 'Y' } : {}) }) as Row)
const ratios = (...values: readonly number[]): Row[] => values.map((value) => ({ code: 'CRPLR', visit: 1, value }))

describe('laboratory rows of the cohort', () => {
  it('say that a Tobit analysis is due from more than 15 % below on, and that nothing else is reported above 50 %', () => {
    const method = (n: number, below: number) => cohort(results(n, below), { ANALYSIS: 'QUANTIFIED' })[0]?.METHOD
    expect(method(20, 3)).toBe('Wilson score interval') // 15 %
    expect(method(20, 4)).toContain('Tobit')
    expect(method(20, 10)).toContain('Tobit') // 50 %
    expect(method(20, 11)).toContain('this share alone')
  })

  it('give the geometric mean ratio with back-transformed t limits and its percent change', () => {
    // log ratios 0, ln 2, ln 4: mean ln 2, sd ln 2, t(0.975; 2) = 4.302653: half width ln 2 * 2.484138
    const [gmr] = cohort(ratios(0, Math.LN2, Math.log(4)), { STAT: 'GMR', ANLSET: 'ALL' })
    expect(gmr?.ESTIMATE).toBeCloseTo(2, 12)
    expect(gmr?.LOWER).toBeCloseTo(2 * 2 ** -2.484138, 5)
    expect(gmr?.UPPER).toBeCloseTo(2 * 2 ** 2.484138, 4)
    const [percent] = cohort(ratios(0, Math.LN2, Math.log(4)), { STAT: 'GMRPCT', ANLSET: 'ALL' })
    expect(percent?.ESTIMATE).toBeCloseTo(100, 10)
    expect(percent?.LOWER).toBeCloseTo(100 * (2 * 2 ** -2.484138 - 1), 3)
  })

  it('leave out subjects of an acute phase in NOACUTE; who has no CRP stays', () => {
    const rows: Row[] = [
      { code: 'CRPLR', visit: 1, value: 1, acute: 'Y' },
      { code: 'CRPLR', visit: 1, value: 0, acute: 'N' },
      { code: 'CRPLR', visit: 1, value: 0 },
    ]
    expect(cohort(rows, { STAT: 'GMR', ANLSET: 'ALL' })[0]).toMatchObject({ N: 3 })
    expect(cohort(rows, { STAT: 'GMR', ANLSET: 'NOACUTE' })[0]).toMatchObject({ N: 2, ESTIMATE: 1 })
  })

  it('give no ratio where more than half lie below at the visit or at baseline', () => {
    const baseline = results(3, 2).map((row): Row => ({ ...row, visit: 0 }))
    for (const rows of [results(3, 2), baseline]) {
      expect(cohort([...rows, ...ratios(0, 1)], { ANALYSIS: 'RATIO', ANLSET: 'ALL' })).toMatchObject([
        { STAT: 'GMR', ESTIMATE: null, REASON: 'MOSTLY_BELOW_LLOQ' },
      ])
    }
  })
})
