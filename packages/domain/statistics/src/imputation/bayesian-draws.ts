import { factorize, invert } from '../linear-algebra/symmetric.ts'
import { fitRepeated } from '../models/fit-repeated.ts'
import { visitDesign } from '../models/visit-design.ts'
import type { VisitTrial } from '../models/visit-trial.ts'
import { Chance } from './chance.ts'
import { type ConditionalWeights, conditionalWeights } from './conditional-values.ts'
import { dropoutFrom, type ImputationPlan, missingPlaces, modelledTrial } from './imputation-trial.ts'
import { referenceMeans } from './reference-means.ts'

/** Rounds of data augmentation before a draw is used. Ours: with half of the information missing 2^-100 of the start is left. */
const BURN_IN = 100

/** Names the random streams. */
export interface DrawName {
  readonly seed: number
  readonly analysis: string
}

/** Complete values of a trial, of any imputation asked for. */
export interface Imputer {
  /** Values at [subject * visits + visit] of an imputation, counted from 0. */
  draw(imputation: number): Float64Array
}

/**
 * Multiple imputation by Bayesian draws of a normal model.
 *
 * Definition  the visits of a subject are normal, means by arm, covariates and factors with a coefficient per visit, one
 *             covariance for all arms; prior |S|^-((visits + 1) / 2) (Jeffreys), flat in the means. Each imputation is a chain
 *             of data augmentation of its own from the REML fit: S inverse Wishart with n - r df, means normal given S,
 *             missing values given both (MAR within arm), BURN_IN rounds. Then each subject's missing values are drawn
 *             given its observed ones, with the means of referenceMeans and the same covariance.
 * Input       trial, strategy, reference arm. Streams are named by seed, analysis, imputation (means and covariance) and
 *             subject (its missing values): imputation 7 is the same whoever draws it, and MAR and J2R share their chance.
 * Undefined   the reason of fitRepeated; too few subjects for the covariance.
 * Source      Schafer 1997, Analysis of Incomplete Multivariate Data, 5.4; Carpenter, Roger and Kenward, J Biopharm Stat
 *             2013;23:1352-1371 [L]; endpoints 10, MI and J2R CIR CR.
 */
export function bayesianDraws(
  trial: VisitTrial,
  plan: ImputationPlan,
  name: DrawName,
): Imputer | { readonly reason: string } {
  const from = plan.affectedFrom ?? dropoutFrom(trial)
  const model = modelOf(modelledTrial(trial, plan, from))
  if ('reason' in model) return model
  return {
    draw: (imputation) => {
      const state = chain(model, new Chance(name.seed, name.analysis, imputation))
      return completed(
        trial,
        plan,
        from,
        model,
        state,
        (subject) => new Chance(name.seed, name.analysis, imputation, subject),
      )
    },
  }
}

/** Means (regressors by visits) and covariance. */
interface State {
  readonly means: Float64Array
  readonly covariance: Float64Array
}

interface Model {
  readonly visits: number
  readonly regressors: number
  readonly arms: number
  /** Regressors of a subject as if in an arm. */
  regressorsOf(subject: number, arm: number): Float64Array
  /** Subjects with a value, their regressors and values one after another; missing ones NaN. */
  readonly subjects: number
  readonly design: Float64Array
  readonly values: Float64Array
  readonly incomplete: readonly { readonly row: number; readonly pattern: number }[]
  readonly patterns: readonly Int32Array[]
  /** Inverse of the sums of products of the regressors, and a root R of it: R R'. */
  readonly inverse: Float64Array
  readonly root: Float64Array
  readonly start: State
}

function modelOf(trial: VisitTrial): Model | { readonly reason: string } {
  const { visits, arms, arm } = trial
  const covariates = [
    ...trial.covariates.map(({ values }) => values),
    ...trial.factors.flatMap(({ level, levels }) =>
      Array.from({ length: Math.max(0, levels - 1) }, (_, one) =>
        Float64Array.from(level, (value) => (value === one + 1 ? 1 : 0)),
      ),
    ),
  ]
  const regressors = arms + covariates.length
  const regressorsOf = (subject: number, one: number): Float64Array => {
    const z = new Float64Array(regressors)
    z[one] = 1
    for (let k = 0; k < covariates.length; k++) z[arms + k] = covariates[k][subject]
    return z
  }
  const interacted = { ...trial, factors: [], covariates: covariates.map((values) => ({ values, byVisit: true })) }
  const fit = fitRepeated(visitDesign(interacted).rows)
  if ('reason' in fit) return fit
  const rows: number[] = []
  for (let subject = 0; subject < trial.subjects; subject++)
    if (trial.values.subarray(subject * visits, (subject + 1) * visits).some((value) => !Number.isNaN(value)))
      rows.push(subject)
  const n = rows.length
  if (n - regressors < visits) return { reason: `${n} subjects are too few for the covariance of ${visits} visits` }
  const design = new Float64Array(n * regressors)
  const values = new Float64Array(n * visits)
  const patterns: Int32Array[] = []
  const known = new Map<string, number>()
  const incomplete: { row: number; pattern: number }[] = []
  rows.forEach((subject, row) => {
    design.set(regressorsOf(subject, arm[subject]), row * regressors)
    const own = trial.values.subarray(subject * visits, (subject + 1) * visits)
    values.set(own, row * visits)
    const places = missingPlaces(own)
    if (places.length === 0) return
    let pattern = known.get(places.join())
    if (pattern === undefined) {
      pattern = patterns.push(places) - 1
      known.set(places.join(), pattern)
    }
    incomplete.push({ row, pattern })
  })
  const products = new Float64Array(regressors * regressors)
  for (let row = 0; row < n; row++)
    for (let i = 0; i < regressors; i++)
      for (let j = 0; j < regressors; j++)
        products[i * regressors + j] += design[row * regressors + i] * design[row * regressors + j]
  if (factorize(products, regressors) >= 0) return { reason: 'the design of the imputation model is singular' }
  const inverse = invert(products, regressors)
  const root = inverse.slice()
  factorize(root, regressors)
  const means = new Float64Array(regressors * visits)
  for (let j = 0; j < regressors; j++)
    for (let v = 0; v < visits; v++) means[j * visits + v] = fit.coefficients[v * regressors + j]
  const start = { means, covariance: fit.visitCovariance }
  return {
    visits,
    regressors,
    arms,
    regressorsOf,
    subjects: n,
    design,
    values,
    incomplete,
    patterns,
    inverse,
    root,
    start,
  }
}

