import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import {
  daysOf,
  FACTS,
  type FormRow,
  type Patient,
  rowOf,
  type StudyOptions,
  settledOf,
  sourceOf,
  studyOf,
} from './records.fixture.ts'

const PAIN: StudyOptions = { headache: null, pain: { kinds: ['avg', 'worst', 'least', 'now'] } }

function derived(forms: readonly FormRow[], options = PAIN, facts = FACTS, more: Partial<Patient> = {}) {
  return deriveSubjects(settledOf([{ id: 'P1', forms, ...more }]), studyOf(options), facts)
}
const effect = (forms: readonly FormRow[], code: string, visit: number, options = PAIN) =>
  rowOf(derived(forms, options).effects, { PARAMCD: code, AVISITN: visit })
const time = (forms: readonly FormRow[], options = PAIN, facts = FACTS) =>
  rowOf(derived(forms, options, facts).events, { PARAMCD: 'TTRESP' })

const rated = (from: number, to: number, avg: number): FormRow[] => daysOf(from, to, () => ({ avg }))
const baseline = rated(-28, -1, 8)

describe('a diary that asks for pain alone', () => {
  it('is complete on the days that are rated', () => {
    const options: StudyOptions = { ...PAIN, sources: [sourceOf('daily', ['date', 'painAvg'])] }
    const forms = daysOf(1, 28, (day) => (day <= 21 ? { avg: 5 } : null))
    expect(effect(forms, 'DIARYCMP', 1, options)).toMatchObject({ AVAL: 75, AREASON: null }) // 21 of 28 days
    expect(effect(forms, 'DIARYOBS', 1, options)).toMatchObject({ AVAL: 21, AREASON: null })
  })
})

describe('pain means', () => {
  it('takes the mean of momentary ratings of a date, the highest worst and the lowest least pain', () => {
    const twice = daysOf(1, 7, () => ({ avg: 4, now: 2, worst: 6, least: 3 })).concat(
      daysOf(1, 7, () => ({ avg: 6, now: 5, worst: 9, least: 1 })),
    )
    expect(effect(twice, 'PNAVGW', 1)).toMatchObject({ AVAL: 5, NOBS: 7 })
    expect(effect(twice, 'PNNOWW', 1).AVAL).toBe(3.5)
    expect(effect(twice, 'PNWSTW', 1).AVAL).toBe(9)
    expect(effect(twice, 'PNLSTW', 1).AVAL).toBe(1)
  })

  it('has 28-day means beside the weekly ones, valid by the rule of periods and never prorated', () => {
    const forms = [...baseline, ...rated(1, 14, 4)]
    expect(effect(forms, 'PNAVGM', 1)).toMatchObject({
      AVAL: 4,
      BASE: 8,
      NOBS: 14,
      DTYPE: null,
      AVALCAT1: 'substantial',
    })
    expect(effect([...baseline, ...rated(1, 13, 4)], 'PNAVGM', 1).AREASON).toBe('INSUFFICIENT_DAYS')
  })

  it('counts pain-free days and days at the threshold per 28 days on the 28-day baseline', () => {
    const forms = [...baseline, ...rated(1, 7, 0), ...rated(8, 14, 4), ...rated(15, 21, 3)]
    expect(effect(forms, 'PND0', 1)).toMatchObject({ AVAL: (28 * 7) / 21, NEVT: 7, DTYPE: 'PRORATE', BASE: 0 })
    expect(effect(forms, 'PND4', 1)).toMatchObject({ NEVT: 7, BASE: 28 })
    const raised = { ...PAIN, pain: { threshold: 5 } }
    expect(effect(forms, 'PND4', 1, raised)).toMatchObject({ NEVT: 0 })
  })

  it('calls 10 %, 30 % and 50 % less pain minimal, moderate and substantial, the cut itself included', () => {
    const category = (avg: number) => effect([...rated(-7, -1, 10), ...rated(1, 7, avg)], 'PNAVGW', 1).AVALCAT1
    expect([9.1, 9, 7.1, 7, 5.1, 5].map(category)).toEqual([
      'none',
      'minimal',
      'minimal',
      'moderate',
      'moderate',
      'substantial',
    ])
  })

  it('does not read a day without a rating as a day without pain', () => {
    const forms = [...baseline, ...daysOf(1, 28, (day) => (day <= 14 ? { avg: 6 } : {}))]
    expect(effect(forms, 'PND0', 1)).toMatchObject({ AVAL: 0, NOBS: 14 })
    expect(effect(forms, 'DIARYOBS', 1).AVAL).toBe(14)
  })

  it('takes the first kind that is rated for response over time when average pain is not', () => {
    const options: StudyOptions = { headache: null, pain: { kinds: ['worst'] } }
    const forms = daysOf(-7, 14, (day) => ({ worst: day < 0 ? 8 : 4 }))
    expect(time(forms, options)).toMatchObject({ AVAL: 7, CNSR: 0 })
  })
})

