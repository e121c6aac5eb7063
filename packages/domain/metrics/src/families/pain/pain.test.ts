import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../../derive.ts'
import { explainSubject } from '../../explain/explain.ts'
import {
  daysOf,
  FACTS,
  type FormRow,
  type Patient,
  rowOf,
  rowsOf,
  type StudyOptions,
  settledOf,
  studyOf,
} from '../../records.fixture.ts'
import { findFlares } from './find-flares.ts'
import { bandOf } from './severity-band.ts'

const PAIN: StudyOptions = { headache: null, pain: {} }
const derive = (patient: Patient, options = PAIN) => deriveSubjects(settledOf([patient]), studyOf(options), FACTS)
const effect = (patient: Patient, code: string, visit: number, options = PAIN) =>
  rowOf(derive(patient, options).effects, { PARAMCD: code, AVISITN: visit })
const event = (patient: Patient, code: string) => rowOf(derive(patient).events, { PARAMCD: code })

/** Ratings from study day `first` on; null: no entry. */
const from = (first: number, ratings: readonly (number | null)[]): FormRow[] =>
  ratings.flatMap((avg, i) => (avg === null ? [] : [{ day: first + i, avg }]))

describe('findFlares', () => {
  const flares = (...pain: (number | null)[]) =>
    findFlares(
      Float64Array.from(pain, (value) => value ?? Number.NaN),
      6,
    )

  it('begins with two dates in a row at the limit, and ends before two in a row below it', () => {
    expect(flares(5, 6, 6, 5, 7, 5, 5, 6, 5)).toEqual([{ onset: 1, last: 4 }])
    expect(flares(6, 5, 6, 5, 6)).toEqual([])
    expect(flares(6, 6, 5, 5, 6, 6, 5, 5)).toEqual([
      { onset: 0, last: 1 },
      { onset: 4, last: 5 },
    ])
  })

  it('is neither begun nor ended by a missing date', () => {
    expect(flares(6, null, 6, null, 6)).toEqual([])
    expect(flares(6, 6, 5, null, 5, 6, 5, 5)).toEqual([{ onset: 0, last: 5 }])
    expect(flares(6, 6, null, null, null, null, 6)).toEqual([{ onset: 0, last: 6 }])
  })

  it('still runs at the end, up to its last high date', () => {
    expect(flares(6, 6, 7, 5)).toEqual([{ onset: 0, last: 2 }])
  })

  it('counts the limit itself, as it stands on paper', () => {
    // 4.1 + 2 is 6.1 on paper, 6.1 - 4.1 below 2 in doubles
    expect(findFlares(Float64Array.of(6.1, 6.1), 4.1 + 2)).toHaveLength(1)
  })
})

