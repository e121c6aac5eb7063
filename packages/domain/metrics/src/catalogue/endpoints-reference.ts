import { conventionsInForce, markdownTable } from '@afferent/study'
import { catalogueOf, type Definition } from './definition.ts'
import { usualStudy } from './usual-study.ts'

const DIRECTIONS = { 'lower-is-better': 'lower', 'higher-is-better': 'higher', none: '-' } as const

/** ENDPOINTS.md: every parameter that can be computed, or some, and their project conventions, made from the catalogue. */
export function endpointsReference(definitions: readonly Definition[] = catalogueOf(usualStudy())): string {
  const study = usualStudy()
  const families = [...new Set(definitions.map(({ family }) => family))].sort()
  const everywhere = definitions.map(({ code, conventions }) => ({
    code,
    conventions: conventions.map(({ applies: _, ...convention }) => convention),
  }))
  const conventions = conventionsInForce(study, everywhere).map(({ id, says, value, parameters }) => [
    `\`${id}\``,
    says,
    value ?? '-',
    parameters.join(' '),
  ])
  return [
    '# Endpoints',
    '',
    'Made from the catalogue in `src/catalogue` and `src/families`; a test keeps it up to date. Numbers that a study file can',
    'set stand here as usual (preset `migraine-prevention`); `afferent endpoints CODE --study study.yaml` shows those of a study.',
    'Marks: [C n] wording or numbers read in source n of the endpoint definitions, [L] from the literature named, [P] a',
    'project convention, `-` none.',
    '',
    ...markdownTable(['code', 'parameter', 'unit', 'better', 'table', 'family'], definitions.map(toRow)),
    '',
    ...families.flatMap((family) => [
      `## ${family}`,
      '',
      ...definitions.filter((one) => one.family === family).flatMap(describe),
    ]),
    '## Project conventions',
    '',
    'Where the field has no single rule. A study lists those that decide its numbers in `manifest.json` and `methods.md`.',
    '',
    ...markdownTable(['id', 'rule', 'usual value', 'parameters'], conventions),
    '',
  ].join('\n')
}

const toRow = ({ code, label, unit, direction, table, family }: Definition): string[] => [
  `\`${code}\``,
  label,
  unit,
  DIRECTIONS[direction],
  table,
  family,
]

function describe(definition: Definition): string[] {
  const { code, label, conventions, flags = [] } = definition
  return [
    `### ${code}: ${label}`,
    '',
    `- is: ${definition.definition}`,
    `- formula: ${definition.formula}`,
    `- window: ${definition.window}`,
    `- minimum data: ${definition.minimum}`,
    `- missing: ${definition.missing}`,
    `- reasons without a value: ${definition.reasons.join(', ') || 'none, no row is without one'}`,
    `- source: ${definition.source}`,
    `- mark: ${definition.mark}`,
    ...(conventions.length === 0 ? [] : [`- conventions: ${conventions.map(({ id }) => id).join(', ')}`]),
    ...flags.map(({ name, label: says, definition: holds }) => `- column ${name}: ${says}: ${holds}`),
    '',
  ]
}