describe('time to response', () => {
  it('is censored at the last valid week where no response is confirmed', () => {
    // weeks 1 to 3 at 7, week 4 at 4 (a response, not confirmed), weeks 5 to 8 missing
    const forms = [...baseline, ...rated(1, 21, 7), ...rated(22, 28, 4)]
    expect(time(forms)).toMatchObject({ AVAL: 28, CNSR: 1, EVNTDESC: 'Last valid week without confirmed response' })
  })

  it('is censored at day 1 without any valid week', () => {
    expect(time(baseline)).toMatchObject({ AVAL: 1, CNSR: 1, EVNTDESC: 'No valid week' })
  })

  it('has no value without a baseline, nor at a baseline of 0 unless such subjects are non-responders', () => {
    expect(time(rated(1, 56, 3))).toMatchObject({ AVAL: null, CNSR: null, AREASON: 'NO_BASELINE' })
    const zero = [...rated(-7, -1, 0), ...rated(1, 56, 0)]
    expect(time(zero)).toMatchObject({ AVAL: null, AREASON: 'NOT_EVALUABLE' })
    expect(time(zero, { ...PAIN, responders: { zeroBaseline: 'nonresponder' } })).toMatchObject({ AVAL: 56, CNSR: 1 })
  })

  it('does not see weeks that are not over at the cut', () => {
    const forms = [...baseline, ...rated(1, 14, 4)]
    // week 1 ends on index 6 and is over 48 h at index 8; week 2 (index 13) is not
    expect(time(forms, PAIN, { ...FACTS, cut: 14 })).toMatchObject({ AVAL: 7, CNSR: 1 })
    expect(time(forms, PAIN, { ...FACTS, cut: 15 })).toMatchObject({ AVAL: 7, CNSR: 0 })
  })

  it('confirms over as many weeks as the study file asks for', () => {
    const forms = [...baseline, ...rated(1, 14, 4), ...rated(15, 21, 8), ...rated(22, 42, 4)]
    expect(time(forms).AVAL).toBe(7)
    expect(time(forms, { ...PAIN, pain: { ttrConfirmWeeks: 3 } })).toMatchObject({ AVAL: 28, CNSR: 0 })
  })
})

describe('sustained and early pain response', () => {
  const endpoint = (forms: readonly FormRow[], code: string, facts = FACTS) =>
    rowOf(derived(forms, PAIN, facts).effects, { PARAMCD: code })

  it('is sustained over the last four scheduled weeks', () => {
    expect(endpoint([...baseline, ...rated(1, 56, 5)], 'SUSRSP')).toMatchObject({ AVALC: 'Y', AWLO: 29, AWHI: 56 })
    expect(endpoint([...baseline, ...rated(1, 28, 5)], 'SUSRSP').AVALC).toBe('N')
  })

  it('waits for the last week it looks at', () => {
    const cut = { ...FACTS, cut: 56 }
    const forms = [...baseline, ...rated(1, 56, 5)]
    expect(endpoint(forms, 'SUSRSP', cut)).toMatchObject({ AVALC: null, AREASON: 'NOT_REACHED', PROVFL: 'Y' })
    expect(endpoint(forms, 'EARLYRSP', cut)).toMatchObject({ AVALC: 'Y', AWHI: 35 })
  })

  it('cannot be sustained over four weeks in a study of three', () => {
    expect(endpoint([...baseline, ...rated(1, 21, 5)], 'SUSRSP', { ...FACTS, weeks: 3 })).toMatchObject({
      AVALC: null,
      AREASON: 'NOT_EVALUABLE',
    })
  })
})
