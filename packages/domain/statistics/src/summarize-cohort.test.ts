import {
  allocate,
  type Column,
  type ColumnTable,
  EFFECT_COLUMNS,
  markPresent,
  NO_FINDINGS,
  type Parameter,
  type ShardResult,
} from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { summarizeCohort } from './summarize-cohort.ts'

type Cell = number | string | null
type Cells = Readonly<Record<string, Cell>>

const TEXT = new Set([
  'PARAMCD',
  'BASETYPE',
  'AVALC',
  'AVALCAT1',
  'ABLFL',
  'DTYPE',
  'ANL01FL',
  'AREASON',
  'PROVFL',
  'TRT',
])
const isText = (name: string): boolean => TEXT.has(name) || name.startsWith('CRIT')

function columnOf(name: string, cells: readonly Cell[], dictionary: readonly string[]): Column {
  const valid = allocate.mask(cells.length)
  const numeric = cells.map((cell) => (typeof cell === 'string' ? dictionary.indexOf(cell) : (cell ?? 0)))
  cells.forEach((cell, row) => {
    if (cell !== null) markPresent(valid, row)
  })
  if (isText(name)) return { kind: 'text', values: Int32Array.from(numeric), valid, dictionary }
  if (name === 'AVISITN') return { kind: 'i16', values: Int16Array.from(numeric), valid: null }
  if (name === 'SUBJECT') return { kind: 'i32', values: Int32Array.from(numeric), valid: null }
  return { kind: 'f64', values: Float64Array.from(numeric), valid }
}

const DICTIONARIES: Readonly<Record<string, readonly string[]>> = {
  PARAMCD: ['MMD'],
  BASETYPE: ['1', '2'],
  TRT: ['A', 'P'],
}

/** A shard of subjects, one per element, with the cells of their only row. */
function shardOf(rows: readonly Cells[], arms: readonly (string | null)[]): ShardResult {
  const full = rows.map(
    (row, subject): Cells => ({ PARAMCD: 'MMD', ANL01FL: 'Y', AVISITN: 1, SUBJECT: subject, ...row }),
  )
  const effects: ColumnTable = {
    rows: rows.length,
    columns: Object.fromEntries(
      EFFECT_COLUMNS.map((name) => {
        const dictionary = DICTIONARIES[name] ?? ['N', 'Y']
        return [
          name,
          columnOf(
            name,
            full.map((row) => row[name] ?? null),
            dictionary,
          ),
        ]
      }),
    ),
  }
  return {
    subjects: rows.map((_, k) => `S${k}`),
    facts: { arm: columnOf('TRT', arms, ['A', 'P']) } as unknown as ShardResult['facts'],
    effects,
    events: { rows: 0, columns: {} },
    findings: NO_FINDINGS,
    quarantined: 0,
    excluded: {},
  }
}

const STUDY = {
  sources: [],
  arms: [
    { code: 'P', name: 'Placebo', reference: true },
    { code: 'A', name: 'Active', reference: false },
  ],
  responders: { cuts: [30, 50], missing: 'NRI', zeroBaseline: 'exclude' },
  mood: null,
  fibromyalgia: null,
  cohort: null,
} as unknown as AnalyticStudy

const MMD = {
  code: 'MMD',
  unit: 'd/28 d',
  table: 'adeff',
  criteria: ['at least 30 %', 'at least 50 %', null, null, null, null],
} as unknown as Parameter

function cohort(shards: readonly ShardResult[], study = STUDY): Cells[] {
  const table = summarizeCohort({
    study,
    parameters: [MMD],
    visits: [{ parameter: 'MMD', visit: 1, label: 'Weeks 1 to 4' }],
    shards,
  })
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(
      Object.entries(table.columns).map(([name, { valid, ...column }]) => {
        if (valid !== null && ((valid[row >> 3] as number) & (1 << (row & 7))) === 0) return [name, null]
        const value = column.values[row] as number
        return [name, column.kind === 'text' ? (column.dictionary[value] as string) : value]
      }),
    ),
  )
}

const find = (rows: Cells[], keys: Cells): Cells => {
  const found = rows.filter((row) => Object.entries(keys).every(([name, value]) => row[name] === value))
  expect(found, JSON.stringify(keys)).toHaveLength(1)
  return found[0] as Cells
}

const FOUR: readonly Cells[] = [
  { AVAL: 4, BASE: 8, CHG: -4, PCHG: -50, CRIT1FL: 'Y', CRIT2FL: 'Y' },
  { AVAL: 7, BASE: 7, CHG: 0, PCHG: 0, CRIT1FL: 'N', CRIT2FL: 'N' },
  { AVAL: 1, BASE: 0, CHG: 1, PCHG: null },
  { AVAL: null, BASE: 9, CRIT1FL: 'N', CRIT2FL: 'N', DTYPE: 'N' },
]
const ARMS: readonly string[] = ['A', 'P', 'A', 'P']

