import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../../derive.ts'
import { explainSubject } from '../../explain/explain.ts'
import {
  FACTS,
  type FormOfDay,
  FULL_ANSWERS,
  type Patient,
  questionnairesOf,
  rowOf,
  rowsOf,
  settledOf,
  studyOf,
} from '../../records.fixture.ts'

const SCORED = {
  MSQ: ['MSQRR', 'MSQRP', 'MSQEF'],
  FIQ: ['FIQ'],
  FIQR: ['FIQR'],
  FMCRIT: ['WPI', 'SSS', 'FSS', 'FM2016', 'FM2011'],
  PHQ9: ['PHQ9'],
  MPFID: ['MPFEA', 'MPFPI'],
} as const
type Scored = keyof typeof SCORED

const study = (code: Scored, more: Parameters<typeof studyOf>[0] = {}) =>
  studyOf({
    headache: null,
    sources: [FULL_ANSWERS],
    questionnaires: questionnairesOf({ code, scores: SCORED[code], thresholds: code === 'PHQ9' ? { PHQ9: 5 } : {} }),
    ...more,
  })

/** Rows of one subject: form 0 at the baseline, the next at visit 1. */
function derive(code: Scored, forms: readonly FormOfDay[], more: Parameters<typeof studyOf>[0] = {}) {
  const patient: Patient = { id: 'P1', questionnaires: forms }
  return deriveSubjects(settledOf([patient]), study(code, more), FACTS).effects
}

const numbered = (...values: readonly (number | null)[]): Record<string, number> =>
  Object.fromEntries(values.flatMap((value, i) => (value === null ? [] : [[String(i + 1), value]])))
const times = (n: number, value: number) => Array.from({ length: n }, () => value)
const at = (day: number, instrument: Scored, answers: Readonly<Record<string, number>>): FormOfDay => ({
  day,
  instrument,
  answers,
})
const score = (effects: ReturnType<typeof derive>, PARAMCD: string, AVISITN = 0) => rowOf(effects, { PARAMCD, AVISITN })

describe('scores of forms', () => {
  it('EX-Q3 MSQ RR all answers 3 is 60, also with one missing; EF with one of three answered has no score', () => {
    // reversed 4 each: (28 - 7) / 35 = 60 %
    const full = derive('MSQ', [at(-3, 'MSQ', numbered(...times(14, 3)))])
    expect(score(full, 'MSQRR')).toMatchObject({ AVAL: 60, ABLFL: 'Y', ADY: -3, AREASON: null })
    const partly = derive('MSQ', [at(-3, 'MSQ', numbered(...times(6, 3), null, ...times(5, 3)))])
    expect(score(partly, 'MSQRR').AVAL).toBeCloseTo(60, 10)
    expect(score(partly, 'MSQEF')).toMatchObject({ AVAL: null, AREASON: 'MISSING_ITEMS' })
  })

  it('EX-Q4 FIQ 58.428571', () => {
    const letters = [...'abcdefghij'] // ten function items of sum 15
    const physical = Object.fromEntries(letters.map((letter, i) => [`1${letter}`, i < 5 ? 2 : 1]))
    const answers = { ...physical, '2': 2, '3': 3, '4': 6, '5': 6, '6': 6, '7': 6, '8': 6, '9': 6, '10': 6 }
    expect(score(derive('FIQ', [at(1, 'FIQ', answers)]), 'FIQ').AVAL).toBeCloseTo(58.428571, 6)
  })

  it('EX-Q5 FIQR 60.0', () => {
    const answers = numbered(...times(8, 6), null, 6, 6, ...times(10, 6))
    expect(score(derive('FIQR', [at(1, 'FIQR', answers)]), 'FIQR').AVAL).toBeCloseTo(60, 10)
  })

  it.each([
    ['WPI 6, SSS 9, 4 regions', 6, 9, 4, 'Y', 'Y'],
    ['WPI 3, SSS 10', 3, 10, 3, 'N', 'Y'],
    ['WPI 8, SSS 6, 3 regions', 8, 6, 3, 'N', 'Y'],
  ])('EX-Q6 %s', (_, wpi, sss, regions, fm2016, fm2011) => {
    const answers = {
      wpi,
      regions,
      threemonths: 1,
      fatigue: 3,
      unrefreshed: Math.min(3, sss - 3),
      cognitive: Math.min(3, sss - 6),
      headaches: Number(sss > 9),
      abdominal: 0,
      depression: 0,
    }
    const effects = derive('FMCRIT', [at(1, 'FMCRIT', answers)])
    expect(score(effects, 'FM2016')).toMatchObject({ AVALC: fm2016, AVAL: fm2016 === 'Y' ? 1 : 0, BASE: null })
    expect(score(effects, 'FM2011')).toMatchObject({ AVALC: fm2011 })
    expect(score(effects, 'FSS')).toMatchObject({ AVAL: wpi + sss, ABLFL: 'Y' })
  })
})

