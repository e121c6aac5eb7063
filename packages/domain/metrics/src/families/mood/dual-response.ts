import { AREASONS, type Areason } from '@afferent/records'
import type { MoodScale, Responders } from '@afferent/study'
import type { CourseVisit } from '../../courses/course.ts'
import { meetsCut } from '../../responses/response.ts'

const TOLERANCE = 1e-9

/** Baseline from which on mood can get better, and the fall that is a response, in points. */
export const MOOD_RULES: Readonly<Record<MoodScale, { readonly caseFrom: number; readonly fall: number }>> = {
  PHQ9: { caseFrom: 10, fall: 5 },
  HADSD: { caseFrom: 8, fall: 1.7 },
  BDI2: { caseFrom: 14, fall: 5 },
}

/** The four cells of pain by mood, as AVALCAT1. */
export const CELLS = ['pain and mood', 'pain only', 'mood only', 'neither'] as const

/** One subject at one visit: both outcomes at the baseline and at the visit; null: the study has no such value. */
export interface DualInput {
  readonly painBase: CourseVisit | null
  readonly pain: CourseVisit | null
  readonly moodBase: CourseVisit | null
  readonly mood: CourseVisit | null
}

export interface DualRules {
  readonly scale: MoodScale
  readonly painCut: number
  readonly painHigherIsBetter: boolean
  readonly responders: Responders
}

export type DualAnswer =
  | { readonly kind: 'answer'; readonly pain: boolean; readonly mood: boolean; readonly imputed: boolean }
  | { readonly kind: 'none'; readonly why: Areason }

/**
 * Whether pain and mood both got better.
 *
 * Definition  pain fell by at least `painCut` percent of its baseline, and mood by 5 (PHQ-9, BDI-II) or 1.7 points (HADS-D); the
 *             limits themselves count.
 * Undefined   NOT_EVALUABLE: the baseline of mood is below the case level (10, 14, 8), or that of pain is 0 (R-ZERO).
 *             Without either baseline, or with a window that is not over: the first reason of R-NOPOST.
 * Missing     under NRI a part without a value is not met; under OC there is no answer.
 * Source      endpoints section 8; PHQ-9 Löwe 2004, HADS Lemay 2019, BDI-II IMMPACT [C20]; case levels [L].
 */
export function dualResponse(input: DualInput, rules: DualRules): DualAnswer {
  const { painBase, pain, moodBase, mood } = input
  const { caseFrom, fall } = MOOD_RULES[rules.scale]
  const bases = [reasonOf(painBase, 'NO_BASELINE'), reasonOf(moodBase, 'NO_BASELINE')]
  const values = [reasonOf(pain, 'NOT_EVALUABLE'), reasonOf(mood, 'NOT_EVALUABLE')]
  if (values.includes('NOT_REACHED') || bases.includes('NOT_REACHED')) return { kind: 'none', why: 'NOT_REACHED' }
  const noCase = bases[1] === null && (moodBase as CourseVisit).value < caseFrom - TOLERANCE
  const noPain = bases[0] === null && (painBase as CourseVisit).value === 0
  const excluded = noCase || (noPain && rules.responders.zeroBaseline === 'exclude')
  if (excluded || bases.some((why) => why !== null)) {
    return none([...bases, ...values.filter((why) => why === 'DISCONTINUED'), excluded ? 'NOT_EVALUABLE' : null])
  }
  const imputed = values.some((why) => why !== null)
  if (imputed && rules.responders.missing === 'OC') return none(values)
  return {
    kind: 'answer',
    pain: values[0] === null && !noPain && painMet(painBase as CourseVisit, pain as CourseVisit, rules),
    mood: values[1] === null && (mood as CourseVisit).value <= (moodBase as CourseVisit).value - fall + TOLERANCE,
    imputed,
  }
}

const painMet = (base: CourseVisit, value: CourseVisit, { painCut, painHigherIsBetter }: DualRules): boolean =>
  meetsCut(base.numerator, base.denominator, value.numerator, value.denominator, painCut, painHigherIsBetter)

const reasonOf = (visit: CourseVisit | null, absent: Areason): Areason | null =>
  visit === null ? absent : Number.isNaN(visit.value) ? (visit.reason ?? absent) : null

/** The first reason of R-NOPOST. */
function none(reasons: readonly (Areason | null)[]): DualAnswer {
  const why = AREASONS.find((reason) => reasons.includes(reason)) ?? 'NOT_EVALUABLE'
  return { kind: 'none', why }
}

export function cellOf(pain: boolean, mood: boolean): (typeof CELLS)[number] {
  if (pain) return mood ? 'pain and mood' : 'pain only'
  return mood ? 'mood only' : 'neither'
}