describe('the cumulative responder function', () => {
  const primary = { ...STUDY, primary: { parameter: 'MMD', visit: 1 } } as AnalyticStudy
  const rows = cohort([shardOf(FOUR, ARMS)], primary).filter(({ ANALYSIS }) => ANALYSIS === 'CRF')
  const whole = { ARM: null, SUBGRP: null }

  it('has 21 thresholds for all subjects and for each arm, of the primary parameter alone', () => {
    expect(rows).toHaveLength(3 * 21)
    expect(cohort([shardOf(FOUR, ARMS)]).some(({ ANALYSIS }) => ANALYSIS === 'CRF')).toBe(false)
  })

  it('drops nobody with a baseline that is not 0: of three, one fell by 50 %, one not at all, one has no value', () => {
    expect(find(rows, { ...whole, STAT: 'IMP0' })).toMatchObject({ ESTIMATE: 1, NUMER: 3, DENOM: 3 })
    expect(find(rows, { ...whole, STAT: 'IMP50' })).toMatchObject({ ESTIMATE: 1 / 3, NUMER: 1, DENOM: 3 })
    expect(find(rows, { ...whole, STAT: 'IMP55' })).toMatchObject({ ESTIMATE: 0, NUMER: 0 })
    expect(find(rows, { ARM: 'Active', SUBGRP: null, STAT: 'IMP50' })).toMatchObject({ NUMER: 1, DENOM: 1 })
    expect(find(rows, { ARM: 'Placebo', SUBGRP: null, STAT: 'IMP50' })).toMatchObject({ NUMER: 0, DENOM: 2 })
  })

  it('never rises with the threshold', () => {
    const shares = rows.filter(({ ARM }) => ARM === null).map(({ ESTIMATE }) => ESTIMATE as number)
    for (let k = 1; k < shares.length; k++) expect(shares[k]).toBeLessThanOrEqual(shares[k - 1] as number)
  })
})

describe('summarizeCohort', () => {
  const rows = cohort([shardOf(FOUR, ARMS)])
  const whole = { ARM: null, SUBGRP: null }

  it('describes those who have a value: 4, 7 and 1 have mean 4 and standard deviation 3', () => {
    const aval = { ...whole, ANALYSIS: 'AVAL' }
    expect(find(rows, { ...aval, STAT: 'N' })).toMatchObject({ ESTIMATE: 3, NRAND: 4, NSET: 4, NDATA: 3 })
    expect(find(rows, { ...aval, STAT: 'MEAN' })).toMatchObject({ ESTIMATE: 4, SE: 3 / Math.sqrt(3), N: 3 })
    // t of 2 df at 0.975 is 4.302652729749464 (tables): 4 -+ 4.3027 * 1.7321
    const mean = find(rows, { ...aval, STAT: 'MEAN' })
    expect([mean?.DF, mean?.LOWER]).toEqual([2, expect.closeTo(4 - 4.302652729749464 * Math.sqrt(3), 10)])
    expect(mean?.UPPER).toBeCloseTo(4 + 4.302652729749464 * Math.sqrt(3), 10)
    expect(find(rows, { ...aval, STAT: 'SD' })).toMatchObject({ ESTIMATE: 3 })
    expect(find(rows, { ...whole, ANALYSIS: 'PCHG', STAT: 'MEDIAN' })).toMatchObject({ ESTIMATE: -25, N: 2 })
  })

  it('counts responders among those with a flag, a missing value as none, and leaves out the zero baseline', () => {
    expect(find(rows, { ...whole, STAT: 'RSP50' })).toMatchObject({ NUMER: 1, DENOM: 3, ESTIMATE: 1 / 3 })
    expect(find(rows, { ...whole, STAT: 'ZEROBASE' })).toMatchObject({ ESTIMATE: 1, NUMER: 1, DENOM: 4 })
    expect(rows.filter((row) => row.STAT === 'FARRAR30')).toEqual([])
  })

  it('gives every arm under its printed name, in the order of the study file', () => {
    expect(find(rows, { ARM: 'Active', STAT: 'RSP50' })).toMatchObject({ NUMER: 1, DENOM: 1, NRAND: 2 })
    expect(find(rows, { ARM: 'Placebo', STAT: 'RSP50' })).toMatchObject({ NUMER: 0, DENOM: 2, NRAND: 2 })
    expect([...new Set(rows.map((row) => row.ARM))]).toEqual([null, 'Placebo', 'Active'])
  })

  it('gives the same figures however the subjects are cut into shards', () => {
    const cut = [shardOf(FOUR.slice(0, 1), ARMS.slice(0, 1)), shardOf(FOUR.slice(1), ARMS.slice(1))]
    expect(cohort(cut)).toEqual(rows)
  })

  it('leaves out rows whose window is not over', () => {
    const open = FOUR.map((row, k) => (k === 0 ? { BASE: 8, ANL01FL: null, PROVFL: 'Y' } : row))
    const found = cohort([shardOf(open, ARMS)])
    expect(find(found, { ...whole, STAT: 'RSP50' })).toMatchObject({ NUMER: 0, DENOM: 2 })
    expect(find(found, { ...whole, ANALYSIS: 'AVAL', STAT: 'N' })).toMatchObject({ ESTIMATE: 2, NRAND: 4 })
  })

  it('says why there is no proportion and no standard deviation', () => {
    const one = cohort([shardOf([{ AVAL: 3, BASE: 0, CHG: 3 }], ['A'])])
    expect(find(one, { ...whole, STAT: 'RSP50' })).toMatchObject({ ESTIMATE: null, DENOM: 0, REASON: 'NO_DENOMINATOR' })
    expect(find(one, { ...whole, ANALYSIS: 'AVAL', STAT: 'SD' })).toMatchObject({
      ESTIMATE: null,
      REASON: 'ONE_SUBJECT',
    })
  })

  it('counts a phase under its treatment, and prints every phase apart as well', () => {
    const phases = [
      { ...FOUR[0], BASETYPE: '1', TRT: 'A' },
      { ...FOUR[1], BASETYPE: '2', TRT: 'P' },
    ]
    const found = cohort([shardOf(phases, [null, null])])
    expect(find(found, { ARM: 'Active', SUBGRP: null, STAT: 'RSP50' })).toMatchObject({ NUMER: 1, DENOM: 1 })
    expect(find(found, { ARM: null, SUBGRP: 'BASETYPE', SUBGLVL: '2', STAT: 'RSP50' })).toMatchObject({
      NUMER: 0,
      DENOM: 1,
    })
  })
})