describe('FLARE and FLAREDY', () => {
  const baseline = daysOf(-28, -1, () => ({ avg: 4 }))
  const calm = (first: number, last: number): FormRow[] => daysOf(first, last, () => ({ avg: 4 }))

  it('count onsets and rated days in flares per 28 rated days', () => {
    // days 3 to 6 and 20 to 21: 2 onsets; day 4 is not rated, so 3 + 2 days; 27 rated days
    const forms = [
      ...baseline,
      ...calm(1, 2),
      ...from(3, [6, 7, null, 8]),
      ...calm(7, 19),
      ...from(20, [6, 6]),
      ...calm(22, 28),
    ]
    const patient: Patient = { id: 'P1', forms: forms.filter(({ day }) => day !== 5) }
    expect(effect(patient, 'FLARE', 0)).toMatchObject({ AVAL: 0, ABLFL: 'Y', NOBS: 28 })
    const flare = effect(patient, 'FLARE', 1)
    expect(flare).toMatchObject({ NEVT: 2, NOBS: 27, DTYPE: 'PRORATE', BASE: 0, PCHG: null })
    expect(flare.AVAL).toBeCloseTo((28 * 2) / 27, 12)
    expect(effect(patient, 'FLAREDY', 1)).toMatchObject({ NEVT: 5, NOBS: 27 })
  })

  it('a flare across the border adds days to both windows and is counted at its onset', () => {
    const patient: Patient = {
      id: 'P1',
      forms: [...baseline, ...calm(1, 26), ...from(27, [7, 7, 7, 7]), ...calm(31, 56)],
    }
    expect([1, 2].map((visit) => effect(patient, 'FLARE', visit).NEVT)).toEqual([1, 0])
    expect([1, 2].map((visit) => effect(patient, 'FLAREDY', visit).NEVT)).toEqual([2, 2])
  })

  it('follow flare.delta', () => {
    const patient: Patient = { id: 'P1', forms: [...baseline, ...from(1, [6, 6]), ...calm(3, 28)] }
    expect(effect(patient, 'FLARE', 1)).toMatchObject({ AVAL: 1 })
    expect(effect(patient, 'FLARE', 1, { headache: null, pain: { flareDelta: 2.5 } })).toMatchObject({ AVAL: 0 })
  })

  it('have no value without a valid baseline week, or with too few days', () => {
    expect(effect({ id: 'P1', forms: calm(1, 28) }, 'FLARE', 1)).toMatchObject({ AVAL: null, AREASON: 'NO_BASELINE' })
    const short: Patient = { id: 'P1', forms: [...baseline, ...calm(1, 13)] }
    expect(effect(short, 'FLARE', 1)).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS', CRIT2FL: null })
  })

  it('name the forms they rest on', () => {
    const patient: Patient = { id: 'P1', forms: [...baseline, ...from(1, [6, 6]), ...calm(3, 28)] }
    const [found] = explainSubject(settledOf([patient]), studyOf(PAIN), FACTS, 'P1', 'FLAREDY', 1)
    expect(found?.records).toHaveLength(28)
    expect(found?.records.filter(({ note }) => note.endsWith('counted')).map(({ row }) => row)).toEqual([28, 29])
  })

  it('flare days never exceed the rated ones, and each flare has at least two', () => {
    const ratings = fc.array(fc.option(fc.integer({ min: 0, max: 10 }), { freq: 5 }), { minLength: 28, maxLength: 28 })
    fc.assert(
      fc.property(ratings, (values) => {
        const patient: Patient = { id: 'P1', forms: [...baseline, ...from(1, values)] }
        const flares = effect(patient, 'FLARE', 1).NEVT as number
        const days = effect(patient, 'FLAREDY', 1)
        if (days.AVAL === null) return
        expect(days.NEVT).toBeLessThanOrEqual(days.NOBS as number)
        // the onset of a last flare may be the last day but one: two of its days lie in the window
        expect(days.NEVT).toBeGreaterThanOrEqual(2 * flares)
      }),
      { numRuns: 60 },
    )
  })
})

describe('PNSD7', () => {
  it('is the sample SD of the baseline week: 7, 6, 8, 7, 7, 7 have sqrt(2 / 5)', () => {
    const patient: Patient = { id: 'P1', forms: from(-7, [7, 6, 8, 7, null, 7, 7]) }
    const row = effect(patient, 'PNSD7', 0)
    expect(row).toMatchObject({ ABLFL: 'Y', NOBS: 6, AVISITN: 0 })
    expect(row.AVAL).toBeCloseTo(Math.sqrt(2 / 5), 12)
  })

  it('needs four days', () => {
    expect(effect({ id: 'P1', forms: from(-7, [7, 6, 8]) }, 'PNSD7', 0)).toMatchObject({ AREASON: 'NO_BASELINE' })
  })
})

describe('daily pain', () => {
  const patient: Patient = { id: 'P1', forms: [...from(-2, [7, 6]), ...from(1, [0, null, 8])] }

  it('has a row per rated date, with the study day as visit, only where the study asks for it', () => {
    const daily: StudyOptions = { headache: null, pain: { daily: true } }
    const rows = rowsOf(derive(patient, daily).effects).filter(({ PARAMCD }) => PARAMCD === 'PNAVG')
    expect(rows.map(({ AVISITN, ADY, AVAL, AVALCAT2 }) => [AVISITN, ADY, AVAL, AVALCAT2])).toEqual([
      [-2, -2, 7, 'severe'],
      [-1, -1, 6, 'moderate'],
      [1, 1, 0, 'none'],
      [3, 3, 8, 'severe'],
    ])
    expect(rowsOf(derive(patient).effects).some(({ PARAMCD }) => PARAMCD === 'PNAVG')).toBe(false)
  })
})

