import { type AnalyticStudy, markdownTable } from '@afferent/study'
import { type CohortText, cohortTexts } from './cohort-definitions.ts'

/** ANALYSES.md: every analysis of the table `cohort`, or some, made from its definitions. */
export function analysesReference(study: AnalyticStudy, analyses: readonly CohortText[] = cohortTexts(study)): string {
  return [
    '# Analyses of the cohort',
    '',
    'Made from the definitions in `src/definitions`; a test keeps it up to date. An analysis is added by a file there and a line',
    'in `cohort-definitions.ts`.',
    '',
    ...analyses.flatMap(describe),
  ].join('\n')
}

function describe(one: CohortText): string[] {
  return [
    `## ${one.code}: ${one.label}`,
    '',
    `- is: ${one.definition}`,
    `- ANALYSIS: ${one.analyses.join(', ')}`,
    `- formula: ${one.formula}`,
    `- rows: ${one.window}`,
    `- minimum data: ${one.minimum}`,
    `- missing: ${one.missing}`,
    `- reasons without an estimate: ${one.reasons.join(', ') || 'none'}`,
    `- source: ${one.source}`,
    `- mark: ${one.mark}`,
    ...one.conventions.map(({ id, says }) => `- convention ${id}: ${says}`),
    '',
    ...markdownTable(
      ['STAT', 'ESTIMATE is', 'unit'],
      one.stats.map(({ name, says, unit }) => [`\`${name}\``, says, unit]),
    ),
    '',
  ]
}
