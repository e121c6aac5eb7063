import { streamOf } from '../chance/stream.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { type Ancova, ancova } from '../means/ancova.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { conditional } from './conditional.ts'
import { type ImputationModel, imputationTrial } from './imputation-model.ts'
import { dropoutVisit, type ImputationStrategy, imputedMeans } from './imputed-means.ts'
import { rubin } from './rubin.ts'

/** Data sets in which every missing value is drawn. */
export interface Imputations {
  /** By imputation and visit, the values of all subjects. */
  readonly values: readonly (readonly Float64Array[])[]
  /** By visit: 1 where the value was imputed. */
  readonly drawn: readonly Uint8Array[]
}

export const IMPUTATIONS = 100

/**
 * Multiple imputation of a trial, at random within arm or based on the reference.
 *
 * Definition  per imputation: subjects drawn with replacement within their arms; the model (imputation-model.ts) fitted to
 *             them stands for a draw of its parameters (approximate Bayesian); each subject's missing values are drawn from
 *             their normal distribution given the observed ones, around the means of the strategy (imputed-means.ts).
 * Input       by visit, the outcome of all subjects, NaN where missing. The control arm is imputed at random. Streams of
 *             chance are named by seed, name, imputation and the subject's place.
 * Undefined   a model that cannot be fitted, to all subjects or to a draw of them: a reason.
 * Source      Carpenter, Roger and Kenward 2013; approximate Bayesian draws: Little and Rubin, Statistical Analysis with
 *             Missing Data, 2002, section 10.2; as in Wolbers et al., Pharm Stat 2022;21:1246-1257.
 */
export function imputeTrial(
  values: readonly Float64Array[],
  subjects: Subjects,
  strategy: ImputationStrategy,
  chance: { readonly seed: number; readonly name: string },
  count = IMPUTATIONS,
): Imputations | NoAnswer {
  const trial = imputationTrial(values, subjects)
  if (isMissing(trial)) return trial
  const everybody = Int32Array.from(subjects.arm.keys())
  const whole = trial.fit(everybody)
  if (isMissing(whole)) return whole
  const sets: Float64Array[][] = []
  for (let m = 0; m < count; m++) {
    const model = trial.fit(resampled(subjects, chance, m))
    if (isMissing(model)) return { reason: `imputation ${m + 1}: ${model.reason}` }
    const set = drawSet(values, subjects, strategy, model, chance, m)
    if (set === null) return { reason: `imputation ${m + 1}: the covariance is not positive definite` }
    sets.push(set)
  }
  return {
    values: sets,
    drawn: values.map((column) => Uint8Array.from(column, (value) => (Number.isNaN(value) ? 1 : 0))),
  }
}

/** Subjects drawn with replacement, as many of each arm as it has. */
function resampled(
  { arm, arms }: Subjects,
  { seed, name }: { readonly seed: number; readonly name: string },
  m: number,
): Int32Array {
  const stream = streamOf(seed, name, 'resample', m)
  const byArm = Array.from({ length: arms }, (_, a) => [...arm.keys()].filter((s) => arm[s] === a))
  return Int32Array.from(byArm.flatMap((members) => members.map(() => members[stream.below(members.length)] as number)))
}

function drawSet(
  values: readonly Float64Array[],
  subjects: Subjects,
  strategy: ImputationStrategy,
  model: ImputationModel,
  { seed, name }: { readonly seed: number; readonly name: string },
  m: number,
): Float64Array[] | null {
  const set = values.map((column) => column.slice())
  for (let s = 0; s < subjects.arm.length; s++) {
    const own = Float64Array.from(values, (column) => column[s] as number)
    if (!own.some(Number.isNaN)) continue
    const arm = subjects.arm[s] as number
    const means = imputedMeans(strategy, model.meansOf(s, arm), model.meansOf(s, subjects.reference), dropoutVisit(own))
    const given = conditional(own, means, model.sigma)
    if (given === null) return null
    const stream = streamOf(seed, name, 'draw', m, s)
    const z = given.missing.map(() => stream.normal())
    given.missing.forEach((visit, row) => {
      let drawn = given.mean[row] as number
      for (let k = 0; k <= row; k++) drawn += (given.root[row * z.length + k] as number) * (z[k] as number)
      ;(set[visit] as Float64Array)[s] = drawn
    })
  }
  return set
}

export interface PooledAncova {
  /** By arm code; null for the reference. */
  readonly differences: readonly (MeanEstimate | NoAnswer | null)[]
}

/** ANCOVA of one visit in every imputed data set, pooled by Rubin's rules; `shift` is added to imputed values of arms but the reference. */
export function pooledAncova(
  { values, drawn }: Imputations,
  visit: number,
  subjects: Subjects,
  shift = 0,
): PooledAncova | NoAnswer {
  const fits: Ancova[] = []
  for (const set of values) {
    const outcome = (set[visit] as Float64Array).map((value, s) =>
      drawn[visit]?.[s] === 1 && subjects.arm[s] !== subjects.reference ? value + shift : value,
    )
    const fit = ancova(outcome, subjects)
    if (isMissing(fit)) return fit
    fits.push(fit)
  }
  const df = fits[0]?.df ?? 0
  const arms = fits[0]?.differences ?? []
  return {
    differences: arms.map((first, a) => {
      if (first === null || isMissing(first)) return first
      const found = fits.map((fit) => fit.differences[a] as MeanEstimate)
      return rubin(
        found.map(({ estimate }) => estimate),
        found.map(({ se }) => se),
        df,
      )
    }),
  }
}
