import {
  type Analysis,
  COUNT_METHODS,
  type CohortMethod,
  type CohortPlan,
  INTERCURRENT_EVENTS,
  type Multiplicity,
  type Outcome,
  RESPONSE_METHODS,
  SUBJECT_COLUMNS,
  TIME_METHODS,
  VALUE_METHODS,
} from '../cohort-plan.ts'
import { computedParameters } from '../computed-parameters.ts'
import type { Complaints } from '../parse/complaints.ts'
import { suggestion } from '../parse/did-you-mean.ts'
import { outcomeName } from '../parse/resolve-cohort.ts'
import { givesField } from '../parse/resolve-source.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { AnalyticStudy } from '../study.ts'

/** Analyses name what the study has: arms, estimands, parameters, columns of adsl, and methods that fit the outcome. */
export function checkCohort(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  const plan = study.cohort
  if (plan === null) {
    for (const name of ['estimands', 'comparisons', 'multiplicity', 'seed'] as const) {
      if (raw[name] === undefined || raw[name] === 'none') continue
      complaints.warn([name], `${name} is set, but analyses names none`, 'name')
    }
    return
  }
  checkComparisons(study, plan, complaints)
  checkEstimands(study, plan, complaints)
  for (const analysis of plan.analyses) checkAnalysis(study, plan, analysis, complaints)
  checkMultiplicity(plan, complaints)
}

function checkComparisons(study: AnalyticStudy, { comparisons }: CohortPlan, complaints: Complaints): void {
  const codes = study.arms.map(({ code }) => code)
  if (comparisons.length === 0) {
    complaints.error(
      ['analyses'],
      'analyses compare arms, and arms names none; name two, one with reference: true',
      'name',
    )
  }
  for (const [i, { arm, reference }] of comparisons.entries()) {
    for (const [side, code] of [
      ['arm', arm],
      ['reference', reference],
    ] as const) {
      if (codes.includes(code)) continue
      complaints.error(
        ['comparisons', i, side],
        `comparisons: ${JSON.stringify(code)} is no arm${suggestion(code, codes)}`,
      )
    }
    if (arm === reference) complaints.error(['comparisons', i], `comparisons: ${arm} is compared with itself`)
  }
}

function checkEstimands(study: AnalyticStudy, { estimands, analyses }: CohortPlan, complaints: Complaints): void {
  const mapped = INTERCURRENT_EVENTS.filter((event) => study.sources.some((source) => givesField(source, event)))
  for (const { name, events } of estimands) {
    if (!analyses.some(({ estimand }) => estimand === name)) {
      complaints.warn(['estimands', name], `estimands.${name} is used by no analysis`, 'name')
    }
    for (const event of mapped.filter((event) => events[event] === undefined)) {
      const says = `a source maps ${event}: name its strategy (treatment-policy keeps the data after it)`
      complaints.error(['estimands', name], `estimands.${name}.events lacks ${event}: ${says}`, 'name')
    }
    for (const event of Object.keys(events)) {
      if (mapped.some((known) => known === event)) continue
      complaints.error(['estimands', name, 'events', event], `estimands.${name}: no source maps ${event}`, 'name')
    }
  }
}