const phq = (total: number): Record<string, number> =>
  numbered(...Array.from({ length: 9 }, (_, i) => Math.min(3, Math.max(0, total - 3 * i))))

describe('visits', () => {
  it('takes the last form of the window that has a score, or the first', () => {
    const forms = [at(2, 'PHQ9', phq(12)), at(20, 'PHQ9', phq(8)), at(28, 'PHQ9', { '1': 3 })]
    expect(score(derive('PHQ9', forms), 'PHQ9', 1)).toMatchObject({ AVAL: 8, ADY: 20, AWLO: 2, AWHI: 28 })
    expect(score(derive('PHQ9', forms, { visits: { choose: 'first' } }), 'PHQ9', 1)).toMatchObject({
      AVAL: 12,
      ADY: 2,
    })
  })

  it('puts a form where it says it belongs, whatever its date', () => {
    const forms: FormOfDay[] = [{ day: 60, visit: 1, instrument: 'PHQ9', answers: phq(7) }]
    expect(score(derive('PHQ9', forms), 'PHQ9', 1)).toMatchObject({ AVAL: 7, ADY: 60 })
    expect(score(derive('PHQ9', forms), 'PHQ9', 3)).toMatchObject({ AVAL: null, AREASON: 'MISSING_ITEMS' })
  })

  it('flags 5 points, remission and half of the baseline', () => {
    const effects = derive('PHQ9', [at(-1, 'PHQ9', phq(10)), at(20, 'PHQ9', phq(5)), at(50, 'PHQ9', phq(4))])
    expect(score(effects, 'PHQ9', 1)).toMatchObject({ CHG: -5, CRIT2FL: 'Y', CRIT5FL: 'Y', CRIT6FL: 'N' })
    expect(score(effects, 'PHQ9', 2)).toMatchObject({ CHG: -6, CRIT5FL: 'Y', CRIT6FL: 'Y' })
    expect(score(effects, 'PHQ9', 3)).toMatchObject({ AVAL: null, CRIT5FL: 'N', CRIT6FL: 'N', DTYPE: 'NRI' })
  })

  it('judges no response at a baseline of 0, and no remission where there is nothing to remit', () => {
    const zero = derive('PHQ9', [at(-1, 'PHQ9', phq(0)), at(20, 'PHQ9', phq(3))])
    expect(score(zero, 'PHQ9', 1)).toMatchObject({ CHG: 3, PCHG: null, CRIT1FL: null, CRIT5FL: null, CRIT6FL: null })
    const low = derive('PHQ9', [at(-1, 'PHQ9', phq(4)), at(20, 'PHQ9', phq(3))])
    expect(score(low, 'PHQ9', 1)).toMatchObject({ CRIT1FL: 'N', CRIT5FL: 'N', CRIT6FL: null })
  })

  it('has a row for every visit of a subject without any form', () => {
    const effects = derive('PHQ9', [])
    const rows = rowsOf(effects).map(({ PARAMCD, AVISITN, AREASON }) => `${PARAMCD} ${AVISITN} ${AREASON}`)
    const after = (code: string) => [1, 2, 3].map((visit) => `${code} ${visit} MISSING_ITEMS`)
    expect(rows).toEqual(['PHQ9 0 NO_BASELINE', ...after('PHQ9'), 'PHQ9I9 0 MISSING_ITEMS', ...after('PHQ9I9')])
  })

  it('gives the reasons of the window first', () => {
    const patients: Patient[] = [{ id: 'P1', lastDay: 20, questionnaires: [at(50, 'PHQ9', phq(3))] }]
    const { effects } = deriveSubjects(settledOf(patients), study('PHQ9'), { ...FACTS, cut: 70 })
    expect(score(effects, 'PHQ9', 2)).toMatchObject({ AREASON: 'DISCONTINUED' })
    expect(score(effects, 'PHQ9', 3)).toMatchObject({ AREASON: 'NOT_REACHED', PROVFL: 'Y', CRIT5FL: null })
  })

  it('has an event of item 9 on any form of the visit, whichever form gives the score', () => {
    const forms = [at(10, 'PHQ9', numbered(...times(8, 0), 1)), at(20, 'PHQ9', numbered(...times(9, 0)))]
    const effects = derive('PHQ9', forms)
    expect(score(effects, 'PHQ9', 1)).toMatchObject({ AVAL: 0, ADY: 20 })
    expect(score(effects, 'PHQ9I9', 1)).toMatchObject({ AVALC: 'Y', ADY: 10 })
  })

  it('rests for the event on the answer to item 9 alone, for the score on all nine', () => {
    const settled = settledOf([{ id: 'P1', questionnaires: [at(10, 'PHQ9', numbered(...times(8, 1), 2))] }])
    const rowsOf = (code: string) => explainSubject(settled, study('PHQ9'), FACTS, 'P1', code, 1)[0]?.records ?? []
    expect(rowsOf('PHQ9I9')).toMatchObject([{ note: '9 = 2' }])
    expect(rowsOf('PHQ9')).toHaveLength(9)
  })
})

