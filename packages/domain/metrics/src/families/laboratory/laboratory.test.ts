import { standardAnalyte } from '@afferent/study'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parametersOf } from '../../catalogue/parameters.ts'
import { deriveSubjects } from '../../derive.ts'
import { explainSubject } from '../../explain/explain.ts'
import { FACTS, type ResultRow, rowOf, type StudyOptions, settledOf, studyOf } from '../../records.fixture.ts'

const CRP = standardAnalyte('CRP')
const IL6 = standardAnalyte('IL6')
if (CRP === undefined || IL6 === undefined) throw new Error('analytes are gone')

const WINDOWS = [
  { visit: 1, label: 'Week 4', from: 22, to: 35 },
  { visit: 2, label: 'Week 12', from: 78, to: 91 },
]
const study = (blq: 'sqrt2' | 'half' = 'sqrt2', options: StudyOptions = {}) =>
  studyOf({ headache: null, laboratory: { blq, analytes: [CRP, IL6] }, visits: { windows: WINDOWS }, ...options })

const crp = (day: number, value: number, side?: ResultRow['side']): ResultRow => ({ day, analyte: 'CRP', value, side })
const derive = (results: readonly ResultRow[], of = study(), lastDay?: number) =>
  deriveSubjects(settledOf([{ id: 'P1', results, lastDay }]), of, FACTS).effects
const row = (effects: ReturnType<typeof derive>, PARAMCD: string, AVISITN: number) =>
  rowOf(effects, { PARAMCD, AVISITN })

