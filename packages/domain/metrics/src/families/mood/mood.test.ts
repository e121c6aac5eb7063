import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../../derive.ts'
import {
  daysOf,
  FACTS,
  FULL_ANSWERS,
  FULL_FORM,
  type Patient,
  questionnairesOf,
  rowOf,
  type StudyOptions,
  settledOf,
  studyOf,
} from '../../records.fixture.ts'

const ITEMS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const phq = (day: number, total: number) => ({
  day,
  instrument: 'PHQ9',
  answers: Object.fromEntries(ITEMS.map((item, i) => [String(item), Math.min(3, Math.max(0, total - 3 * i))])),
})

const study = (options: StudyOptions = {}) =>
  studyOf({
    headache: null,
    pain: {},
    sources: [FULL_FORM, FULL_ANSWERS],
    questionnaires: questionnairesOf({ code: 'PHQ9', scores: ['PHQ9'] }),
    mood: { scale: 'PHQ9', pain: 'PNAVGM', painCut: 30 },
    ...options,
  })

/** Daily pain of a mean before and in each of three months; mood at the baseline and in each month. */
function derive(pain: readonly number[], mood: readonly (number | null)[], options: StudyOptions = {}) {
  const forms = pain.flatMap((mean, k) => {
    const from = k === 0 ? -28 : 28 * (k - 1) + 1
    // A mean of 5.2 is 4 days of 6 and 16 of 5 in twenty.
    return daysOf(from, from + 19, (day) => ({
      avg: Math.floor(mean) + (day - from < Math.round((mean % 1) * 20) ? 1 : 0),
    }))
  })
  const questionnaires = mood.flatMap((total, k) => (total === null ? [] : [phq(k === 0 ? -1 : 28 * k, total)]))
  const patient: Patient = { id: 'P1', forms, questionnaires }
  return deriveSubjects(settledOf([patient]), study(options), FACTS).effects
}

const dual = (effects: ReturnType<typeof derive>, AVISITN = 1) => rowOf(effects, { PARAMCD: 'DUALRSP', AVISITN })

describe('dual response of pain and mood', () => {
  it('EX-L5 PHQ-9 12 to 7 with pain -35 % is a dual response; a PHQ-9 baseline of 8 is not evaluable', () => {
    // 8.0 to 5.2 is a fall of 35 %
    const yes = derive([8, 5.2], [12, 7])
    expect(rowOf(yes, { PARAMCD: 'PNAVGM', AVISITN: 1 }).PCHG).toBeCloseTo(-35, 10)
    expect(dual(yes)).toMatchObject({ AVALC: 'Y', AVAL: 1, AVALCAT1: 'pain and mood', DTYPE: null })
    expect(dual(derive([8, 5.2], [8, 3]))).toMatchObject({ AVALC: null, AVAL: null, AREASON: 'NOT_EVALUABLE' })
  })

  it.each([
    ['pain only', 5.2, 8, 'N'],
    ['mood only', 8, 7, 'N'],
    ['neither', 8, 12, 'N'],
    ['pain and mood', 5.6, 7, 'Y'], // 30 % exactly
    ['mood only', 5.65, 7, 'N'],
  ])('is %s at pain %s and PHQ-9 %s from 8 and 12', (cell, pain, mood, answer) => {
    expect(dual(derive([8, pain], [12, mood]))).toMatchObject({ AVALC: answer, AVALCAT1: cell })
  })

  it('counts a missing part as not met under NRI, and leaves it open under OC', () => {
    expect(dual(derive([8, 5.2], [12, null]))).toMatchObject({ AVALC: 'N', AVALCAT1: 'pain only', DTYPE: 'NRI' })
    const oc = derive([8, 5.2], [12, null], { responders: { missing: 'OC' } })
    expect(dual(oc)).toMatchObject({ AVALC: null, AREASON: 'MISSING_ITEMS' })
    expect(dual(derive([8, 5.2], [null, 7]))).toMatchObject({ AVALC: null, AREASON: 'NO_BASELINE' })
  })

  it('leaves out a pain baseline of 0', () => {
    expect(dual(derive([0, 0], [12, 7]))).toMatchObject({ AREASON: 'NOT_EVALUABLE' })
    const counted = derive([0, 0], [12, 7], { responders: { zeroBaseline: 'nonresponder' } })
    expect(dual(counted)).toMatchObject({ AVALC: 'N', AVALCAT1: 'mood only' })
  })

  it('takes weekly pain of the week in which the window of the visit ends', () => {
    const patient: Patient = {
      id: 'P1',
      // week 4 (days 22 to 28) has 5, every other week 8
      forms: daysOf(-7, 56, (day) => ({ avg: day >= 22 && day <= 28 ? 5 : 8 })),
      questionnaires: [phq(-1, 12), phq(27, 7), phq(55, 7)],
    }
    const weekly = study({ mood: { scale: 'PHQ9', pain: 'PNAVGW', painCut: 30 } })
    const { effects } = deriveSubjects(settledOf([patient]), weekly, FACTS)
    expect(dual(effects, 1)).toMatchObject({ AVALC: 'Y' })
    expect(dual(effects, 2)).toMatchObject({ AVALC: 'N', AVALCAT1: 'mood only' })
  })

  it('rests on values that the export summarised as well', () => {
    const visits = [0, 1].map((visit) => ({ visit, label: `Visit ${visit}`, days: null }))
    const value = (code: string) =>
      ({
        code,
        label: code,
        unit: 'points',
        direction: 'lower-is-better',
        visits,
        perDays: null,
        range: [null, null],
        pooled: false,
      }) as const
    const patient: Patient = {
      id: 'P1',
      values: [
        { parameter: 'BDI2', visit: 0, value: 20 },
        { parameter: 'BDI2', visit: 1, value: 15 },
        { parameter: 'PAIN', visit: 0, value: 60 },
        { parameter: 'PAIN', visit: 1, value: 42 },
      ],
    }
    const exported = studyOf({
      headache: null,
      sources: [],
      values: [value('BDI2'), value('PAIN')],
      mood: { scale: 'BDI2', pain: 'PAIN', painCut: 30 },
    })
    const { effects } = deriveSubjects(settledOf([patient]), exported, { ...FACTS, periods: 1 })
    expect(dual(effects)).toMatchObject({ AVALC: 'Y', AVALCAT1: 'pain and mood' })
  })
})
