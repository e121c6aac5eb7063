import type { ValueParameter } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import { FACTS, type Patient, rowOf, rowsOf, type StudyOptions, settledOf, studyOf } from './records.fixture.ts'

const SEIZURES: ValueParameter = {
  code: 'SEIZ',
  label: 'Seizures per 28 days',
  unit: 'n/28 d',
  direction: 'lower-is-better',
  visits: [
    { visit: 0, label: 'Baseline', days: 56 },
    { visit: 1, label: 'Period 1', days: 14 },
    { visit: 2, label: 'Period 2', days: 14 },
  ],
  perDays: 28,
  range: [0, null],
  pooled: true,
}
const SCORE: ValueParameter = {
  ...SEIZURES,
  code: 'SCORE',
  visits: [
    { visit: 0, label: 'Baseline', days: null },
    { visit: 3, label: '3 months', days: null },
  ],
  perDays: null,
  pooled: false,
}

const derive = (patients: Patient[], parameter: ValueParameter, options: StudyOptions = {}, facts = FACTS) =>
  deriveSubjects(settledOf(patients), studyOf({ headache: null, values: [parameter], ...options }), facts).effects

const of = (...values: (number | undefined)[]): Patient => ({
  id: 'P1',
  values: values.flatMap((value, visit) => (value === undefined ? [] : [{ parameter: 'SEIZ', visit, value }])),
})

describe('values the export summarised', () => {
  it('scales counts over unequal periods: 11 in 56 days are 5.5, 5 in 14 days are 10 per 28 days', () => {
    const effects = derive([of(11, 5, 3)], SEIZURES)
    expect(rowOf(effects, { PARAMCD: 'SEIZ', AVISITN: 0 })).toMatchObject({ AVAL: 5.5, NEVT: 11, NOBS: 56, ABLFL: 'Y' })
    expect(rowOf(effects, { PARAMCD: 'SEIZ', AVISITN: 1 })).toMatchObject({
      AVAL: 10,
      BASE: 5.5,
      CHG: 4.5,
      CRIT1FL: 'N',
    })
    // pooled: 28 * (5 + 3) / 28 = 8
    expect(rowOf(effects, { PARAMCD: 'SEIZP', AVISITN: 99 })).toMatchObject({ AVAL: 8, BASE: 5.5, NEVT: 8, NOBS: 28 })
  })

  it('decides a response on counts in whole numbers: 12 in 56 days to 2 in 14 days is a third less', () => {
    // 2 * 56 * 100 = 11200 against 70 % and 50 % of 12 * 14 * 100: 11760 and 8400
    const row = rowOf(derive([of(12, 2)], SEIZURES), { PARAMCD: 'SEIZ', AVISITN: 1 })
    expect(row).toMatchObject({ CRIT1FL: 'Y', CRIT2FL: 'N' })
  })

  it('reads a missing value as missing, never as zero: N under NRI, null under OC', () => {
    const row = rowOf(derive([of(11, undefined, 3)], SEIZURES), { PARAMCD: 'SEIZ', AVISITN: 1 })
    expect(row).toMatchObject({ AVAL: null, AREASON: 'MISSING_ITEMS', CRIT2FL: 'N', DTYPE: 'NRI' })
    const oc = derive([of(11, undefined, 3)], SEIZURES, { responders: { missing: 'OC' } })
    expect(rowOf(oc, { PARAMCD: 'SEIZ', AVISITN: 1 })).toMatchObject({ CRIT2FL: null, DTYPE: null })
  })

  it('pools what is there if it covers half of the days, else has no value', () => {
    expect(rowOf(derive([of(11, 5)], SEIZURES), { PARAMCD: 'SEIZP', AVISITN: 99 })).toMatchObject({
      AVAL: 10,
      NOBS: 14,
    })
    const strict = derive([of(11, 5)], SEIZURES, { periods: { pooledMinObservedFraction: 0.6 } })
    expect(rowOf(strict, { PARAMCD: 'SEIZP', AVISITN: 99 })).toMatchObject({ AVAL: null, AREASON: 'MISSING_ITEMS' })
  })

  it('has rows with a reason for a subject without any value', () => {
    const rows = rowsOf(derive([{ id: 'P1' }], SEIZURES)).filter((row) => row.PARAMCD === 'SEIZ')
    expect(rows.map((row) => row.AREASON)).toEqual(['NO_BASELINE', 'MISSING_ITEMS', 'MISSING_ITEMS'])
  })

  it('compares each phase of a crossover with its own baseline, under its own treatment', () => {
    const patient: Patient = {
      id: 'P1',
      values: [
        { phase: '1', treatment: 'P', parameter: 'SCORE', visit: 0, value: 8 },
        { phase: '1', treatment: 'P', parameter: 'SCORE', visit: 3, value: 4 },
        { phase: '2', treatment: 'A', parameter: 'SCORE', visit: 0, value: 0 },
        { phase: '2', treatment: 'A', parameter: 'SCORE', visit: 3, value: 2 },
      ],
    }
    const facts = { ...FACTS, phases: ['1', '2'], treatments: ['A', 'P'] }
    const effects = derive([patient], SCORE, {}, facts)
    expect(rowsOf(effects).map((row) => [row.BASETYPE, row.AVISITN, row.TRT])).toEqual([
      ['1', 0, 'P'],
      ['1', 3, 'P'],
      ['2', 0, 'A'],
      ['2', 3, 'A'],
    ])
    expect(rowOf(effects, { BASETYPE: '1', AVISITN: 3 })).toMatchObject({ CHG: -4, PCHG: -50, CRIT2FL: 'Y' })
    expect(rowOf(effects, { BASETYPE: '2', AVISITN: 3 })).toMatchObject({ CHG: 2, PCHG: null, CRIT2FL: null })
  })

  it('mirrors the sign where higher is better: 40 to 60 is a 50 % response', () => {
    const parameter: ValueParameter = { ...SCORE, code: 'FUNC', direction: 'higher-is-better' }
    const patient: Patient = {
      id: 'P1',
      values: [
        { parameter: 'FUNC', visit: 0, value: 40 },
        { parameter: 'FUNC', visit: 3, value: 60 },
      ],
    }
    expect(rowOf(derive([patient], parameter), { AVISITN: 3 })).toMatchObject({ PCHG: 50, CRIT2FL: 'Y', CRIT3FL: 'N' })
  })
})