function checkAnalysis(study: AnalyticStudy, plan: CohortPlan, analysis: Analysis, complaints: Complaints): void {
  const at = (...path: string[]): string[] => ['analyses', analysis.name, ...path]
  const says = (text: string): string => `analyses.${analysis.name}: ${text}`
  const { estimand, parameter, outcome, methods, visits } = analysis
  const names = plan.estimands.map(({ name }) => name)
  if (!names.includes(estimand)) {
    const known = names.length === 0 ? '; write it under estimands' : suggestion(estimand, names)
    complaints.error(at('estimand'), says(`${estimand} is no estimand${known}`))
  }
  const codes = computedParameters(study).map(({ code }) => code)
  if (outcome.kind !== 'time' && !codes.includes(parameter)) {
    complaints.error(at('parameter'), says(`${parameter} is not computed by this study${suggestion(parameter, codes)}`))
  }
  if (outcome.kind !== 'time' && visits.length === 0) {
    complaints.error(at(), says('visits is missing, and the study has no primary visit'), 'name')
  }
  if (outcome.kind === 'response' && !study.responders.cuts.includes(outcome.cut)) {
    const known = study.responders.cuts.map((cut) => `RSP${cut}`).join(', ')
    complaints.error(at('outcome'), says(`RSP${outcome.cut} is no responder cut of the study (${known})`))
  }
  for (const method of methods.filter((method) => !methodsOf(outcome).includes(method))) {
    const known = methodsOf(outcome).join(', ')
    complaints.error(at('methods'), says(`${method} does not analyse ${outcomeName(outcome)}; ${known} do`))
  }
  if (outcome.kind === 'time' && analysis.subgroups.length > 0) {
    complaints.error(at('subgroups'), says('subgroups of times to event are not analysed'))
  }
  const fed = Object.entries(SUBJECT_COLUMNS).filter(([, { field }]) =>
    study.sources.some((source) => givesField(source, field)),
  )
  const columns = [...fed.map(([name]) => name), ...study.covariates.map(({ name }) => name)]
  for (const [setting, given, known] of [
    ['adjust', analysis.adjust, columns],
    ['subgroups', analysis.subgroups, [...columns, 'BASE']],
  ] as const) {
    for (const name of given.filter((name) => !known.includes(name))) {
      complaints.error(
        at(setting),
        says(`${name} is no fact about subjects that a source tells${suggestion(name, known)}`),
      )
    }
  }
}

function methodsOf({ kind, ...outcome }: Outcome): readonly CohortMethod[] {
  if (kind === 'time') return TIME_METHODS
  if (kind !== 'value') return RESPONSE_METHODS
  return 'column' in outcome && outcome.column === 'AVAL' ? [...VALUE_METHODS, ...COUNT_METHODS] : VALUE_METHODS
}

function checkMultiplicity({ multiplicity, analyses }: CohortPlan, complaints: Complaints): void {
  if (multiplicity === null) return
  const names = analyses.map(({ name }) => name)
  for (const [i, name] of multiplicity.analyses.entries()) {
    const at = ['multiplicity', 'analyses', i]
    if (!names.includes(name)) complaints.error(at, `multiplicity: ${name} is no analysis${suggestion(name, names)}`)
    if (multiplicity.analyses.indexOf(name) < i) complaints.error(at, `multiplicity names ${name} twice`)
  }
  checkGraph(multiplicity, complaints)
}

function checkGraph({ method, analyses, weights, arrows }: Multiplicity, complaints: Complaints): void {
  const at = (setting: string): string[] => ['multiplicity', setting]
  if (method !== 'GATE') {
    if (weights !== null)
      complaints.error(at('weights'), `multiplicity.weights belongs to GATE, not to ${method}`, 'name')
    if (arrows !== null) complaints.error(at('arrows'), `multiplicity.arrows belongs to GATE, not to ${method}`, 'name')
    return
  }
  const n = analyses.length
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const tooMuch = (values: readonly number[]): boolean => sum(values) > 1 + 1e-9
  if (weights === null || weights.length !== n || tooMuch(weights)) {
    complaints.error(
      at('weights'),
      `multiplicity.weights has one share for each of the ${n} analyses, at most 1 in all`,
    )
  }
  const fits = (row: readonly number[], k: number): boolean => row.length === n && row[k] === 0 && !tooMuch(row)
  if (arrows === null || arrows.length !== n || !arrows.every(fits)) {
    complaints.error(
      at('arrows'),
      `multiplicity.arrows has ${n} rows of ${n} shares, each at most 1 in all, none to itself`,
    )
  }
}
