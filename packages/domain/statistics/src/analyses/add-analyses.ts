import type { Parameter, ShardResult } from '@afferent/records'
import type { Analysis, AnalyticStudy, CohortMethod, Estimand, Multiplicity } from '@afferent/study'
import type { Arms } from '../arms.ts'
import { fixedSequence } from '../multiplicity/fixed-sequence.ts'
import { gatekeeping } from '../multiplicity/gatekeeping.ts'
import { hochberg } from '../multiplicity/hochberg.ts'
import { holm } from '../multiplicity/holm.ts'
import type { CohortRows, Estimate } from '../rows/cohort-rows.ts'
import { ANSWERS } from '../rows/parameter-sample.ts'
import type { WithRows } from '../rows/rows-by-parameter.ts'
import { type AnalysisContext, addRow } from './analysis-context.ts'
import { addAncovaRows } from './ancova-rows.ts'
import { type CohortSubjects, cohortSubjects } from './cohort-subjects.ts'
import { estimandData } from './estimand-data.ts'
import { addCarriedRows, addImputationRows, addTippingRows } from './imputation-rows.ts'
import { addMmrmRows } from './mmrm-rows.ts'
import { parameterValues } from './parameter-values.ts'
import { addBetaBinomialRows, addCountRows, addLogisticRows } from './ratio-rows.ts'
import { addResponseRows } from './response-rows.ts'
import { addSubgroupRows } from './subgroup-rows.ts'
import { addCoxRows, addKaplanMeierRows, addLogRankRows, type EventTimes, eventTimes } from './time-rows.ts'
import { addTwoSampleRows } from './two-sample-rows.ts'

/** The analyses of the study file: each by each of its methods, for every comparison and visit. */
export function addAnalyses(
  rows: CohortRows,
  study: AnalyticStudy,
  parameters: readonly Parameter[],
  labels: ReadonlyMap<string, ReadonlyMap<number, string>>,
  shards: readonly ShardResult[],
  withRows: WithRows,
  arms: Arms,
): void {
  const { cohort } = study
  if (cohort === null) return
  const subjects = cohortSubjects(study, shards, arms)
  const columnOf = remembered(subjects)
  const main = new Map<string, Estimate>()
  for (const analysis of cohort.analyses) {
    const parameter = parameters.find(({ code }) => code === analysis.parameter)
    const estimand = cohort.estimands.find(({ name }) => name === analysis.estimand) as Estimand
    const isTime = analysis.outcome.kind === 'time'
    const known = labels.get(analysis.parameter) ?? new Map<number, string>()
    const lowerIsBetter =
      parameter === undefined || parameter.direction === 'none' ? null : parameter.direction === 'lower-is-better'
    const visits = isTime ? [] : [...known.keys()].filter((visit) => visit > 0).sort((a, b) => a - b)
    const answer = parameter === undefined ? 'AVALC' : answerColumn(analysis, parameter, study)
    const values = parameterValues(analysis.parameter, visits, answer, withRows([analysis.parameter]), subjects)
    const context: AnalysisContext = {
      rows,
      seed: cohort.seed,
      analysis,
      estimand,
      comparisons: cohort.comparisons,
      data: estimandData(estimand, analysis, lowerIsBetter, values, subjects),
      lowerIsBetter,
      arms: { names: arms.names, placeOf: (code) => arms.placesOf([code])[0] as number },
      labelOf: (visit) => known.get(visit) ?? String(visit),
      columnOf,
    }
    const missing = whatIsMissing(analysis, parameter, visits)
    const times = isTime ? eventTimes(analysis.parameter, shards, subjects) : NO_TIMES
    const from = rows.count
    for (const method of analysis.methods) {
      if (missing === null) WRITERS[method](context, times)
      else addRow(context, { ANALYSIS: method, STAT: 'N', METHOD: method, REASON: missing }, [], 0)
    }
    const found = mainRow(rows.from(from), analysis, context.labelOf)
    if (found !== null) main.set(analysis.name, found)
    if (missing === null) addSubgroupRows(context)
  }
  if (cohort.multiplicity !== null) adjust(rows, cohort.multiplicity, main)
}

const NO_TIMES: EventTimes = { days: new Float64Array(0), happened: new Uint8Array(0) }

