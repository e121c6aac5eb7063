import { type Definition, sapSentence } from '@afferent/metrics'
import { type CohortText, cohortSentence } from '@afferent/statistics'
import { type AnalyticStudy, type ConventionInForce, markdownTable } from '@afferent/study'

/**
 * methods.md of a run: each parameter in the words of a statistical analysis plan, and the project conventions that decide its
 * numbers, so that they can be put into the protocol. It follows from the study file alone: the same study, the same bytes.
 */
export function methodsReport(
  study: AnalyticStudy,
  definitions: readonly Definition[],
  analyses: readonly CohortText[],
  conventions: readonly ConventionInForce[],
): string {
  const rows = conventions.map(({ id, says, value, parameters }) => [
    `\`${id}\``,
    says,
    plain(value ?? '-'),
    parameters.join(' '),
  ])
  return [
    `# Methods of study ${study.id}`,
    '',
    `${definitions.length} parameters, ${analyses.length} analyses of the cohort, ${conventions.length} project conventions. All settings: study.effective.yaml.`,
    '',
    '## Project conventions',
    '',
    'Where the field has no single rule, these of the project decide the numbers of this study. Put them into the protocol.',
    '',
    ...markdownTable(['id', 'rule', 'value', 'parameters'], rows),
    '',
    '## Parameters',
    '',
    ...definitions.flatMap((one) => [`### ${one.code}: ${plain(one.label)}`, '', plain(sapSentence(one, study)), '']),
    '## Analyses of the cohort',
    '',
    ...analyses.flatMap((one) => [`### ${one.code}: ${one.label}`, '', cohortSentence(one), '']),
  ].join('\n')
}

/** Labels of the study file are free text: they stay on their line and are no markup. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('<', '&lt;')
