import type { Parameter, ShardResult } from '@afferent/records'
import type { Analysis, AnalyticStudy, CohortMethod, Estimand } from '@afferent/study'
import type { Arms } from '../arms.ts'
import type { CohortRows } from '../cohort-rows.ts'
import { ANSWERS } from '../parameter-sample.ts'
import type { RowsByParameter } from '../rows-by-parameter.ts'
import type { AnalysisContext } from './analysis-context.ts'
import { addAncovaRows } from './ancova-rows.ts'
import { type CohortSubjects, cohortSubjects } from './cohort-subjects.ts'
import { estimandData } from './estimand-data.ts'
import { addCarriedRows, addImputationRows, addTippingRows } from './imputation-rows.ts'
import { addMmrmRows } from './mmrm-rows.ts'
import { parameterValues } from './parameter-values.ts'
import { addCountRows, addLogisticRows } from './ratio-rows.ts'
import { addResponseRows } from './response-rows.ts'

/** The analyses of the study file: each by each of its methods, for every comparison and visit. */
export function addAnalyses(
  rows: CohortRows,
  study: AnalyticStudy,
  parameters: readonly Parameter[],
  labels: ReadonlyMap<string, ReadonlyMap<number, string>>,
  shards: readonly ShardResult[],
  byParameter: readonly RowsByParameter[],
  arms: Arms,
): void {
  const { cohort } = study
  if (cohort === null) return
  const subjects = cohortSubjects(study, shards, arms)
  for (const analysis of cohort.analyses) {
    const parameter = parameters.find(({ code }) => code === analysis.parameter)
    const known = labels.get(analysis.parameter)
    const estimand = cohort.estimands.find(({ name }) => name === analysis.estimand) as Estimand
    if (parameter === undefined || known === undefined) continue
    const lowerIsBetter = parameter.direction === 'none' ? null : parameter.direction === 'lower-is-better'
    const visits = [...known.keys()].filter((visit) => visit > 0).sort((a, b) => a - b)
    const answer = answerColumn(analysis, parameter, study)
    const values = parameterValues(analysis.parameter, visits, answer, shards, byParameter, subjects)
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
      columnOf: remembered(subjects),
    }
    for (const method of analysis.methods) WRITERS[method]?.(context)
  }
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

const WRITERS: Partial<Record<CohortMethod, (context: AnalysisContext) => void>> = {
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
}
