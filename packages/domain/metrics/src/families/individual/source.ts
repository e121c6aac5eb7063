import type { AnalyticStudy, ValueParameter } from '@afferent/study'
import type { CatalogueEntry, Plan, Planned } from '../../catalogue/entry.ts'

/** Ratings from 0 to 10, of which two points more are worse (WORSE). */
const RATING_RANGE = [0, 10] as const
/** Reductions in percent that make a response (sections 3 and 6). */
const COUNT_CUT = 50
const SCORE_CUT = 30
/** Visits at the end of a sustained response, where the study file has no setting for their kind. */
const SUSTAIN_VISITS = 3

/** How the values of a parameter are judged for one patient. */
export interface Source {
  readonly code: string
  readonly higherIsBetter: boolean
  /** A pain rating or mean from 0 to 10: worse by two points as well. */
  readonly isRating: boolean
  readonly isWeekly: boolean
  /** Reduction in percent that is a response: 50 for counts of days and attacks, else 30 [P]. */
  readonly cut: number
  readonly sustainVisits: number
  /** AVISITN and AVISIT, the baseline first. */
  readonly visits: readonly (readonly [number, string])[]
}

/** Null: the study does not compute the parameter. */
export function sourceOf(plan: Plan, code: string): Source | null {
  const planned = plan.planned.find((one) => one.code === code && one.table === 'adeff')
  if (planned === undefined) return null
  const { study } = plan
  if (planned.value !== null) return ofValue(code, planned.value.parameter)
  const entry = planned.entry as CatalogueEntry
  const isWeekly = entry.compute.kind === 'measure' && entry.compute.measure.windows === 'weeks'
  const isCount = entry.unit.endsWith('/28 d') || entry.unit.endsWith('/wk')
  return {
    code,
    higherIsBetter: entry.direction === 'higher-is-better',
    isRating: 'pain' in entry.compute && entry.compute.pain,
    isWeekly,
    cut: isCount ? COUNT_CUT : SCORE_CUT,
    sustainVisits: sustainOf(study, entry, isWeekly),
    visits: visitsOf(plan, planned),
  }
}

function ofValue(code: string, { direction, perDays, range, visits }: ValueParameter): Source {
  return {
    code,
    higherIsBetter: direction === 'higher-is-better',
    isRating: perDays === null && range[0] === RATING_RANGE[0] && range[1] === RATING_RANGE[1],
    isWeekly: false,
    cut: perDays === null ? SCORE_CUT : COUNT_CUT,
    sustainVisits: SUSTAIN_VISITS,
    visits: visits.map(({ visit, label }) => [visit, label] as const),
  }
}

function sustainOf({ headache, pain }: AnalyticStudy, { compute }: CatalogueEntry, isWeekly: boolean): number {
  if (isWeekly) return pain?.sustainWeeks ?? SUSTAIN_VISITS
  return compute.kind === 'measure' ? (headache?.sustainPeriods ?? SUSTAIN_VISITS) : SUSTAIN_VISITS
}

function visitsOf(plan: Plan, { entry }: Planned): readonly (readonly [number, string])[] {
  const { compute } = entry as CatalogueEntry
  if (compute.kind === 'points') return compute.visits(plan)
  if (compute.kind !== 'measure') return []
  const { spans } = compute.measure.windows === 'weeks' ? plan.weeks : plan.periods
  return spans.map(({ visit, label }) => [visit, label] as const)
}
