import { SPAN_VISIT } from '@afferent/study'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parametersOf } from '../../catalogue/parameters.ts'
import { deriveSubjects } from '../../derive.ts'
import { explainSubject } from '../../explain/explain.ts'
import {
  type Cell,
  daysOf,
  FACTS,
  type FormRow,
  type Patient,
  rowOf,
  type StudyOptions,
  settledOf,
  studyOf,
} from '../../records.fixture.ts'

const HIT6 = {
  code: 'HIT6',
  label: 'HIT-6',
  unit: 'score',
  direction: 'lower-is-better',
  visits: [
    { visit: 0, label: 'Baseline', days: null },
    { visit: 1, label: 'Week 12', days: null },
  ],
  perDays: null,
  range: [36, 78],
  pooled: false,
} as const

type Individual = NonNullable<StudyOptions['individual']>

function effect(patient: Patient, individual: Individual, code: string, visit: number, options: StudyOptions = {}) {
  const study = studyOf({ headache: null, pain: {}, ...options, individual })
  const { effects } = deriveSubjects(settledOf([patient]), study, FACTS)
  return rowOf(effects, { PARAMCD: code, AVISITN: visit })
}

/** Ratings of consecutive days before day 1, and from it on. */
function rated(before: readonly number[], after: readonly number[]): FormRow[] {
  return [...before.map((avg, i) => ({ day: i - before.length, avg })), ...after.map((avg, i) => ({ day: i + 1, avg }))]
}

describe('reliable change', () => {
  const norms: Individual = {
    parameters: ['HIT6'],
    reliableChange: { HIT6: { sd: 7.5, r: 0.84, source: 'example' } },
  }
  const hit6 = (before: number, after: number): Patient => ({
    id: 'P1',
    values: [
      { parameter: 'HIT6', visit: 0, value: before },
      { parameter: 'HIT6', visit: 1, value: after },
    ],
  })
  const change = (before: number, after: number): Record<string, Cell> =>
    effect(hit6(before, after), norms, 'RCI', 1, { values: [HIT6] })

  it('EX-I1 SD 7.5 and r 0.84: a fall of 9 is -2.1213, a reliable improvement; one of 8 is -1.8856, none', () => {
    expect(change(65, 56)).toMatchObject({ AVALC: 'improvement', SRCPARM: 'HIT6', AREASON: null })
    expect(change(65, 56).AVAL).toBeCloseTo(-2.1213, 4)
    expect(change(65, 57)).toMatchObject({ AVALC: 'none' })
    expect(change(65, 57).AVAL).toBeCloseTo(-1.8856, 4)
    expect(change(56, 65)).toMatchObject({ AVALC: 'worsening' })
  })

  it('is an attribute of the class of response: 65 to 56 is a minimal response, and reliable', () => {
    // 100 * -9 / 65 = -13.8 %
    expect(effect(hit6(65, 56), norms, 'RSPCLASS', 1, { values: [HIT6] })).toMatchObject({
      AVALC: 'minimal',
      AVAL: 1,
      RELFL: 'Y',
      SUSTFL: null,
      EARLYFL: 'N',
    })
    expect(effect(hit6(65, 57), norms, 'RSPCLASS', 1, { values: [HIT6] })).toMatchObject({ RELFL: 'N' })
  })

  it('has no two-point rule for a score from 36 to 78: 50 to 52 is no change', () => {
    expect(effect(hit6(50, 52), norms, 'RSPCLASS', 1, { values: [HIT6] })).toMatchObject({ AVALC: 'no change' })
  })

  it('names its norm in METHOD, and its parameter in PARAM', () => {
    const study = studyOf({ headache: null, values: [HIT6], individual: norms })
    const rci = parametersOf(study, FACTS).find(({ code }) => code === 'RCI')
    expect(rci?.method).toBe('of HIT6; SD 7.5, r 0.84: example')
    expect(rci?.label).toBe('Reliable change of HIT6')
  })

  it('says why there is none', () => {
    const lone: Patient = { id: 'P1', values: [{ parameter: 'HIT6', visit: 1, value: 50 }] }
    expect(effect(lone, norms, 'RCI', 1, { values: [HIT6] })).toMatchObject({ AVAL: null, AREASON: 'NO_BASELINE' })
    const first: Patient = { id: 'P1', values: [{ parameter: 'HIT6', visit: 0, value: 50 }] }
    expect(effect(first, norms, 'RCI', 1, { values: [HIT6] })).toMatchObject({ AREASON: 'MISSING_ITEMS' })
  })
})