describe('an instrument that is answered daily', () => {
  const day = (d: number, answer: number): FormOfDay =>
    at(d, 'MPFID', Object.fromEntries([1, 2, 3, 4].map((i) => [`ea${i}`, answer])))
  const days = (from: number, n: number, answer: number) => Array.from({ length: n }, (_, i) => day(from + i, answer))

  it('means the days of a month from 14 days on', () => {
    // 100 (3 - 1) / 4 = 50 on 14 days of the baseline; 7 days of 25 and 7 of 75 are 50 in month 1; 13 days are too few
    const forms = [...days(-28, 14, 3), ...days(1, 7, 2), ...days(8, 7, 4), ...days(29, 13, 1)]
    const effects = derive('MPFID', forms)
    expect(score(effects, 'MPFEA')).toMatchObject({ AVAL: 50, NOBS: 14, ABLFL: 'Y' })
    expect(score(effects, 'MPFEA', 1)).toMatchObject({ AVAL: 50, CHG: 0, NOBS: 14 })
    expect(score(effects, 'MPFEA', 2)).toMatchObject({ AVAL: null, NOBS: 13, AREASON: 'INSUFFICIENT_DAYS' })
    expect(score(effects, 'MPFPI')).toMatchObject({ AVAL: null, AREASON: 'NO_BASELINE' }) // never answered
  })
})

describe('laws', () => {
  const answers = fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }), { minLength: 9, maxLength: 9 })

  it('a score lies in its range, and there is one exactly if at most two answers are missing', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const row = score(derive('PHQ9', [at(5, 'PHQ9', { ...numbered(...given) })]), 'PHQ9', 1)
        const missing = given.filter((answer) => answer === null).length
        if (missing > 2) return row.AVAL === null && row.AREASON === 'MISSING_ITEMS'
        return (row.AVAL as number) >= 0 && (row.AVAL as number) <= 27
      }),
      { numRuns: 60 },
    )
  })

  it('a higher answer never lowers a score that is worse the higher it is', () => {
    const full = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 9, maxLength: 9 })
    fc.assert(
      fc.property(full, fc.nat(8), (given, i) => {
        const more = given.map((answer, k) => (k === i ? answer + 1 : answer))
        const total = (all: readonly number[]) =>
          score(derive('PHQ9', [at(5, 'PHQ9', numbered(...all))]), 'PHQ9', 1).AVAL as number
        return total(more) === total(given) + 1
      }),
      { numRuns: 40 },
    )
  })
})
