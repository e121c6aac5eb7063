import type { AnalyzedFile } from '@afferent/pipeline'
import type { Study } from '@afferent/study'
import { openAnalysis, THREADS_OPTION } from '../analysis/open-analysis.ts'
import { readGiven } from '../analysis/read-given.ts'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { Given } from '../given.ts'
import { DATA_OPTION } from '../installation/open-installation.ts'

/** What the analyses of a study file say, as tables and sentences; nothing is written. */
export const cohortCommand: CommandDefinition = {
  name: 'cohort',
  says: 'compare arms: the analyses of the study file as tables and sentences',
  arguments: [{ name: '[file...]', says: 'exports, with --study' }],
  options: [
    { flags: '--study <file>', says: 'the study file, with analyses' },
    { flags: '--multiverse', says: 'the primary response under every definition the presets offer' },
    { flags: '--run <id>', says: 'a run of the installation, in place of exports and study file' },
    THREADS_OPTION,
    DATA_OPTION,
  ],
  examples: [
    ['cohort diary.csv --study study.yaml', 'every analysis of the study file'],
    ['cohort diary.csv --study study.yaml --multiverse', 'how much the answer depends on definitions'],
    ['cohort diary.csv --study study.yaml --json', 'the same for a script'],
  ],
  async run(context, given) {
    const { study, files } = await readGiven(context, given, 'cohort')
    if (study.analytic.blinded) {
      throw new CommandError(EXIT.nothing, 'blinded', 'the study is blinded: arms are not compared', {
        remedy: 'blinded: false in the study file, once the database is locked',
      })
    }
    if (given.flag('multiverse')) return showMultiverse(context, given, study, files)
    if (study.analytic.cohort === null) {
      throw new CommandError(EXIT.nothing, 'no-analyses', 'the study file asks for no analyses of the cohort', {
        remedy: 'write estimands and analyses: packages/domain/study/SETTINGS.md',
      })
    }
    const ports = await openAnalysis(context, given, files)
    const [{ analyze, cohortOf }, { parametersOf }, { analysisResults }, { describeAnalyses }] = await Promise.all([
      import('@afferent/pipeline'),
      import('@afferent/metrics'),
      import('@afferent/results'),
      import('../cohort/describe-analyses.ts'),
    ])
    const analysis = await analyze(files, study, ports)
    ports.end()
    const results = analysisResults(cohortOf(analysis, study))
    const labels = new Map(parametersOf(study.analytic, analysis.layout.facts).map(({ code, label }) => [code, label]))
    context.result({ study: study.analytic.id, results }, () =>
      describeAnalyses(results, (code) => labels.get(code) ?? '', context.paint),
    )
    return results.length === 0 ? EXIT.nothing : EXIT.ok
  },
}

async function showMultiverse(
  context: Context,
  given: Given,
  study: Study,
  files: readonly AnalyzedFile[],
): Promise<ExitCode> {
  const { primary } = study.analytic
  if (primary === null) {
    throw new CommandError(EXIT.nothing, 'no-primary', 'the study file names no primary parameter and visit', {
      remedy: 'primary: { parameter: MMD, visit: 3 }',
    })
  }
  const ports = await openAnalysis(context, given, files)
  const [{ analyze, multiverse }, { describeMultiverse }] = await Promise.all([
    import('@afferent/pipeline'),
    import('../cohort/describe-multiverse.ts'),
  ])
  const analysis = await analyze(files, study, ports)
  const progress = context.progress()
  const told = (done: number, of: number): void => {
    if (done === 0) progress.phase('deriving', of, 'definitions')
    progress.update(done)
  }
  const universes = await multiverse(analysis, study, primary, ports.compute, told)
  progress.end()
  ports.end() // its threads derive every definition
  const names = new Map(study.analytic.arms.map(({ code, name }) => [code, name]))
  context.result({ study: study.analytic.id, primary, universes }, () =>
    describeMultiverse(universes, primary, (code) => names.get(code) ?? code, context.paint),
  )
  return universes.length === 0 ? EXIT.nothing : EXIT.ok
}