function chain(model: Model, chance: Chance): State {
  const values = model.values.slice()
  let state = model.start
  for (let round = 0; round < BURN_IN; round++) {
    fillIn(model, state, values, chance)
    state = drawState(model, values, chance)
  }
  return state
}

/** Draws the missing values given means and covariance. */
function fillIn(model: Model, state: State, values: Float64Array, chance: Chance): void {
  const { visits, regressors, design, incomplete, patterns } = model
  const weights = patterns.map((places) => conditionalWeights(places, visits, state.covariance, true))
  for (const { row, pattern } of incomplete) {
    const z = design.subarray(row * regressors, (row + 1) * regressors)
    const means = meansFor(z, state.means, visits)
    drawMissing(values.subarray(row * visits, (row + 1) * visits), patterns[pattern], means, weights[pattern], chance)
  }
}

function meansFor(z: Float64Array, means: Float64Array, visits: number): Float64Array {
  const out = new Float64Array(visits)
  for (let j = 0; j < z.length; j++)
    if (z[j] !== 0) for (let v = 0; v < visits; v++) out[v] += z[j] * means[j * visits + v]
  return out
}

function drawMissing(
  values: Float64Array,
  places: Int32Array,
  means: Float64Array,
  { seen, slopes, spread }: ConditionalWeights,
  chance: Chance,
): void {
  const m = places.length
  const normals = Float64Array.from(places, () => chance.normal())
  for (let i = 0; i < m; i++) {
    let value = means[places[i]]
    for (let j = 0; j < seen.length; j++) value += slopes[i * seen.length + j] * (values[seen[j]] - means[seen[j]])
    for (let j = 0; j <= i; j++) value += spread[i * m + j] * normals[j]
    values[places[i]] = value
  }
}

/** Draws covariance and means given complete values. */
function drawState(model: Model, values: Float64Array, chance: Chance): State {
  const { visits, regressors: r, subjects: n, design, inverse, root } = model
  const score = new Float64Array(r * visits)
  for (let row = 0; row < n; row++)
    for (let j = 0; j < r; j++) {
      const z = design[row * r + j]
      if (z !== 0) for (let v = 0; v < visits; v++) score[j * visits + v] += z * values[row * visits + v]
    }
  const means = new Float64Array(r * visits)
  for (let i = 0; i < r; i++)
    for (let j = 0; j < r; j++)
      for (let v = 0; v < visits; v++) means[i * visits + v] += inverse[i * r + j] * score[j * visits + v]
  const scale = new Float64Array(visits * visits)
  for (let row = 0; row < n; row++) {
    const fitted = meansFor(design.subarray(row * r, (row + 1) * r), means, visits)
    for (let v = 0; v < visits; v++) fitted[v] = values[row * visits + v] - fitted[v]
    for (let v = 0; v < visits; v++) for (let w = 0; w <= v; w++) scale[v * visits + w] += fitted[v] * fitted[w]
  }
  factorize(scale, visits)
  const factor = chance.inverseWishartFactor(scale, visits, n - r)
  const covariance = new Float64Array(visits * visits)
  for (let v = 0; v < visits; v++)
    for (let w = 0; w < visits; w++)
      for (let k = 0; k < visits; k++) covariance[v * visits + w] += factor[v * visits + k] * factor[w * visits + k]
  // means + root N factor', N of independent normals.
  const normals = Float64Array.from({ length: r * visits }, () => chance.normal())
  for (let j = 0; j < r; j++) {
    const turned = new Float64Array(visits)
    for (let k = 0; k < visits; k++)
      for (let v = 0; v < visits; v++) turned[v] += factor[v * visits + k] * normals[j * visits + k]
    for (let i = j; i < r; i++) for (let v = 0; v < visits; v++) means[i * visits + v] += root[i * r + j] * turned[v]
  }
  return { means, covariance }
}

function completed(
  { subjects, visits, values, arm }: VisitTrial,
  plan: ImputationPlan,
  from: Int32Array,
  model: Model,
  state: State,
  chanceOf: (subject: number) => Chance,
): Float64Array {
  const out = values.slice()
  const known = new Map<string, ConditionalWeights>()
  for (let subject = 0; subject < subjects; subject++) {
    const own = out.subarray(subject * visits, (subject + 1) * visits)
    const places = missingPlaces(own)
    if (places.length === 0) continue
    let weights = known.get(places.join())
    if (weights === undefined) {
      weights = conditionalWeights(places, visits, state.covariance, true)
      known.set(places.join(), weights)
    }
    const meansIn = (group: number) => meansFor(model.regressorsOf(subject, group), state.means, visits)
    const means = referenceMeans(plan.strategy, meansIn(arm[subject]), meansIn(plan.reference), from[subject])
    drawMissing(own, places, means, weights, chanceOf(subject))
  }
  return out
}
