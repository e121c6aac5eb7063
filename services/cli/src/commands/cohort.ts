import { openAnalysis, THREADS_OPTION } from '../analysis/open-analysis.ts'
import { readGiven } from '../analysis/read-given.ts'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION } from '../installation/open-installation.ts'

/** What the analyses of a study file say, as tables and sentences; nothing is written. */
export const cohortCommand: CommandDefinition = {
  name: 'cohort',
  says: 'compare arms: the analyses of the study file as tables and sentences',
  arguments: [{ name: '[file...]', says: 'exports, with --study' }],
  options: [
    { flags: '--study <file>', says: 'the study file, with analyses' },
    { flags: '--run <id>', says: 'a run of the installation, in place of exports and study file' },
    THREADS_OPTION,
    DATA_OPTION,
  ],
  examples: [
    ['cohort diary.csv --study study.yaml', 'every analysis of the study file'],
    ['cohort --run 3f2a91bc0d11', 'of the exports of a published run'],
    ['cohort diary.csv --study study.yaml --json', 'the same for a script'],
  ],
  async run(context, given) {
    const { study, files } = await readGiven(context, given, 'cohort')
    if (study.analytic.blinded) {
      throw new CommandError(EXIT.nothing, 'blinded', 'the study is blinded: arms are not compared', {
        remedy: 'blinded: false in the study file, once the database is locked',
      })
    }
    if (study.analytic.cohort === null) {
      throw new CommandError(EXIT.nothing, 'no-analyses', 'the study file asks for no analyses of the cohort', {
        remedy: 'write estimands and analyses: packages/domain/study/SETTINGS.md',
      })
    }
    const ports = await openAnalysis(context, given, files)
    const [{ analyze, cohortOf }, { analysisResults }, { describeAnalyses }] = await Promise.all([
      import('@afferent/pipeline'),
      import('@afferent/results'),
      import('../cohort/describe-analyses.ts'),
    ])
    const analysis = await analyze(files, study, ports)
    ports.end()
    const results = analysisResults(cohortOf(analysis, study))
    context.result({ study: study.analytic.id, results }, () => describeAnalyses(results, context.paint))
    return results.length === 0 ? EXIT.nothing : EXIT.ok
  },
}
