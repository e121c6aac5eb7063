import { openAnalysis } from '../analysis/open-analysis.ts'
import { readFiles } from '../analysis/read-files.ts'
import { readStudy } from '../analysis/read-study.ts'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'

/** From a number back through windows and days to the lines of the files it came from. */
export const explainCommand: CommandDefinition = {
  name: 'explain',
  says: 'show how one number came about, down to the lines of the exports',
  arguments: [
    { name: '<subject>', says: 'id of the subject, as in the export or as USUBJID' },
    { name: '<paramcd>', says: 'parameter: MHD, PNAVGW, ...' },
    { name: '<file...>', says: 'exports' },
  ],
  options: [
    { flags: '--study <file>', says: 'the study file', needed: true },
    { flags: '--visit <n>', says: 'one AVISITN; without it all visits' },
  ],
  examples: [
    ['explain P017 MHD diary.csv --study study.yaml', 'all visits of one subject'],
    ['explain P017 MHD diary.csv --study study.yaml --visit 1', 'one period, day by day'],
    ['explain P017 MHD diary.csv --study study.yaml --json', 'the same for a script'],
  ],
  async run(context, given) {
    const study = await readStudy(context, given.needed('study'))
    const files = await readFiles(context, given.list('file'))
    const ports = await openAnalysis(context, given, files)
    const { explain } = await import('@afferent/pipeline')
    const visit = given.number('visit', { min: -32_768, max: 32_767, whole: true }) ?? null
    const subject = given.needed('subject')
    const parameter = given.needed('paramcd')
    const outcome = await explain(files, study, { subject, parameter, visit }, ports)
    ports.end()
    if (outcome.kind === 'unknown-subject') {
      throw new CommandError(EXIT.nothing, 'subject-unknown', `no usable record of subject ${subject}`, {
        remedy: `subjects here: ${outcome.like.join(', ')}, ...`,
      })
    }
    if (outcome.kind === 'unknown-parameter') {
      throw new CommandError(EXIT.usage, 'parameter-unknown', `this study does not compute ${parameter}`, {
        remedy: `it computes ${outcome.known.join(', ')}`,
      })
    }
    const { explanations, sourcesOf } = outcome.explained
    if (explanations.length === 0) {
      throw new CommandError(EXIT.nothing, 'visit-unknown', `${parameter} of ${subject} has no row at visit ${visit}`)
    }
    const { describeExplanation, toJson } = await import('../explain/describe-explanation.ts')
    context.result({ explanations: explanations.map((one) => toJson(one, sourcesOf)) }, () =>
      explanations.map((one) => describeExplanation(one, sourcesOf, visit !== null, context.paint)).join('\n'),
    )
    return EXIT.ok
  },
}
