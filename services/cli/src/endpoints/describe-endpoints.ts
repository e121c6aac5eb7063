import { type Definition, endpointsReference, sapSentence } from '@afferent/metrics'
import { methodsReport } from '@afferent/pipeline'
import { analysesReference, type CohortText, cohortSentence } from '@afferent/statistics'
import { type AnalyticStudy, type Convention, conventionsInForce } from '@afferent/study'
import type { Paint } from '../paint.ts'
import { printable } from '../printable.ts'
import { textTable } from '../text-table.ts'
import type { ChosenEndpoints } from './choose-endpoints.ts'

const BETTER = { 'lower-is-better': 'lower', 'higher-is-better': 'higher', none: '-' } as const

/** The list, or each in full. */
export function describeEndpoints(chosen: ChosenEndpoints, inFull: boolean, paint: Paint): string {
  return inFull ? inDetail(chosen, paint) : asList(chosen)
}

function asList({ definitions, analyses, ofStudy }: ChosenEndpoints): string {
  const parameters = definitions.map((one) => [
    one.code,
    printable(one.label),
    printable(one.unit),
    BETTER[one.direction],
    one.family,
    one.table,
  ])
  const cohort = analyses.map((one) => [one.code, one.label, '-', '-', one.family, 'cohort'])
  const titles = ['code', 'what', 'unit', 'better', 'family', 'table'].map((title) => ({ title }))
  const whose = ofStudy ? 'of this study' : 'in all'
  const counts = `${definitions.length} parameters and ${analyses.length} analyses ${whose}`
  return `${textTable(titles, [...parameters, ...cohort])}\n${counts}; one in full: afferent endpoints ${definitions[0]?.code ?? 'CODE'}\n`
}

function inDetail({ definitions, analyses, study, ofStudy, computed }: ChosenEndpoints, paint: Paint): string {
  const parameters = definitions.map((one) => {
    const note = ofStudy && !computed.has(one.code) ? [['study', 'does not compute it']] : []
    return page(
      one,
      [
        ...note,
        ...linesOf(one),
        ...conventionLines(one.conventions, study, ofStudy),
        protocol(sapSentence(one, study)),
      ],
      paint,
    )
  })
  return [
    ...parameters,
    ...analyses.map((one) =>
      page(
        one,
        [...linesOfAnalysis(one), ...conventionLines(one.conventions, study, ofStudy), protocol(cohortSentence(one))],
        paint,
      ),
    ),
  ].join('\n')
}

function page(
  one: { readonly code: string; readonly label: string },
  lines: readonly string[][],
  paint: Paint,
): string {
  const body = lines.map(([name = '', text = '']) => `  ${name.padEnd(INDENT)}${wrapped(printable(text))}\n`)
  return `${paint('bold', `${one.code}  ${printable(one.label)}`)}\n${body.join('')}`
}

const INDENT = 14
const WIDTH = 100

/** A long text on several lines, those after the first under its beginning. */
function wrapped(text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) as string
    if (line !== '' && line.length + word.length >= WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join(`\n${' '.repeat(INDENT + 2)}`)
}

function linesOf(one: Definition): string[][] {
  return [
    ['definition', one.definition],
    ['formula', one.formula],
    ['unit', one.unit],
    ['better', BETTER[one.direction]],
    ['written to', `${one.table}, ${one.category}`],
    ['window', one.window],
    ['minimum data', one.minimum],
    ['missing data', one.missing],
    ['reasons', one.reasons.join(', ')],
    ...one.criteria.flatMap((text, k) => (text === null ? [] : [[`CRIT${k + 1}`, text]])),
    ['method', one.method],
    ['source', one.source],
    ['mark', one.mark],
    ...(one.flags ?? []).map(({ name, label, definition }) => [`column ${name}`, `${label}: ${definition}`]),
  ]
}

function linesOfAnalysis(one: CohortText): string[][] {
  return [
    ['definition', one.definition],
    ['formula', one.formula],
    ['written to', `cohort, ANALYSIS ${one.analyses.join(', ')}`],
    ...one.stats.map(({ name, says, unit }) => [`STAT ${name}`, `${says} (${unit})`]),
    ['rows', one.window],
    ['minimum data', one.minimum],
    ['missing data', one.missing],
    ['reasons', one.reasons.join(', ') || '-'],
    ['source', one.source],
    ['mark', one.mark],
  ]
}

const protocol = (sentence: string): string[] => ['protocol', sentence]

/** Where no study was named, whether a convention decides anything is not known. */
const conventionLines = (conventions: readonly Convention[], study: AnalyticStudy, ofStudy: boolean): string[][] =>
  toTold(conventions, study).map(({ id, says, value, applies }) => [
    'convention',
    `${id}${value === null ? '' : ` = ${value}`}: ${says}${applies || !ofStudy ? '' : ' (decides nothing in this study)'}`,
  ])

const toTold = (conventions: readonly Convention[], study: AnalyticStudy) =>
  conventions.map(({ id, says, value, applies }) => ({
    id,
    says,
    value: value?.(study) ?? null,
    applies: applies?.(study) !== false,
  }))

/** Everything, for a script; `computed` only where a study was named. */
export function toJson({ definitions, analyses, study, ofStudy, computed }: ChosenEndpoints): object {
  return {
    study: ofStudy ? study.id : null,
    endpoints: definitions.map((one) => ({
      ...one,
      conventions: toTold(one.conventions, study),
      sentence: sapSentence(one, study),
      ...(ofStudy ? { computed: computed.has(one.code) } : {}),
    })),
    analyses: analyses.map((one) => ({
      ...one,
      conventions: toTold(one.conventions, study),
      sentence: cohortSentence(one),
    })),
  }
}

/** ENDPOINTS.md and ANALYSES.md, or methods.md of a study: whole, or of what was asked for. */
export function toMarkdown({ definitions, analyses, study, ofStudy }: ChosenEndpoints): string {
  if (!ofStudy) {
    const pages = [
      ...(definitions.length === 0 ? [] : [endpointsReference(definitions)]),
      ...(analyses.length === 0 ? [] : [analysesReference(study, analyses)]),
    ]
    return pages.join('\n')
  }
  return methodsReport(study, definitions, analyses, conventionsInForce(study, [...definitions, ...analyses]))
}
