import type { VisitTrial } from '../models/visit-trial.ts'
import { type AnalysisContext, adjustmentOf, comparedWith, hasAdjustment } from './analysis-context.ts'

/** The visits up to the last one asked for, of the members of some arms with baseline and covariates. */
export interface TrialGroup {
  /** Positions of the arms, the reference first: arm 0 of the trial. */
  readonly places: readonly number[]
  readonly names: readonly string[]
  readonly sizes: readonly number[]
  readonly trial: VisitTrial
  /** AVISITN of each visit of the trial. */
  readonly visits: readonly number[]
  /** What the baseline is in the outcome: 0 of a change. */
  readonly baseline: Float64Array
}

/** `everybody`: members without any value as well, as imputation needs them. */
export function trialGroups(context: AnalysisContext, everybody: boolean): TrialGroup[] {
  const { analysis, data, arms } = context
  const last = Math.max(...analysis.visits)
  const visits = data.visits.filter(({ visit }) => visit <= last)
  return comparedWith(context).map(({ reference, arms: compared }): TrialGroup => {
    const places = [reference, ...compared].map(arms.placeOf)
    const has = (m: number): boolean =>
      places.includes(data.arm[m] as number) &&
      hasAdjustment(context, m, true) &&
      (everybody || visits.some(({ outcome }) => !Number.isNaN(outcome[m])))
    const members = Int32Array.from([...data.members.keys()].filter(has))
    const arm = Int32Array.from(members, (m) => places.indexOf(data.arm[m] as number))
    const { covariates, strata } = adjustmentOf(context, members, true)
    const values = new Float64Array(members.length * visits.length)
    members.forEach((m, s) => {
      visits.forEach(({ outcome }, v) => {
        values[s * visits.length + v] = outcome[m] as number
      })
    })
    const ofValue = analysis.outcome.kind === 'value' && analysis.outcome.column === 'AVAL'
    return {
      places,
      names: places.map((place) => arms.names[place - 1] as string),
      sizes: places.map((_, a) => arm.reduce((n, own) => n + (own === a ? 1 : 0), 0)),
      trial: {
        subjects: members.length,
        visits: visits.length,
        arms: places.length,
        values,
        arm,
        covariates: covariates.map((column) => ({ values: column, byVisit: true })),
        factors: strata.map(({ codes, levels }) => ({ level: codes, levels })),
      },
      visits: visits.map(({ visit }) => visit),
      baseline: Float64Array.from(members, (m) => (ofValue ? (data.base[m] as number) : 0)),
    }
  })
}
