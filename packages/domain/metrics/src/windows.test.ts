import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
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
  TYPICAL,
} from './records.fixture.ts'

const ANY: StudyOptions = { headache: { preset: 'any' } }
const everyDay = (from: number, to: number, headaches = 0): FormRow[] =>
  daysOf(from, to, (day) => ({ headache: day - from < headaches }))
const baseline = everyDay(-28, -1, 10)

function mhd(patient: Omit<Patient, 'id'>, visit: number, options: StudyOptions = ANY, facts = FACTS) {
  const { effects } = deriveSubjects(settledOf([{ id: 'P1', ...patient }]), studyOf(options), facts)
  return rowOf(effects, { PARAMCD: 'MHD', AVISITN: visit })
}

describe('windows of 28 days', () => {
  it.each([
    ['prorate14', 14, 13],
    ['half', 15, 14],
    ['d20', 20, 19],
    ['strict80', 23, 22],
    ['complete', 28, 27],
  ] as const)('%s accepts a period with %i observed days and refuses %i', (missing, enough, few) => {
    const options: StudyOptions = { ...ANY, periods: { missing } }
    expect(mhd({ forms: everyDay(1, enough) }, 1, options).AVAL).toBe(0)
    expect(mhd({ forms: everyDay(1, few) }, 1, options)).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS' })
  })

  it('takes a number of days over the preset, whatever the length of the window', () => {
    const windows = [{ visit: 1, label: 'Two weeks', from: 1, to: 14 }]
    const options: StudyOptions = { ...ANY, periods: { minObserved: 10, windows } }
    // 3 headache days on 10 observed ones: 28 * 3 / 10 = 8.4
    expect(mhd({ forms: everyDay(1, 10, 3) }, 1, options)).toMatchObject({ AVAL: 8.4, DTYPE: 'PRORATE', AWHI: 14 })
    expect(mhd({ forms: everyDay(1, 9, 3) }, 1, options).AREASON).toBe('INSUFFICIENT_DAYS')
  })

  it('needs 20 observed days in the baseline, else BASE is missing and the reason stands beside the value', () => {
    const enough = { forms: [...everyDay(-28, -9, 5), ...everyDay(1, 28, 7)] }
    expect(mhd(enough, 1)).toMatchObject({ AVAL: 7, BASE: 7, CHG: 0, AREASON: null })
    const few = { forms: [...everyDay(-28, -10, 5), ...everyDay(1, 28, 7)] }
    expect(mhd(few, 0)).toMatchObject({ AVAL: null, BASE: null, AREASON: 'NO_BASELINE' })
    expect(mhd(few, 1)).toMatchObject({ AVAL: 7, BASE: null, CHG: null, AREASON: 'NO_BASELINE', CRIT1FL: null })
  })

  it('never counts a day without an entry as headache-free', () => {
    expect(mhd({ forms: everyDay(1, 14, 14) }, 1)).toMatchObject({ AVAL: 28, NOBS: 14 })
  })

  it('gives no percent change and no flag at a baseline of 0, but a change (R-ZERO)', () => {
    const patient = { forms: [...everyDay(-28, -1), ...everyDay(1, 28, 2)] }
    expect(mhd(patient, 1)).toMatchObject({ BASE: 0, CHG: 2, PCHG: null, CRIT2FL: null })
    const counted = { ...ANY, responders: { zeroBaseline: 'nonresponder' as const } }
    expect(mhd(patient, 1, counted)).toMatchObject({ PCHG: null, CRIT2FL: 'N' })
  })

  it('counts a fall of exactly 30 % as a response', () => {
    // 10 of 28 days before, 7 of 28 after; and 28 * 4 / 16 = 7 on fewer days
    expect(mhd({ forms: [...baseline, ...everyDay(1, 28, 7)] }, 1).CRIT1FL).toBe('Y')
    expect(mhd({ forms: [...baseline, ...everyDay(1, 16, 4)] }, 1).CRIT1FL).toBe('Y')
  })

  it('withholds a window that is not over at the cut, or over for less than the late hours', () => {
    const forms = [...baseline, ...everyDay(1, 56, 0)]
    const cutOn = (cut: number) => mhd({ forms }, 1, ANY, { ...FACTS, cut })
    // the window ends on index 27; 48 h later is index 29
    expect(cutOn(28)).toMatchObject({
      AVAL: null,
      AREASON: 'NOT_REACHED',
      PROVFL: 'Y',
      ANL01FL: null,
      CRIT1FL: null,
      DTYPE: null,
    })
    expect(cutOn(29)).toMatchObject({ AVAL: 0, AREASON: null, PROVFL: null, ANL01FL: 'Y' })
  })

  it('has no row for a window that starts after the cut', () => {
    const { effects } = deriveSubjects(settledOf([{ id: 'P1', forms: baseline }]), studyOf(ANY), { ...FACTS, cut: 27 })
    const visits = rowsOf(effects).flatMap((row) => (row.PARAMCD === 'MHD' ? [row.AVISITN] : []))
    expect(visits).toEqual([0, 1])
  })

  it('calls a window after the last study day DISCONTINUED, and N under NRI', () => {
    const patient = { forms: [...baseline, ...everyDay(1, 28, 2)], lastDay: 28 }
    expect(mhd(patient, 1)).toMatchObject({ AVAL: 2, AREASON: null })
    expect(mhd(patient, 2)).toMatchObject({ AVAL: null, AREASON: 'DISCONTINUED', CRIT2FL: 'N', DTYPE: 'NRI' })
  })

  it('treats a window cut short by discontinuation like any other, and expects no entry after it', () => {
    const patient = { forms: everyDay(1, 14, 2), lastDay: 20 }
    expect(mhd(patient, 1)).toMatchObject({ AVAL: 4, NOBS: 14 })
    const { effects } = deriveSubjects(settledOf([{ id: 'P1', ...patient }]), studyOf(ANY), FACTS)
    expect(rowOf(effects, { PARAMCD: 'DIARYCMP', AVISITN: 1 }).AVAL).toBe(70)
    expect(rowOf(effects, { PARAMCD: 'DIARYOBS', AVISITN: 1 }).AVAL).toBe(14)
  })

  it('gives a subject without any entry a row with a reason in every window', () => {
    expect(mhd({}, 0).AREASON).toBe('NO_BASELINE')
    expect(mhd({}, 1)).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS', CRIT1FL: null, NOBS: 0 })
  })

  it('cannot place windows of a subject without a first treatment day', () => {
    expect(mhd({ dayZero: null, forms: everyDay(1, 28) }, 1)).toMatchObject({ AVAL: null, AREASON: 'NOT_EVALUABLE' })
  })

  it('pools all days of all periods, invalid ones included, not the mean of the periods', () => {
    // 28 days with 4, 10 days with 5 (invalid), none: 28 * 9 / 38; 38 of 84 days are too few
    const forms = [...baseline, ...everyDay(1, 28, 4), ...everyDay(29, 38, 5)]
    const pooled = (list: FormRow[]) =>
      rowOf(deriveSubjects(settledOf([{ id: 'P1', forms: list }]), studyOf(ANY), FACTS).effects, {
        PARAMCD: 'MHDP',
        AVISITN: 99,
      })
    expect(pooled(forms)).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS', NOBS: 38, CRIT2FL: 'N' })
    const more = pooled([...forms, ...everyDay(57, 60, 0)])
    expect(more).toMatchObject({ AVAL: (28 * 9) / 42, BASE: 10, NOBS: 42, NEVT: 9, AWLO: 1, AWHI: 84 })
  })

  it('sustains a response only over the last three periods, and an invalid one breaks it', () => {
    const MIGRAINE = { headache: true, hours: 6, severity: 2, features: TYPICAL }
    const migraines = (from: number, to: number, n: number) =>
      daysOf(from, to, (day) => (day - from < n ? MIGRAINE : { headache: false }))
    const answer = (code: string, forms: FormRow[], options: StudyOptions = {}) =>
      rowOf(deriveSubjects(settledOf([{ id: 'P1', forms }]), studyOf(options), FACTS).effects, { PARAMCD: code })
    const base = migraines(-28, -1, 8)
    const good = [...base, ...migraines(1, 28, 4), ...migraines(29, 56, 4), ...migraines(57, 84, 1)]
    expect(answer('SUSR50', good)).toMatchObject({ AVALC: 'Y', AVAL: 1, AVISITN: 99, AWLO: 1, AWHI: 84 })
    expect(answer('EARLYR50', good)).toMatchObject({ AVALC: 'Y', AWHI: 28 })
    const gap = [...base, ...migraines(1, 28, 4), ...migraines(29, 40, 0), ...migraines(57, 84, 1)]
    expect(answer('SUSR50', gap)).toMatchObject({ AVALC: 'N' })
    const late = [...base, ...migraines(1, 13, 0), ...migraines(29, 84, 0)]
    expect(answer('EARLYR50', late)).toMatchObject({ AVALC: 'N', DTYPE: 'NRI' })
    expect(answer('EARLYR50', late, { responders: { missing: 'OC' } })).toMatchObject({
      AVALC: null,
      AREASON: 'INSUFFICIENT_DAYS',
    })
    expect(answer('SUSR50', migraines(1, 84, 0))).toMatchObject({ AVALC: null, AREASON: 'NO_BASELINE' })
    const noBaseline: StudyOptions = { responders: { missing: 'OC' } }
    expect(answer('EARLYR50', migraines(1, 28, 0), noBaseline)).toMatchObject({ AREASON: 'NO_BASELINE' })
    expect(answer('EARLYR50', migraines(1, 13, 0), noBaseline)).toMatchObject({ AREASON: 'INSUFFICIENT_DAYS' })
    const tooFew = { headache: { sustainPeriods: 4 } }
    expect(answer('SUSR50', migraines(1, 84, 0), tooFew)).toMatchObject({ AVALC: null, AREASON: 'NOT_EVALUABLE' })
  })
})