/** Why an analysis has no data at all, or null. */
function whatIsMissing(
  { parameter: code, outcome, visits }: Analysis,
  parameter: Parameter | undefined,
  scheduled: readonly number[],
): string | null {
  if (parameter === undefined) return `the study computes no ${code}`
  if ((outcome.kind === 'time') !== (parameter.table === 'adtte')) {
    return outcome.kind === 'time' ? `${code} is no time to event` : `${code} is a time to event: outcome TIME`
  }
  const never = visits.find((visit) => !scheduled.includes(visit))
  return never === undefined || outcome.kind === 'time' ? null : `${code} has no visit ${never}`
}

function remembered({ columnOf }: CohortSubjects): CohortSubjects['columnOf'] {
  const known = new Map<string, ReturnType<typeof columnOf>>()
  return (name) => {
    const found = known.get(name) ?? columnOf(name)
    known.set(name, found)
    return found
  }
}

/** The yes/no column an outcome is about; of a value any. */
function answerColumn({ outcome }: Analysis, parameter: Parameter, study: AnalyticStudy): string {
  if (outcome.kind !== 'response') return 'AVALC'
  const cuts = parameter.cuts ?? study.responders.cuts
  return ANSWERS[cuts.indexOf(outcome.cut)] ?? 'AVALC'
}

const WRITERS: Record<CohortMethod, (context: AnalysisContext, times: EventTimes) => void> = {
  TTEST: (context) => addTwoSampleRows(context, 'TTEST'),
  WELCH: (context) => addTwoSampleRows(context, 'WELCH'),
  HL: (context) => addTwoSampleRows(context, 'HL'),
  BOOT: (context) => addTwoSampleRows(context, 'BOOT'),
  ANCOVA: addAncovaRows,
  MMRM: addMmrmRows,
  LOCF: (context) => addCarriedRows(context, 'LOCF'),
  BOCF: (context) => addCarriedRows(context, 'BOCF'),
  MI: (context) => addImputationRows(context, 'MI'),
  J2R: (context) => addImputationRows(context, 'J2R'),
  CIR: (context) => addImputationRows(context, 'CIR'),
  CR: (context) => addImputationRows(context, 'CR'),
  TIP: addTippingRows,
  NEWC: (context) => addResponseRows(context, 'NEWC'),
  MN: (context) => addResponseRows(context, 'MN'),
  RR: (context) => addResponseRows(context, 'RR'),
  OR: (context) => addResponseRows(context, 'OR'),
  NNT: (context) => addResponseRows(context, 'NNT'),
  CMH: (context) => addResponseRows(context, 'CMH'),
  LOGIT: addLogisticRows,
  NEGBIN: (context) => addCountRows(context, 'NEGBIN'),
  POISSON: (context) => addCountRows(context, 'POISSON'),
  BETABIN: addBetaBinomialRows,
  KM: addKaplanMeierRows,
  LOGRANK: addLogRankRows,
  COX: addCoxRows,
}

/** The row whose p stands for an analysis: of its first method, last visit and first comparison. */
function mainRow(added: readonly Estimate[], analysis: Analysis, labelOf: (visit: number) => string): Estimate | null {
  const last = analysis.visits.at(-1)
  return (
    added.find(
      ({ ANALYSIS, REFARM, AVISIT, PVALUE }) =>
        ANALYSIS === analysis.methods[0] &&
        REFARM !== undefined &&
        PVALUE !== undefined &&
        (last === undefined || AVISIT === labelOf(last)),
    ) ?? null
  )
}

/** PADJ of the main rows of the analyses named, in their order. */
function adjust(
  rows: CohortRows,
  { method, analyses, weights, arrows }: Multiplicity,
  main: ReadonlyMap<string, Estimate>,
): void {
  const found = analyses.map((name) => main.get(name))
  const values = found.map((row) => row?.PVALUE ?? null)
  if (method === 'FIXSEQ') {
    let highest = 0
    fixedSequence(values).forEach((tested, k) => {
      highest = Math.max(highest, values[k] ?? 0)
      const row = found[k]
      if (row === undefined) return
      if (tested === 'not tested')
        rows.amend(row, { REASON: 'not tested: an earlier hypothesis of the sequence was not rejected' })
      else rows.amend(row, { PADJ: highest })
    })
    return
  }
  const graph = method === 'GATE' ? gatekeeping(values, weights ?? [], arrows ?? []) : null
  if (graph !== null && 'reason' in graph)
    throw new Error(`the graph of hypotheses was checked before: ${graph.reason}`)
  const adjusted = graph ?? (method === 'HOLM' ? holm(values) : hochberg(values))
  found.forEach((row, k) => {
    if (row !== undefined) rows.amend(row, { PADJ: adjusted[k] ?? null })
  })
}