describe('severity bands', () => {
  it.each([
    [0, 'none', 'mild'],
    [0.5, 'mild', 'mild'],
    [3.5, 'mild', 'mild'],
    [4, 'moderate', 'mild'],
    [5, 'moderate', 'moderate'],
    [6.9, 'moderate', 'moderate'],
    [7, 'severe', 'severe'],
    [10, 'severe', 'severe'],
  ])('%d is %s in thirds, %s by ePPOC', (pain, nrs, eppoc) => {
    expect(bandOf(pain, 'nrs-1-4-7')).toBe(nrs)
    expect(bandOf(pain, 'eppoc-0-5-7')).toBe(eppoc)
  })

  it('stand beside weekly means, the baseline included', () => {
    const patient: Patient = { id: 'P1', forms: [...daysOf(-7, -1, () => ({ avg: 7 })), ...from(1, [3, 3, 4, 4])] }
    expect(effect(patient, 'PNAVGW', 0)).toMatchObject({ AVALCAT2: 'severe', AVALCAT1: null })
    expect(effect(patient, 'PNAVGW', 1)).toMatchObject({ AVALCAT2: 'mild', AVALCAT1: 'substantial' })
    expect(effect(patient, 'PNAVGW', 2)).toMatchObject({ AVALCAT2: null })
  })
})

describe('worsening and loss of response', () => {
  const weekly = (...means: readonly (number | null)[]): Patient => ({
    id: 'P1',
    forms: means.flatMap((mean, w) =>
      mean === null ? [] : daysOf(7 * w - (w === 0 ? 7 : 6), w === 0 ? -1 : 7 * w, () => ({ avg: mean })),
    ),
  })

  it('WORSE is Y from 30 % or two points on, at a baseline of 0 from two points on', () => {
    expect(effect(weekly(8, 9.9), 'WORSE', 1)).toMatchObject({ AVALC: 'N' })
    expect(effect(weekly(8, 10), 'WORSE', 1)).toMatchObject({ AVALC: 'Y' })
    expect(effect(weekly(2, 2.6), 'WORSE', 1)).toMatchObject({ AVALC: 'Y' })
    expect(effect(weekly(0, 1.9), 'WORSE', 1)).toMatchObject({ AVALC: 'N' })
    expect(effect(weekly(0, 2), 'WORSE', 1)).toMatchObject({ AVALC: 'Y' })
  })

  it('WORSE has no answer for a missing week, under NRI neither', () => {
    expect(effect(weekly(8, null), 'WORSE', 1)).toMatchObject({
      AVALC: null,
      AREASON: 'INSUFFICIENT_DAYS',
      DTYPE: null,
    })
    expect(effect(weekly(null, 8), 'WORSE', 1)).toMatchObject({ AREASON: 'NO_BASELINE' })
  })

  it('WORSE of migraine days goes by percent alone: 6 to 8 is 33 %, 10 to 12 is 20 %', () => {
    const days = (before: number, after: number): Patient => ({
      id: 'P1',
      forms: [
        ...daysOf(-28, -1, (day) => ({ headache: day < before - 28, migraine: true })),
        ...daysOf(1, 28, (day) => ({ headache: day <= after, migraine: true })),
      ].map((row) => (row.headache === true ? row : { day: row.day, headache: false })),
    })
    const options: StudyOptions = { headache: { preset: 'any', migraineSource: 'patient' } }
    expect(effect(days(6, 8), 'WORSE', 1, options)).toMatchObject({ AVALC: 'Y' })
    expect(effect(days(10, 12), 'WORSE', 1, options)).toMatchObject({ AVALC: 'N' })
    expect(effect(days(0, 5), 'WORSE', 1, options)).toMatchObject({ AVALC: null, AREASON: 'NOT_EVALUABLE' })
  })

  it('TTLOSS runs from the first week of the response to the first of two valid weeks without it', () => {
    // 30 % of 10: response in weeks 2 to 4, week 5 without, week 6 missing, weeks 7 and 8 without
    const patient = weekly(10, 9, 5, 5, 5, 9, null, 9, 9)
    expect(event(patient, 'TTRESP')).toMatchObject({ AVAL: 14, CNSR: 0 })
    expect(event(patient, 'TTLOSS')).toMatchObject({ AVAL: 35, CNSR: 0, EVNTDESC: 'Loss of response confirmed' })
  })

  it('TTLOSS is censored at the last valid week, and has no value without a response', () => {
    expect(event(weekly(10, 5, 5, 9, 5, null), 'TTLOSS')).toMatchObject({
      AVAL: 21,
      CNSR: 1,
      EVNTDESC: 'Last valid week without loss of response',
    })
    expect(event(weekly(10, 9, 5, 9), 'TTLOSS')).toMatchObject({ AVAL: null, CNSR: null, AREASON: 'NOT_EVALUABLE' })
    expect(event(weekly(null, 9), 'TTLOSS')).toMatchObject({ AREASON: 'NO_BASELINE' })
  })
})
