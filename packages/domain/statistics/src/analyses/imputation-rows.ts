import { type CohortMethod, outcomeName } from '@afferent/study'
import { carriedForward } from '../imputation/carried-forward.ts'
import type { ImputationStrategy } from '../imputation/imputed-means.ts'
import { IMPUTATIONS, type Imputations, imputeTrial, pooledAncova } from '../imputation/multiple-imputation.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { ancova } from '../means/ancova.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import {
  type AnalysisContext,
  addRow,
  adjustmentOf,
  comparedWith,
  figures,
  hasAdjustment,
  type MethodRow,
  modelTerms,
} from './analysis-context.ts'
import { addDifferences, REPEATED, testedFigures } from './ancova-rows.ts'

/** All members of some arms with baseline and covariates, whether they have values or not. */
interface ImputedGroup {
  readonly places: readonly number[]
  readonly names: readonly string[]
  readonly sizes: readonly number[]
  readonly subjects: Subjects
  /** By visit of the data. */
  readonly values: readonly Float64Array[]
  /** What the baseline is in the outcome. */
  readonly baseline: Float64Array
}

function groupsOf(context: AnalysisContext): ImputedGroup[] {
  const { analysis, data, arms } = context
  const last = Math.max(...analysis.visits)
  const visits = data.visits.filter(({ visit }) => visit <= last)
  return comparedWith(context).map(({ reference, arms: compared }) => {
    const places = [reference, ...compared].map(arms.placeOf)
    const has = (m: number): boolean => places.includes(data.arm[m] as number) && hasAdjustment(context, m, true)
    const members = Int32Array.from([...data.members.keys()].filter(has))
    const arm = Int32Array.from(members, (m) => places.indexOf(data.arm[m] as number))
    const ofValue = analysis.outcome.kind === 'value' && analysis.outcome.column === 'AVAL'
    return {
      places,
      names: places.map((place) => arms.names[place - 1] as string),
      sizes: places.map((_, a) => arm.reduce((n, own) => n + (own === a ? 1 : 0), 0)),
      subjects: { arm, arms: places.length, reference: 0, ...adjustmentOf(context, members, true) },
      values: visits.map(({ outcome }) => Float64Array.from(members, (m) => outcome[m] as number)),
      baseline: Float64Array.from(members, (m) => (ofValue ? (data.base[m] as number) : 0)),
    }
  })
}

/** LOCF and BOCF, then ANCOVA. */
export function addCarriedRows(context: AnalysisContext, rule: 'LOCF' | 'BOCF'): void {
  const { analysis, data } = context
  const METHOD = `${rule} (legacy, sensitivity only), then ANCOVA, ${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)}`
  for (const group of groupsOf(context)) {
    const carried = carriedForward(group.values, group.baseline, rule)
    data.visits.forEach(({ visit }, v) => {
      if (!analysis.visits.includes(visit)) return
      const found = data.repeated ? REPEATED : ancova(carried[v] as Float64Array, group.subjects, analysis.levelWeights)
      const base: MethodRow = { ANALYSIS: rule, METHOD, AVISIT: context.labelOf(visit) }
      addDifferences(context, base, group, (a) =>
        figures(isMissing(found) ? found : (found.differences[a] as MeanEstimate | NoAnswer), testedFigures),
      )
    })
  }
}

const STRATEGY_OF: Partial<Record<CohortMethod, ImputationStrategy>> = {
  MI: 'MAR',
  J2R: 'J2R',
  CIR: 'CIR',
  CR: 'CR',
  TIP: 'MAR',
}
const SAYS: Readonly<Record<ImputationStrategy, string>> = {
  MAR: 'missing at random within arm',
  J2R: 'jump to reference',
  CIR: 'copy increments in reference',
  CR: 'copy reference',
}

