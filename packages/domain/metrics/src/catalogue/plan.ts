import { compareBytes, type Parameter, type StudyFacts } from '@afferent/records'
import { type AnalyticStudy, zone } from '@afferent/study'
import { dayStudyOf } from '../days/any-headache.ts'
import { makeDayJudge } from '../days/judge-days.ts'
import { sorted } from '../rows/columns.ts'
import { type EffectTexts, IMPACT, NO_YES } from '../rows/effect-rows.ts'
import { flagsOf } from '../rows/row-flags.ts'
import { clusterSchedules } from '../windows/cluster-schedule.ts'
import { periodSchedule, visitSchedule, weekSchedule } from '../windows/schedule.ts'
import { entriesFor } from './catalogue.ts'
import type { CatalogueEntry, Plan, Planned } from './entry.ts'
import { type Inputs, inputsOf } from './inputs.ts'

export function planOf(given: AnalyticStudy, facts: StudyFacts): Plan {
  const study = withVisitsInOrder(given)
  const inputs = inputsOf(study)
  const found = [...plannedEntries(study, inputs), ...plannedValues(study)].sort((a, b) => compareBytes(a.code, b.code))
  const codes = (table: Parameter['table']): string[] =>
    found.filter((planned) => planned.table === table).map((planned) => planned.code)
  const cluster = clusterSchedules(study, facts)
  const effectCodes = codes('adeff')
  const eventCodes = codes('adtte')
  return {
    study,
    facts,
    inputs,
    periods: periodSchedule(study, facts),
    weeks: weekSchedule(study, facts),
    visits: visitSchedule(study, facts),
    cluster,
    judge: makeDayJudge(dayStudyOf(study, cluster), inputs),
    zone: study.timezone === null ? null : zone(study.timezone),
    planned: found.map((planned) => ({
      ...planned,
      place: (planned.table === 'adeff' ? effectCodes : eventCodes).indexOf(planned.code),
    })),
    effectCodes,
    texts: textsOf(study, found, effectCodes, facts),
    cuts: cutsOf(found, study),
    eventCodes,
  }
}

function withVisitsInOrder(study: AnalyticStudy): AnalyticStudy {
  if (study.values === null) return study
  const parameters = study.values.parameters.map((parameter) => ({
    ...parameter,
    visits: [...parameter.visits].sort((a, b) => a.visit - b.visit),
  }))
  return { ...study, values: { parameters } }
}

function plannedEntries(study: AnalyticStudy, inputs: Inputs): Planned[] {
  return entriesFor(study)
    .flatMap((entry) => entry.variants?.(study) ?? [entry])
    .filter((entry) => isConfigured(entry, study, inputs) && entry.exists(inputs, study))
    .map((entry) => ({
      code: entry.code,
      place: 0,
      table: entry.table,
      entry,
      value: null,
      never: entry.never(inputs, study),
    }))
}

const entriesOf = (found: readonly Planned[]): CatalogueEntry[] => found.flatMap(({ entry }) => entry ?? [])

function textsOf(
  study: AnalyticStudy,
  found: readonly Planned[],
  codes: readonly string[],
  facts: StudyFacts,
): EffectTexts {
  const entries = entriesOf(found)
  const points = entries.flatMap(({ compute }) => (compute.kind === 'points' ? [compute] : []))
  const flags = entries.flatMap((entry) => flagsOf(entry, study))
  const names = sorted(flags.map(({ name }) => name))
  const wordsOf = (name: string): string[] => flags.flatMap((flag) => (flag.name === name ? flag.words : []))
  return {
    codes,
    phases: facts.phases,
    treatments: facts.treatments,
    words: sorted([...NO_YES, ...points.flatMap(({ words }) => words ?? [])]),
    categories: sorted([...IMPACT, ...points.flatMap(({ categories }) => categories ?? [])]),
    flags: Object.fromEntries(names.map((name) => [name, sorted(wordsOf(name))])),
  }
}

const cutsOf = (found: readonly Planned[], { responders }: AnalyticStudy): number =>
  entriesOf(found).reduce(
    (most, { compute }) => Math.max(most, compute.kind === 'points' ? (compute.cuts?.length ?? 0) : 0),
    responders.cuts.length,
  )

/**
 * R-METH: a family exists when the study file names its preset. Diary completeness belongs to either diary family; families
 * beyond the diary say themselves when they exist.
 */
function isConfigured(entry: CatalogueEntry, study: AnalyticStudy, inputs: Inputs): boolean {
  const headache = study.headache !== null && (inputs.forms || inputs.episodes || inputs.medication !== 0)
  switch (entry.family) {
    case 'headache':
    case 'medication':
      return headache
    case 'pain':
      return study.pain !== null
    case 'diary':
      return headache || inputs.pain.length > 0
    default:
      return true
  }
}

function plannedValues(study: AnalyticStudy): Planned[] {
  return (study.values?.parameters ?? []).flatMap((parameter, index) =>
    (parameter.pooled ? [false, true] : [false]).map((pooled) => ({
      code: pooled ? `${parameter.code}P` : parameter.code,
      place: 0,
      table: 'adeff' as const,
      entry: null,
      value: { parameter, index, pooled },
      never: null,
    })),
  )
}