describe('class of response', () => {
  const weeks: Individual = { parameters: ['PNAVGW'] }
  const week = (w: number, avg: number): FormRow[] => daysOf(7 * w - 6, 7 * w, () => ({ avg }))
  const pain = (...means: readonly number[]): Patient => ({
    id: 'P1',
    forms: [...daysOf(-7, -1, () => ({ avg: 8 })), ...means.flatMap((mean, i) => week(i + 1, mean))],
  })
  const classAt = (patient: Patient, visit: number): Record<string, Cell> => effect(patient, weeks, 'RSPCLASS', visit)

  it.each([
    [4, 'substantial', 3],
    [5.6, 'moderate', 2],
    [7.2, 'minimal', 1],
    [7.3, 'no change', 0],
    [9.9, 'no change', 0],
    [10, 'worsened', -1],
  ])('of weekly pain from 8 to %d is %s', (mean, word, value) => {
    expect(classAt(pain(mean), 1)).toMatchObject({ AVALC: word, AVAL: value, SRCPARM: 'PNAVGW' })
  })

  it('is sustained over the last four weeks up to the row, early if one of weeks 1 to 4 is confirmed', () => {
    const patient = pain(7, 5, 5, 5, 5, 7, 5, 5)
    expect([3, 5, 6, 8].map((visit) => classAt(patient, visit).SUSTFL)).toEqual([null, 'Y', 'N', 'N'])
    expect(classAt(patient, 8)).toMatchObject({ EARLYFL: 'Y' })
    expect(classAt(pain(7, 5, 7, 7, 5, 5), 6)).toMatchObject({ EARLYFL: 'N' })
  })

  it('has no answer at a baseline of 0, and none without one', () => {
    const forms = [...daysOf(-7, -1, () => ({ avg: 0 })), ...week(1, 3)]
    expect(classAt({ id: 'P1', forms }, 1)).toMatchObject({ AVAL: null, AREASON: 'NOT_EVALUABLE' })
    expect(classAt({ id: 'P1', forms: week(1, 3) }, 1)).toMatchObject({ AREASON: 'NO_BASELINE' })
    expect(classAt({ id: 'P1', forms }, 2)).toMatchObject({ AREASON: 'INSUFFICIENT_DAYS' })
  })

  it('of several parameters stands under a code for each, with the parameter beside it', () => {
    const two: Individual = { parameters: ['PNAVGW', 'PND4'] }
    expect(effect(pain(4), two, 'RSPCLASS', 1)).toMatchObject({ SRCPARM: 'PNAVGW' })
    expect(effect(pain(4), two, 'RSPCLAS2', 1)).toMatchObject({ SRCPARM: 'PND4' })
    const study = studyOf({ headache: null, pain: {}, individual: two })
    const [found] = explainSubject(settledOf([pain(4)]), study, FACTS, 'P1', 'RSPCLASS', 1)
    expect(found?.restsOn).toEqual([
      { code: 'PNAVGW', visit: 0 },
      { code: 'PNAVGW', visit: 1 },
    ])
  })

  it('never turns better with more pain', () => {
    const rating = fc.integer({ min: 0, max: 10 })
    fc.assert(
      fc.property(fc.array(rating, { minLength: 7, maxLength: 7 }), rating, fc.nat(6), (days, more, at) => {
        const forms = (ratings: readonly number[]) => rated([6, 6, 6, 6, 6, 6, 6], ratings)
        const raised = days.map((value, i) => (i === at ? Math.max(value, more) : value))
        const before = classAt({ id: 'P1', forms: forms(days) }, 1).AVAL as number
        expect(classAt({ id: 'P1', forms: forms(raised) }, 1).AVAL).toBeLessThanOrEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})

describe('two phases of one patient', () => {
  const daily: Individual = { series: ['PNAVG'] }
  const short: Patient = { id: 'P1', lastDay: 4, forms: rated([6, 7, 5], [4, 5, 3, 2]) }

  it('EX-I2 A 6,7,5 and B 4,5,3,2: NAP 11.5/12, Tau 0.916667, SE 0.072169, limits, Tau-U 10/12', () => {
    const value = (code: string): number => effect(short, daily, code, SPAN_VISIT).AVAL as number
    expect(value('NAP')).toBeCloseTo(11.5 / 12, 9)
    expect(value('TAU')).toBeCloseTo(0.916667, 6)
    expect(value('NAPSE')).toBeCloseTo(0.072169, 6)
    expect(value('NAPLCL')).toBeCloseTo(0.496379, 6)
    expect(value('NAPUCL')).toBeCloseTo(0.997833, 6)
    // S_AB 11 - 0 = 11, S_AA: 6 to 7 worse, 6 to 5 and 7 to 5 better: +1; (11 - 1) / 12
    expect(value('TAUU')).toBeCloseTo(10 / 12, 9)
    expect(effect(short, daily, 'NAP', SPAN_VISIT)).toMatchObject({ SRCPARM: 'PNAVG', NOBS: 7, AWLO: -28, AWHI: 4 })
  })

  it('EX-I3 four points have no trend; five do', () => {
    const four: Patient = {
      id: 'P1',
      lastDay: 5,
      forms: [6, 5, 5, 3].map((avg, i) => ({ day: [1, 2, 3, 5][i] ?? 0, avg })),
    }
    expect(effect(four, daily, 'TSSLOPE', SPAN_VISIT)).toMatchObject({
      AVAL: null,
      AREASON: 'INSUFFICIENT_DAYS',
      NOBS: 4,
    })
    // a fifth point on day 6 at 3: slopes -1 -1 -3/4 -2/3 -2/3 -3/5 -1/2 -1/2 0 0, median (-2/3 - 3/5) / 2 a day
    const five: Patient = { ...four, lastDay: 6, forms: [...(four.forms ?? []), { day: 6, avg: 3 }] }
    expect(effect(five, daily, 'TSSLOPE', SPAN_VISIT).AVAL).toBeCloseTo((28 * (-2 / 3 - 3 / 5)) / 2, 9)
  })

  it('EX-I4 of 10 admissible starts the real one gives the largest statistic: p 0.10', () => {
    // 28 days before and 7 after: starts behind 23 to 32 days
    const lot: Individual = { ...daily, randomisation: { minBaseline: 23, minTreatment: 3 } }
    const patient: Patient = {
      id: 'P1',
      lastDay: 7,
      forms: [...daysOf(-28, -1, () => ({ avg: 8 })), ...daysOf(1, 7, () => ({ avg: 2 }))],
    }
    expect(effect(patient, lot, 'RTP', SPAN_VISIT).AVAL).toBeCloseTo(0.1, 12)
    const study = studyOf({ headache: null, pain: {}, individual: daily })
    expect(parametersOf(study, FACTS).map(({ code }) => code)).not.toContain('RTP')
  })

  it('compares weekly means by whole weeks of the baseline window, and other parameters by visit', () => {
    const patient: Patient = {
      id: 'P1',
      forms: [...daysOf(-28, -1, () => ({ avg: 7 })), ...daysOf(1, 56, () => ({ avg: 5 }))],
    }
    expect(effect(patient, { series: ['PNAVGW'] }, 'NAP', SPAN_VISIT)).toMatchObject({ AVAL: 1, NOBS: 12 })
    // one baseline value and two periods with one: no standard error
    expect(effect(patient, { series: ['PND4'] }, 'NAP', SPAN_VISIT)).toMatchObject({ AVAL: 0.5, NOBS: 3 })
    expect(effect(patient, { series: ['PND4'] }, 'NAPSE', SPAN_VISIT)).toMatchObject({ AREASON: 'NOT_EVALUABLE' })
  })

  it('says why there is no answer', () => {
    const onlyAfter: Patient = { id: 'P1', lastDay: 4, forms: rated([], [4, 5]) }
    expect(effect(onlyAfter, daily, 'NAP', SPAN_VISIT)).toMatchObject({ AREASON: 'NO_BASELINE' })
    expect(effect({ id: 'P1', forms: rated([4, 5], []) }, daily, 'NAP', SPAN_VISIT)).toMatchObject({
      AREASON: 'INSUFFICIENT_DAYS',
    })
    const running = studyOf({ headache: null, pain: {}, individual: daily })
    const { effects } = deriveSubjects(settledOf([{ ...short, lastDay: 40 }]), running, { ...FACTS, cut: 40 })
    expect(rowOf(effects, { PARAMCD: 'NAP' })).toMatchObject({ AREASON: 'NOT_REACHED', PROVFL: 'Y', ANL01FL: null })
  })

  it('never turns better with more pain on a treatment day', () => {
    const rating = fc.integer({ min: 0, max: 10 })
    const phase = fc.array(rating, { minLength: 2, maxLength: 10 })
    fc.assert(
      fc.property(phase, phase, rating, fc.nat(9), (a, b, more, at) => {
        const raised = b.map((value, i) => (i === at % b.length ? Math.max(value, more) : value))
        const nap = (after: readonly number[]): number =>
          effect({ id: 'P1', lastDay: b.length, forms: rated(a, after) }, daily, 'NAP', SPAN_VISIT).AVAL as number
        expect(nap(raised)).toBeLessThanOrEqual(nap(b) + 1e-12)
      }),
      { numRuns: 40 },
    )
  })
})
