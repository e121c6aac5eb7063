import { stringify } from 'yaml'
import type { Multiplicity } from './cohort-plan.ts'
import { standardAnalyte } from './laboratory/analytes.ts'
import { outcomeName } from './parse/resolve-cohort.ts'
import { knownInstrument, scoreNamed } from './questionnaires/scores.ts'
import type { RawStudy } from './settings/settings.ts'
import type { CsvOptions, FieldMapping, Source } from './source.ts'
import type { IndividualFamily, Study, ValueParameter, Window } from './study.ts'

/**
 * The study file with every default spelled out: written beside the results. Parsed again it is the same study, and written
 * again the same text.
 */
export function effectiveYaml(study: Study): string {
  const header =
    '# Effective study file: every default spelled out. A study.yaml may say less; this one parses as well.\n'
  return (
    header + stringify(rawForm(study), { lineWidth: 120, defaultStringType: 'PLAIN', aliasDuplicateObjects: false })
  )
}

/** `none` and `auto` stand where the study has no value: a setting left out would be filled from the preset. */
const orNone = <T>(value: T | null): T | 'none' => value ?? 'none'
const orAuto = <T>(value: T | null): T | 'auto' => value ?? 'auto'
/** Settings that are simply left out where there is no value. */
const given = <K extends string, T>(key: K, value: T | null): { [P in K]?: T } =>
  value === null ? {} : ({ [key]: value } as { [P in K]?: T })

function rawForm({ analytic, operational }: Study): Record<Exclude<keyof RawStudy, CohortSetting>, unknown> {
  return {
    schemaVersion: analytic.schemaVersion,
    study: analytic.id,
    ...(given('title', analytic.title) as { title: unknown }),
    ...(given('preset', analytic.preset) as { preset: unknown }),
    condition: analytic.condition,
    timezone: orNone(analytic.timezone),
    calendar: analytic.calendar,
    dataCut: orNone(analytic.dataCut),
    uploads: analytic.uploads,
    arms: Object.fromEntries(analytic.arms.map(({ code, name, reference }) => [code, { name, reference }])),
    blinded: analytic.blinded,
    diary: analytic.diary,
    periods: periodsForm(analytic.periods),
    weeks: {
      baseline: windowForm(analytic.weeks.baseline),
      minObserved: analytic.weeks.minObserved,
      count: orAuto(analytic.weeks.count),
    },
    visits: {
      baseline: windowForm(analytic.visits.baseline),
      windows: orAuto(analytic.visits.windows),
      choose: analytic.visits.choose,
    },
    headache: analytic.headache === null ? 'none' : headacheForm(analytic.headache),
    pain: orNone(analytic.pain),
    acute: orNone(analytic.acute),
    cluster: orNone(analytic.cluster),
    individual: analytic.individual === null ? 'none' : individualForm(analytic.individual),
    flags: analytic.flags.length === 0 ? 'none' : analytic.flags,
    adherence: orNone(adherenceForm(analytic.adherence)),
    safety: orNone(analytic.safety),
    questionnaires: orNone(questionnairesForm(analytic)),
    mood: orNone(analytic.mood),
    fibromyalgia: orNone(fibromyalgiaForm(analytic)),
    laboratory: orNone(laboratoryForm(analytic)),
    autonomic: orNone(analytic.autonomic),
    responders: analytic.responders,
    primary: orNone(analytic.primary),
    ...cohortForm(analytic.cohort),
    sources: sourcesForm(analytic),
    schedule: orNone(operational.schedule),
    analysis: {
      debounceSeconds: operational.debounceSeconds,
      maxWaitSeconds: operational.maxWaitSeconds,
      keepRuns: operational.keepRuns,
      outputs: operational.outputs,
    },
  }
}

type CohortSetting = 'seed' | 'comparisons' | 'estimands' | 'analyses' | 'multiplicity'

/** A study without analyses writes none of their settings. */
function cohortForm(cohort: Study['analytic']['cohort']) {
  if (cohort === null) return {}
  const named = <T extends { readonly name: string }, U>(list: readonly T[], form: (one: Omit<T, 'name'>) => U) =>
    Object.fromEntries(list.map(({ name, ...rest }) => [name, form(rest)]))
  return {
    seed: cohort.seed,
    comparisons: cohort.comparisons,
    estimands: named(cohort.estimands, (one) => one),
    analyses: named(cohort.analyses, ({ visits, outcome, ...one }) => ({
      ...one,
      ...(visits.length === 0 ? {} : { visits }),
      outcome: outcomeName(outcome),
    })),
    multiplicity: cohort.multiplicity === null ? 'none' : multiplicityForm(cohort.multiplicity),
  }
}

