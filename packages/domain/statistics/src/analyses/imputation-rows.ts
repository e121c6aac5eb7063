import { outcomeName } from '@afferent/study'
import { bocf } from '../imputation/bocf.ts'
import { locf } from '../imputation/locf.ts'
import { type MultipleImputation, multipleImputation } from '../imputation/multiple-imputation.ts'
import type { ImputationStrategy } from '../imputation/reference-means.ts'
import type { Pooled } from '../imputation/rubin.ts'
import { tippingPoint } from '../imputation/tipping-point.ts'
import { ancova } from '../means/ancova.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { type AnalysisContext, addRow, type Figures, figures, type MethodRow, modelTerms } from './analysis-context.ts'
import { addDifferences, REPEATED, testedFigures } from './ancova-rows.ts'
import { type TrialGroup, trialGroups } from './trial-groups.ts'

/** More than the 50 that endpoints.md asks for at least [P]. */
const IMPUTATIONS = 100

/** LOCF and BOCF, then ANCOVA. */
export function addCarriedRows(context: AnalysisContext, rule: 'LOCF' | 'BOCF'): void {
  const { analysis, data } = context
  const METHOD = `${rule} (legacy, sensitivity only), then ANCOVA, ${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)}`
  for (const group of trialGroups(context, true)) {
    const { trial, baseline } = group
    // Carried as differences from the baseline, which is what the rules are about.
    const changes = trial.values.map((value, cell) => value - (baseline[Math.floor(cell / trial.visits)] as number))
    const { values } = rule === 'LOCF' ? locf(changes, trial.visits) : bocf(changes)
    group.visits.forEach((visit, v) => {
      if (!analysis.visits.includes(visit)) return
      const outcome = baseline.map((base, s) => base + (values[s * trial.visits + v] as number))
      const found = data.repeated ? REPEATED : ancova(outcome, subjectsOf(group), analysis.levelWeights)
      const base: MethodRow = { ANALYSIS: rule, METHOD, AVISIT: context.labelOf(visit) }
      addDifferences(context, base, group, (a) =>
        figures(isMissing(found) ? found : (found.differences[a] as MeanEstimate | NoAnswer), testedFigures),
      )
    })
  }
}

const subjectsOf = ({ trial }: TrialGroup) => ({
  arm: trial.arm,
  arms: trial.arms,
  reference: 0,
  covariates: trial.covariates.map(({ values }) => values),
  strata: trial.factors.map(({ level, levels }) => ({ codes: level, levels })),
})

const STRATEGIES = {
  MI: ['MAR', 'missing at random within arm'],
  J2R: ['J2R', 'jump to reference'],
  CIR: ['CIR', 'copy increments in reference'],
  CR: ['CR', 'copy reference'],
} as const satisfies Record<string, readonly [ImputationStrategy, string]>

/** Multiple imputation, then ANCOVA pooled by Rubin's rules. */
export function addImputationRows(context: AnalysisContext, method: keyof typeof STRATEGIES): void {
  const { analysis } = context
  const [strategy, says] = STRATEGIES[method]
  const METHOD = `multiple imputation, ${says}, ${imputing(context)}, then ANCOVA, ${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)}, Rubin's rules, Barnard-Rubin df`
  for (const group of trialGroups(context, true)) {
    const found = imputed(context, group, strategy)
    group.visits.forEach((visit, v) => {
      if (!analysis.visits.includes(visit)) return
      const base: MethodRow = { ANALYSIS: method, METHOD, AVISIT: context.labelOf(visit) }
      addDifferences(context, base, group, (a) =>
        figures(isMissing(found) ? found : (found.differences[v]?.[a] as Pooled), pooledFigures),
      )
    })
  }
}

const pooledFigures = ({ estimate, se, df, lower, upper, p }: Pooled): Figures => ({
  ESTIMATE: estimate,
  SE: se,
  DF: df,
  LOWER: lower,
  UPPER: upper,
  PVALUE: p,
})

/** A step of delta is this share of the standard deviation of the outcome among those who have one [P]. */
const DELTA_STEP = 0.1
const MAX_DELTA_STEPS = 200

/** Tipping point: the delta, in the direction of harm, that imputed values of the arm must be off by until p is above 0.05. */
export function addTippingRows(context: AnalysisContext): void {
  const { analysis, lowerIsBetter } = context
  const METHOD = `tipping point: multiple imputation, ${STRATEGIES.MI[1]}, ${imputing(context)}, delta added to imputed values of the arm in steps of ${DELTA_STEP} SD, ANCOVA, ${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)}, until p > 0.05`
  for (const group of trialGroups(context, true)) {
    const found = imputed(context, group, 'MAR')
    group.visits.forEach((visit, v) => {
      if (!analysis.visits.includes(visit)) return
      const base: MethodRow = { ANALYSIS: 'TIP', METHOD, AVISIT: context.labelOf(visit), STAT: 'DELTA' }
      for (let arm = 1; arm < group.places.length; arm++) {
        const step = DELTA_STEP * spreadAt(group, v) * (lowerIsBetter === false ? -1 : 1)
        const tipped =
          lowerIsBetter === null
            ? { reason: 'which direction is harm is not known' }
            : isMissing(found)
              ? found
              : tippingPoint(found, { visit: v, arm, step, steps: MAX_DELTA_STEPS })
        const N = (group.sizes[arm] as number) + (group.sizes[0] as number)
        const names = { ARM: group.names[arm], REFARM: group.names[0], N }
        const row = { ...base, ...names, ...figures(tipped, ({ delta, at }) => ({ ESTIMATE: delta, PVALUE: at.p })) }
        addRow(context, row, [group.places[arm] as number, group.places[0] as number], N)
      }
    })
  }
}

function spreadAt({ trial }: TrialGroup, visit: number): number {
  const all = Array.from(trial.arm, (_, s) => trial.values[s * trial.visits + visit] as number)
  const known = all.filter((value) => !Number.isNaN(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1))
}

const imputing = ({ seed }: AnalysisContext): string => `${IMPUTATIONS} imputations, seed ${seed}`

function imputed(
  context: AnalysisContext,
  group: TrialGroup,
  strategy: ImputationStrategy,
): MultipleImputation | NoAnswer {
  if (context.data.repeated) return REPEATED
  const name = { seed: context.seed, analysis: `${context.analysis.name} ${group.names.join(' ')}` }
  return multipleImputation(group.trial, { strategy, reference: 0 }, name, IMPUTATIONS)
}
