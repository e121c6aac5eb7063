import { outcomeName } from '@afferent/study'
import { betaBinomial } from '../counts/beta-binomial.ts'
import { negativeBinomial } from '../counts/negative-binomial.ts'
import { poisson } from '../counts/poisson.ts'
import type { LogRatio } from '../likelihood/log-ratio.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { firth } from '../proportions/firth.ts'
import { logistic } from '../proportions/logistic.ts'
import { type AnalysisContext, type Figures, figures, type MethodRow, modelTerms } from './analysis-context.ts'
import { addDifferences, REPEATED } from './ancova-rows.ts'
import { modelGroups } from './model-groups.ts'

/** Models on the scale of a logarithm. SE is that of the logarithm, ESTIMATE and limits are the ratio. */
export const ratioFigures = ({ ratio, se, lower, upper, p }: LogRatio): Figures => ({
  ESTIMATE: ratio,
  SE: se,
  LOWER: lower,
  UPPER: upper,
  PVALUE: p,
})

const BINARY_Z = 'Wald limits, SE of the log ratio'

/** Logistic regression of a response; Firth's where responders are separated from the others. */
export function addLogisticRows(context: AnalysisContext): void {
  const { analysis, data } = context
  const withBase = analysis.outcome.kind === 'response'
  const model = `${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, withBase)}`
  for (const group of modelGroups(context, withBase, (m, at) => at.answer[m] !== 0)) {
    const { at, members, subjects } = group
    const response = Uint8Array.from(members, (m) => (at.answer[m] === 2 ? 1 : 0))
    const found = data.repeated ? REPEATED : logistic(response, subjects)
    const separated = isMissing(found) && found.reason.startsWith('responders are separated')
    const used = separated ? firth(response, subjects) : found
    const how = separated ? `Firth, since ${(found as NoAnswer).reason}` : 'maximum likelihood'
    const base: MethodRow = {
      ANALYSIS: 'LOGIT',
      METHOD: `logistic regression, ${model}, ${how}, ${BINARY_Z}`,
      AVISIT: context.labelOf(at.visit),
    }
    const ratio = (a: number) => (isMissing(used) ? used : (used.oddsRatios[a] as LogRatio | NoAnswer))
    addDifferences(context, base, group, (a) => figures(ratio(a), ratioFigures), 'OR')
  }
}

/** Rates of counted days: events over the days observed. */
export function addCountRows(context: AnalysisContext, kind: 'NEGBIN' | 'POISSON'): void {
  const { analysis, data } = context
  const model = `events ~ ${modelTerms(analysis, true)} + offset ln(observed days)`
  const isUsable = (m: number, at: { readonly events: Float64Array; readonly observed: Float64Array }): boolean =>
    !Number.isNaN(at.events[m]) && (at.observed[m] as number) > 0
  for (const group of modelGroups(context, true, isUsable)) {
    const { at, members, subjects } = group
    const counts = Float64Array.from(members, (m) => at.events[m] as number)
    const exposure = Float64Array.from(members, (m) => at.observed[m] as number)
    const fitted = kind === 'NEGBIN' ? negativeBinomial : poisson
    const found = data.repeated ? REPEATED : fitted(counts, exposure, subjects)
    const fell = !isMissing(found) && 'method' in found && found.method === 'Poisson'
    const name =
      kind === 'POISSON'
        ? 'Poisson'
        : fell
          ? 'negative binomial with dispersion 0, hence Poisson'
          : 'negative binomial (NB2)'
    const base: MethodRow = {
      ANALYSIS: kind,
      METHOD: `${name} regression, ${model}, ${BINARY_Z}`,
      AVISIT: context.labelOf(at.visit),
    }
    const ratio = (a: number) => (isMissing(found) ? found : (found.rateRatios[a] as LogRatio))
    addDifferences(context, base, group, (a) => figures(ratio(a), ratioFigures), 'RATIO')
  }
}

/** Share of the days observed with the event, days of a subject being alike. */
export function addBetaBinomialRows(context: AnalysisContext): void {
  const { analysis, data } = context
  const model = `events of observed days ~ ${modelTerms(analysis, true)}`
  const isUsable = (m: number, at: { readonly events: Float64Array; readonly observed: Float64Array }): boolean =>
    !Number.isNaN(at.events[m]) && (at.observed[m] as number) > 0
  for (const group of modelGroups(context, true, isUsable)) {
    const { at, members, subjects } = group
    const days = Float64Array.from(members, (m) => at.events[m] as number)
    const observed = Float64Array.from(members, (m) => at.observed[m] as number)
    const found = data.repeated ? REPEATED : betaBinomial(days, observed, subjects)
    const METHOD = `beta-binomial regression, ${model}, logit, ${BINARY_Z}`
    const base: MethodRow = { ANALYSIS: 'BETABIN', METHOD, AVISIT: context.labelOf(at.visit) }
    const ratio = (a: number) => (isMissing(found) ? found : (found.oddsRatios[a] as LogRatio))
    addDifferences(context, base, group, (a) => figures(ratio(a), ratioFigures), 'OR')
  }
}