const multiplicityForm = ({ method, analyses, weights, arrows }: Multiplicity) => ({
  method,
  analyses,
  ...given('weights', weights),
  ...given('arrows', arrows),
})

const windowForm = ({ from, to, label }: Window) => ({ from, to, label })

const headacheForm = (family: NonNullable<Study['analytic']['headache']>) => ({
  ...family,
  overuseOther: orNone(family.overuseOther),
})

const individualForm = ({ parameters, series, reliableChange, randomisation }: IndividualFamily) => ({
  ...given('parameters', parameters.length === 0 ? null : parameters),
  ...given('series', series.length === 0 ? null : series),
  reliableChange,
  randomisation: orNone(randomisation),
})
function adherenceForm(family: Study['analytic']['adherence']) {
  if (family === null) return null
  const { sessionsPerDay, sessionMinutes } = family
  return { ...family, sessionsPerDay: orAuto(sessionsPerDay), sessionMinutes: orNone(sessionMinutes) }
}

function periodsForm(periods: Study['analytic']['periods']) {
  return {
    lengthDays: periods.lengthDays,
    baseline: { ...windowForm(periods.baseline), minObserved: periods.baselineMinObserved },
    missing: periods.missing,
    minObserved: orAuto(periods.minObserved),
    count: orAuto(periods.count),
    windows: orAuto(periods.windows),
    pooledMinObservedFraction: periods.pooledMinObservedFraction,
  }
}

/** A parameter is described in the first source that holds it, together with that source's columns; later ones give columns. */
function sourcesForm(analytic: Study['analytic']): unknown[] {
  const described = new Set<string>()
  const home = (code: string): boolean => !described.has(code) && described.add(code).size > 0
  const parameters = analytic.values?.parameters ?? []
  return analytic.sources.map((source) => ({
    name: source.name,
    files: source.files,
    format: source.format,
    layout: source.layout,
    ...csvForm(source.csv),
    missing: source.missing,
    dateOrder: orAuto(source.dateOrder),
    dayZero: source.dayZero,
    ignore: source.ignore[0] === '*' ? '*' : source.ignore,
    ...columnsForm(source, analytic.covariates),
    ...given('values', source.layout === 'visits' ? valuesForm(source, parameters, home) : null),
    ...given('days', source.layout === 'days-wide' ? daysForm(source) : null),
    ...given('items', source.layout === 'assessments' ? itemsForm(source) : null),
    ...given('totals', source.layout === 'assessments' ? totalsForm(source) : null),
    ...given('results', source.results.length === 0 ? null : resultsForm(source)),
    ...given('followUps', source.layout === 'attacks' ? followUpsForm(source) : null),
    ...given('products', Object.keys(source.products).length === 0 ? null : source.products),
  }))
}

const DELIMITER_WORDS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const

function csvForm(csv: CsvOptions) {
  return {
    delimiter: csv.delimiter === null ? 'auto' : DELIMITER_WORDS[csv.delimiter],
    encoding: orAuto(csv.encoding),
    decimal: csv.decimal === null ? 'auto' : csv.decimal === '.' ? 'point' : 'comma',
    headerLine: orAuto(csv.headerLine),
    skipAfterHeader: csv.skipAfterHeader,
  }
}

function mappingForm(mapping: FieldMapping) {
  return {
    ...given('column', mapping.column),
    ...given('constant', mapping.constant),
    ...given('fileName', mapping.fileName),
    ...given('values', mapping.values),
    ...given('unit', mapping.unit),
    ...given('missingWhenEmpty', mapping.missingWhenEmpty),
    ...given('parameter', mapping.field === 'value' ? mapping.name : null),
  }
}

function columnsForm(source: Source, covariates: Study['analytic']['covariates']) {
  const columns: Record<string, unknown> = {}
  const facts: Record<string, unknown> = {}
  for (const mapping of source.fields) {
    const form = mappingForm(mapping)
    if (mapping.field === 'covariate') {
      const known = covariates.find(({ name }) => name === mapping.name)
      facts[mapping.name as string] = { ...form, label: known?.label, type: known?.type }
    } else if (mapping.field in columns) {
      const before = columns[mapping.field]
      columns[mapping.field] = Array.isArray(before) ? [...before, form] : [before, form]
    } else columns[mapping.field] = form
  }
  return { columns, ...given('covariates', Object.keys(facts).length === 0 ? null : facts) }
}

