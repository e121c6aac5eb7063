import type { Score } from '@afferent/instruments'
import type { AnalyticStudy, QuestionnaireSettings } from '@afferent/study'
import type { OwnCriterion } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { meetsCut } from '../../responses/response.ts'

const TOLERANCE = 1e-9

/** Criteria of one score beside the study's cuts: CRIT5 the change of one person that matters, CRIT6 a state that is reached. */
export interface OwnCriteria {
  readonly change: { readonly size: number; readonly isPercent: boolean } | null
  readonly state: { readonly below: number | null; readonly upTo: number | null } | null
}

/**
 * Which criteria a score has.
 *
 * CRIT5   within-person change: the study's threshold, else the largest published one [P]; in percent where it is published so.
 * CRIT6   remission (PHQ-9 below 5), and of a global impression the answers that are a response (1 or 2). Cut-offs that part
 *         the ill from the healthy are no response; they are bands.
 */
export function ownCriteriaOf(score: Score, given: QuestionnaireSettings | undefined): OwnCriteria {
  const size = given?.thresholds[score.code]
  const published = score.thresholds.filter(({ kind }) => kind === 'within-person')
  const isPercent = published.length > 0 && published.every(({ unit }) => unit === '%')
  const remission = score.thresholds.find(({ kind }) => kind === 'remission')
  const response = isImpression(score) ? score.thresholds.find(({ kind }) => kind === 'cut-off') : undefined
  const state = { below: remission?.value ?? null, upTo: response?.value ?? null }
  return {
    change: size === undefined || isImpression(score) ? null : { size, isPercent },
    state: state.below === null && state.upTo === null ? null : state,
  }
}

/** A change by its own words: there is no baseline to compare with. */
export const isImpression = ({ code }: Score): boolean => code === 'PGIC'

/** The criteria as adeff and cohort name them. */
export function describeCriteria(score: Score, { change, state }: OwnCriteria): OwnCriterion[] {
  const found: OwnCriterion[] = []
  if (change !== null) {
    const amount = change.isPercent ? `${change.size} % of the baseline` : `${change.size} points`
    found.push({ criterion: 5, text: `Improvement from baseline of at least ${amount}`, stat: 'IMPORTANT' })
  }
  if (state?.below !== null && state !== null) {
    found.push({ criterion: 6, text: `Remission: ${score.code} below ${state.below}`, stat: 'REMISSION' })
  } else if (state !== null) {
    found.push({ criterion: 6, text: `Response: ${score.code} of at most ${state.upTo}`, stat: 'IMPROVED' })
  }
  return found
}

/**
 * CRIT5FL and CRIT6FL of the point added last, a visit after the baseline whose window is over.
 *
 * Input    base, value: NaN where there is none.
 * Missing  as R-RESP: N after a valid baseline under NRI, null under OC; a global impression has no baseline: null.
 * Zero     R-ZERO where 0 is best; from a worst of 0 an improvement can be told.
 * State    null where the baseline was in that state already [P].
 */
export function writeCriteria(
  points: Points,
  score: Score,
  { change, state }: OwnCriteria,
  base: number,
  value: number,
  { responders }: AnalyticStudy,
): void {
  const known = !Number.isNaN(value)
  const impression = isImpression(score)
  if (!known && (impression || Number.isNaN(base) || responders.missing === 'OC')) return
  const higher = score.direction === 'higher-is-better'
  const isZero = base === 0 && !higher
  if (change !== null && !Number.isNaN(base) && !(isZero && responders.zeroBaseline === 'exclude')) {
    points.criterion(5, known && !isZero && isImportant(change, base, value, higher))
    if (!known) points.derivedBy('NRI')
  }
  if (state === null) return
  if (!impression && (Number.isNaN(base) || isReached(state, base))) return
  points.criterion(6, known && isReached(state, value))
  if (!known) points.derivedBy('NRI')
}

function isImportant(
  { size, isPercent }: NonNullable<OwnCriteria['change']>,
  base: number,
  value: number,
  higher: boolean,
): boolean {
  if (isPercent) return meetsCut(base, 1, value, 1, size, higher)
  return (higher ? value - base : base - value) >= size - TOLERANCE
}

const isReached = ({ below, upTo }: NonNullable<OwnCriteria['state']>, value: number): boolean =>
  below === null ? value <= (upTo as number) + TOLERANCE : value < below - TOLERANCE