/** Multiple imputation, then ANCOVA pooled by Rubin's rules. */
export function addImputationRows(context: AnalysisContext, method: 'MI' | 'J2R' | 'CIR' | 'CR'): void {
  const { analysis, data } = context
  const strategy = STRATEGY_OF[method] as ImputationStrategy
  const METHOD = `multiple imputation, ${SAYS[strategy]}, ${imputing(context)}, then ANCOVA, ${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)}, Rubin's rules, Barnard-Rubin df`
  for (const group of groupsOf(context)) {
    const found = imputed(context, group, strategy)
    data.visits.forEach(({ visit }, v) => {
      if (!analysis.visits.includes(visit)) return
      const pooled = isMissing(found) ? found : pooledAncova(found, v, group.subjects)
      const base: MethodRow = { ANALYSIS: method, METHOD, AVISIT: context.labelOf(visit) }
      addDifferences(context, base, group, (a) =>
        figures(isMissing(pooled) ? pooled : (pooled.differences[a] as MeanEstimate | NoAnswer), testedFigures),
      )
    })
  }
}

/** A step of delta is this share of the standard deviation of the outcome among those who have one [P]. */
const DELTA_STEP = 0.1
const MAX_DELTA_STEPS = 200
const SIGNIFICANT = 0.05

/** Tipping point: the delta, in the direction of harm, that imputed values of the arm must be off by until p is above 0.05. */
export function addTippingRows(context: AnalysisContext): void {
  const { analysis, data, lowerIsBetter } = context
  const METHOD = `tipping point: multiple imputation, ${SAYS.MAR}, ${imputing(context)}, delta added to imputed values of the arm in steps of ${DELTA_STEP} SD, ANCOVA, ${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)}, until p > ${SIGNIFICANT}`
  for (const group of groupsOf(context)) {
    const found = imputed(context, group, 'MAR')
    data.visits.forEach(({ visit }, v) => {
      if (!analysis.visits.includes(visit)) return
      const base: MethodRow = { ANALYSIS: 'TIP', METHOD, AVISIT: context.labelOf(visit) }
      for (let a = 1; a < group.places.length; a++) {
        const tipped = isMissing(found) ? found : tippingPoint(found, group, v, a, lowerIsBetter)
        const N = (group.sizes[a] as number) + (group.sizes[0] as number)
        const row = {
          ...base,
          ARM: group.names[a],
          REFARM: group.names[0],
          STAT: 'DELTA',
          N,
          ...figures(tipped, ({ delta, p }) => ({ ESTIMATE: delta, PVALUE: p })),
        }
        addRow(context, row, [group.places[a] as number, group.places[0] as number], N)
      }
    })
  }
}

function tippingPoint(
  found: Imputations,
  { subjects, values }: ImputedGroup,
  visit: number,
  arm: number,
  lowerIsBetter: boolean | null,
): { readonly delta: number; readonly p: number } | NoAnswer {
  if (lowerIsBetter === null) return { reason: 'which direction is harm is not known' }
  const drawn = found.drawn[visit]?.some((one, s) => one === 1 && subjects.arm[s] === arm)
  if (drawn !== true) return { reason: 'the arm has no missing value' }
  const step = DELTA_STEP * spreadOf(values[visit] as Float64Array) * (lowerIsBetter ? 1 : -1)
  for (let k = 0; k <= MAX_DELTA_STEPS; k++) {
    const pooled = pooledAncova(found, visit, subjects, k * step)
    if (isMissing(pooled)) return pooled
    const difference = pooled.differences[arm] as MeanEstimate | NoAnswer
    if (isMissing(difference)) return difference
    if (difference.p > SIGNIFICANT) return { delta: k * step, p: difference.p }
  }
  return { reason: `p stays at ${SIGNIFICANT} or below up to a delta of ${MAX_DELTA_STEPS * DELTA_STEP} SD` }
}

function spreadOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value))
  let sum = 0
  for (const value of known) sum += value
  const mean = sum / known.length
  let squares = 0
  for (const value of known) squares += (value - mean) ** 2
  return Math.sqrt(squares / (known.length - 1))
}

const imputing = ({ seed }: AnalysisContext): string => `${IMPUTATIONS} imputations, seed ${seed}`

function imputed(context: AnalysisContext, group: ImputedGroup, strategy: ImputationStrategy): Imputations | NoAnswer {
  if (context.data.repeated) return REPEATED
  const name = `${context.analysis.name} ${strategy} ${group.names.join(' ')}`
  return imputeTrial(group.values, group.subjects, strategy, { seed: context.seed, name })
}