function valuesForm(source: Source, parameters: readonly ValueParameter[], home: (code: string) => boolean) {
  const forms = parameters.flatMap((parameter) => {
    const own = source.wide.filter((wide) => wide.parameter === parameter.code)
    const here = home(parameter.code)
    if (!here && own.length === 0) return []
    const visits = parameter.visits.map(({ visit, label, days }) => {
      const column = own.find((wide) => wide.visit === visit)
      const place = {
        ...given('column', column?.column ?? null),
        ...given('missingWhenEmpty', column?.missingWhenEmpty ?? null),
      }
      return [String(visit), { ...place, label, ...given('days', days) }] as const
    })
    return [[parameter.code, { ...(here ? factsForm(parameter) : {}), visits: Object.fromEntries(visits) }] as const]
  })
  return forms.length === 0 ? null : Object.fromEntries(forms)
}

function factsForm(parameter: ValueParameter) {
  return {
    label: parameter.label,
    unit: parameter.unit,
    direction: parameter.direction,
    range: parameter.range.map(orNone),
    perDays: orNone(parameter.perDays),
    pooled: parameter.pooled,
  }
}

function daysForm(source: Source) {
  const forms: Record<string, { columns: Record<string, string> }> = {}
  for (const { field, column, day, values, unit } of source.days) {
    const form = forms[field] ?? { columns: {}, ...given('values', values), ...given('unit', unit) }
    form.columns[day] = column
    forms[field] = form
  }
  return forms
}

function questionnairesForm({ questionnaires }: Study['analytic']) {
  if (questionnaires === null) return null
  return Object.fromEntries(
    questionnaires.instruments.map(({ code, licence, version, choices, table, scores, thresholds }) => [
      code,
      {
        licence,
        ...given('version', version),
        ...choices,
        ...given('table', table),
        scores,
        thresholds: Object.fromEntries(
          knownInstrument(code).scores.map((score) => [score.code, orNone(thresholds[score.code] ?? null)]),
        ),
      },
    ]),
  )
}

function laboratoryForm({ laboratory }: Study['analytic']) {
  if (laboratory === null) return null
  const analytes = laboratory.analytes.map(({ code, label, unit, direction }) => [
    code,
    standardAnalyte(code) === undefined ? { label, unit, direction } : {},
  ])
  return { blq: laboratory.blq, analytes: Object.fromEntries(analytes) }
}

function resultsForm({ results }: Source) {
  return Object.fromEntries(
    results.map(({ analyte, column, unit, lloq, uloq, values }) => [
      analyte,
      {
        ...given('column', column),
        ...given('unit', unit),
        ...given('lloq', lloq),
        ...given('uloq', uloq),
        ...given('values', values),
      },
    ]),
  )
}

function fibromyalgiaForm({ fibromyalgia }: Study['analytic']) {
  if (fibromyalgia === null) return null
  return Object.fromEntries(Object.entries(fibromyalgia).map(([domain, code]) => [domain, orNone(code)]))
}

const isTotal = ({ item }: Source['cells'][number]): boolean => item !== null && scoreNamed(item) !== undefined

function itemsForm(source: Source) {
  const forms: Record<string, { columns: Record<string, string> }> = {}
  for (const { name, item, column, values, ...cell } of source.cells) {
    if (name === null || item === null || isTotal({ name, item, column, values, ...cell })) continue
    const form = forms[name] ?? { columns: {}, ...given('values', values) }
    form.columns[item] = column
    forms[name] = form
  }
  return Object.keys(forms).length === 0 ? null : forms
}

function totalsForm(source: Source) {
  const totals = source.cells.filter(isTotal).map(({ item, column }) => [item, column])
  return totals.length === 0 ? null : Object.fromEntries(totals)
}
function followUpsForm({ cells }: Source) {
  const forms: Record<string, Record<string, unknown>> = {}
  for (const { field, column, at, values, unit, missingWhenEmpty } of cells) {
    const form = {
      column,
      ...given('values', values),
      ...given('unit', unit),
      ...given('missingWhenEmpty', missingWhenEmpty),
    }
    forms[at] = { ...forms[at], [field]: form }
  }
  return Object.keys(forms).length === 0 ? null : forms
}
