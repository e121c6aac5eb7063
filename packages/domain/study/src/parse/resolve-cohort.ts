import type { Analysis, CohortPlan, Comparison, Outcome } from '../cohort-plan.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { Arm } from '../study.ts'

const DEFAULT_SEED = 1

/** Null: the study asks for no analysis. Names are checked later. */
export function resolveCohort(raw: RawStudy, arms: readonly Arm[]): CohortPlan | null {
  if (raw.analyses === undefined || Object.keys(raw.analyses).length === 0) return null
  const analyses = Object.entries(raw.analyses).map(([name, given]): Analysis => {
    const primary = raw.primary === undefined || raw.primary === 'none' ? null : raw.primary
    const visits = given.visits ?? (primary === null ? [] : [primary.visit])
    return {
      name,
      estimand: given.estimand,
      parameter: given.parameter,
      visits: given.outcome === 'TIME' ? [] : [...visits].sort((a, b) => a - b),
      outcome: toOutcome(given.outcome),
      methods: given.methods,
      adjust: given.adjust ?? [],
      subgroups: given.subgroups ?? [],
      levelWeights: given.levelWeights ?? 'equal',
    }
  })
  return {
    seed: raw.seed ?? DEFAULT_SEED,
    comparisons: raw.comparisons ?? withReference(arms),
    estimands: Object.entries(raw.estimands ?? {}).map(([name, given]) => ({
      name,
      treatment: given.treatment,
      population: given.population,
      variable: given.variable ?? variableOf(analyses.filter(({ estimand }) => estimand === name)),
      summary: given.summary ?? summaryOf(analyses.filter(({ estimand }) => estimand === name)),
      events: given.events ?? {},
    })),
    analyses,
    multiplicity:
      raw.multiplicity === undefined || raw.multiplicity === 'none'
        ? null
        : { ...raw.multiplicity, weights: raw.multiplicity.weights ?? null, arrows: raw.multiplicity.arrows ?? null },
  }
}

function withReference(arms: readonly Arm[]): Comparison[] {
  const reference = arms.find((arm) => arm.reference)
  if (reference === undefined) return []
  return arms.filter((arm) => arm !== reference).map(({ code }) => ({ arm: code, reference: reference.code }))
}

function toOutcome(text: string): Outcome {
  if (text === 'CHG' || text === 'AVAL' || text === 'PCHG') return { kind: 'value', column: text }
  if (text === 'YES') return { kind: 'answer' }
  return text === 'TIME' ? { kind: 'time' } : { kind: 'response', cut: Number(text.slice('RSP'.length)) }
}

/** As the study file writes it. */
export function outcomeName(outcome: Outcome): string {
  if (outcome.kind === 'value') return outcome.column
  if (outcome.kind === 'answer') return 'YES'
  return outcome.kind === 'time' ? 'TIME' : `RSP${outcome.cut}`
}

const listed = (texts: Iterable<string>): string => [...new Set(texts)].join('; ')

const variableOf = (analyses: readonly Analysis[]): string =>
  listed(
    analyses.map(({ outcome, parameter, visits }) => {
      const at = visits.length === 0 ? '' : ` at visit ${visits.join(', ')}`
      return `${outcomeName(outcome)} of ${parameter}${at}`
    }),
  ) || 'none'

const summaryOf = (analyses: readonly Analysis[]): string =>
  listed(analyses.flatMap(({ methods }) => methods.slice(0, 1))) || 'none'