describe('laboratory results', () => {
  it('EX-L1 LLOQ 0.3, baseline 0.6, week 4 "< 0.3": 0.212132, log ratio -1.039721; half: -1.386294', () => {
    const results = [crp(1, 0.6), crp(29, 0.3, 'below')]
    const effects = derive(results)
    expect(row(effects, 'CRP', 1).AVAL).toBeCloseTo(0.212132, 6)
    expect(row(effects, 'CRP', 1)).toMatchObject({ BLQFL: 'Y', BASE: 0.6, ADY: 29, AWLO: 22, AWHI: 35 })
    expect(row(effects, 'CRPLR', 1).AVAL).toBeCloseTo(-1.039721, 6)
    expect(row(effects, 'CRPLR', 1)).toMatchObject({ BLQFL: 'Y', BASE: null, CHG: null })
    const half = derive(results, study('half'))
    expect(row(half, 'CRP', 1).AVAL).toBe(0.15)
    expect(row(half, 'CRPLR', 1).AVAL).toBeCloseTo(-1.386294, 6)
  })

  it('EX-L2 both "< 0.3": log ratio 0, BLQFL B', () => {
    const effects = derive([crp(1, 0.3, 'below'), crp(29, 0.3, 'below')])
    expect(row(effects, 'CRPLR', 1)).toMatchObject({ AVAL: 0, BLQFL: 'B' })
    // Another limit at the second visit tells of no change either.
    expect(row(derive([crp(1, 0.3, 'below'), crp(29, 0.5, 'below')]), 'CRPLR', 1)).toMatchObject({
      AVAL: 0,
      BLQFL: 'B',
    })
  })

  it('CRP above 10 mg/L marks every analyte of the visit; 10 itself does not', () => {
    const il6: ResultRow[] = [1, 29, 85].map((day) => ({ day, analyte: 'IL6', value: 2 }))
    const effects = derive([crp(1, 10), crp(29, 10.1), ...il6])
    expect([0, 1, 2].map((visit) => row(effects, 'IL6', visit).CRPFL)).toEqual(['N', 'Y', null])
    expect([1, 2].map((visit) => row(effects, 'IL6LR', visit).CRPFL)).toEqual(['Y', null])
    expect(row(effects, 'CRP', 1).CRPFL).toBe('Y')
    expect(row(derive([crp(1, 11), crp(29, 1), ...il6]), 'IL6LR', 2).CRPFL).toBe('Y')
  })

  it('above the ULOQ is that limit, flagged', () => {
    const effects = derive([crp(1, 40, 'above'), crp(29, 20)])
    expect(row(effects, 'CRP', 0)).toMatchObject({ AVAL: 40, UQFL: 'Y', ABLFL: 'Y', BLQFL: null })
    expect(row(effects, 'CRPLR', 1)).toMatchObject({ UQFL: 'Y' })
    expect(row(effects, 'CRPLR', 1).AVAL).toBeCloseTo(-Math.LN2, 12)
  })

  it('of several results of a visit the last counts, or the first; explained with those that were left', () => {
    const results = [crp(1, 4), crp(23, 2), crp(30, 1), { visit: 2, analyte: 'CRP', value: 8 }]
    expect(row(derive(results), 'CRP', 1)).toMatchObject({ AVAL: 1, ADY: 30 })
    const first = study('sqrt2', { visits: { windows: WINDOWS, choose: 'first' } })
    expect(row(derive(results, first), 'CRP', 1)).toMatchObject({ AVAL: 2, ADY: 23 })
    expect(row(derive(results), 'CRP', 2)).toMatchObject({ AVAL: 8, ADY: 91 })
    const [told] = explainSubject(settledOf([{ id: 'P1', results }]), study(), FACTS, 'P1', 'CRPLR', 1)
    expect(told?.records.map(({ row: at, counted, note }) => [at, counted, note])).toEqual([
      [1, true, 'baseline'],
      [3, true, ''],
      [2, false, 'another result of the visit counts'],
    ])
    expect(told?.restsOn).toEqual([
      { code: 'CRP', visit: 0 },
      { code: 'CRP', visit: 1 },
    ])
  })

  it('gives every scheduled visit a row and a reason, also to a subject without results', () => {
    const effects = derive([])
    expect([0, 1, 2].map((visit) => row(effects, 'CRP', visit).AREASON)).toEqual([
      'NO_BASELINE',
      'MISSING_ITEMS',
      'MISSING_ITEMS',
    ])
    expect(row(derive([crp(29, 2)]), 'CRPLR', 1)).toMatchObject({ AVAL: null, AREASON: 'NO_BASELINE' })
    expect(row(derive([crp(29, 2)]), 'CRP', 1)).toMatchObject({ AVAL: 2, CHG: null, AREASON: 'NO_BASELINE' })
    expect(row(derive([crp(1, 2)], study(), 40), 'CRPLR', 2)).toMatchObject({ AVAL: null, AREASON: 'DISCONTINUED' })
    const open = deriveSubjects(settledOf([{ id: 'P1', results: [crp(1, 2), crp(29, 1)] }]), study(), {
      ...FACTS,
      cut: 30,
    })
    expect(row(open.effects, 'CRP', 1)).toMatchObject({ AVAL: null, AREASON: 'NOT_REACHED', PROVFL: 'Y', CRPFL: null })
  })

  it('analytes of the study itself are parameters like any', () => {
    const own = {
      code: 'COPEP',
      label: 'Copeptin',
      unit: 'pmol/L',
      direction: 'lower-is-better',
      units: { 'pmol/L': 1 },
    } as const
    const of = study('sqrt2', { laboratory: { blq: 'sqrt2', analytes: [own] } })
    const codes = parametersOf(of, FACTS).map(({ code }) => code)
    expect(codes).toEqual(['COPEP', 'COPEPLR'])
    const effects = derive(
      [
        { day: 1, analyte: 'COPEP', value: 4 },
        { day: 29, analyte: 'COPEP', value: 8 },
      ],
      of,
    )
    expect(row(effects, 'COPEPLR', 1).AVAL).toBeCloseTo(Math.LN2, 12)
  })

  it('log ratios turn their sign when the two visits are swapped, and do not know the unit', () => {
    const side = fc.constantFrom<ResultRow['side']>(undefined, 'below', 'above')
    const result = fc.tuple(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), side)
    fc.assert(
      fc.property(result, result, fc.constantFrom(0.1, 10, 169.18), ([a, sideA], [b, sideB], scale) => {
        const there = row(derive([crp(1, a, sideA), crp(29, b, sideB)]), 'CRPLR', 1).AVAL as number
        const back = row(derive([crp(1, b, sideB), crp(29, a, sideA)]), 'CRPLR', 1).AVAL as number
        const scaled = row(derive([crp(1, a * scale, sideA), crp(29, b * scale, sideB)]), 'CRPLR', 1).AVAL as number
        expect(there + back).toBeCloseTo(0, 9)
        expect(scaled).toBeCloseTo(there, 9)
      }),
      { numRuns: 40 },
    )
  })
})
