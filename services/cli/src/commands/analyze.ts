import { join, relative } from 'node:path'
import { openAnalysis, THREADS_OPTION } from '../analysis/open-analysis.ts'
import { writeOutput } from '../analysis/output-folder.ts'
import { readFiles } from '../analysis/read-files.ts'
import { readStudy } from '../analysis/read-study.ts'
import { rowsSentence } from '../analysis/rows-sentence.ts'
import { unchangedFiles } from '../analysis/unchanged-files.ts'
import { allFindings, exitOf, findingsText } from '../analysis/validated-report.ts'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'

/** All stages in this process: no queue, no server; the tables have the same bytes as those of an installation. */
export const analyzeCommand: CommandDefinition = {
  name: 'analyze',
  says: 'compute response metrics from exports, in this process',
  arguments: [{ name: '<file...>', says: 'exports' }],
  options: [
    { flags: '--study <file>', says: 'the study file', needed: true },
    {
      flags: '--out <folder>',
      says: 'where the result tables go; results of an earlier call are replaced',
      needed: true,
    },
    THREADS_OPTION,
  ],
  examples: [
    ['analyze diary.csv --study study.yaml --out results', 'tables as Arrow and CSV in results/'],
    ['analyze exports/*.csv --study study.yaml --out results', 'a study of several files'],
    ['analyze diary.csv --study study.yaml --out results --json', 'counts, findings and figures for a script'],
  ],
  async run(context, given) {
    const study = await readStudy(context, given.needed('study'))
    const files = await readFiles(context, given.list('file'))
    const checkUnchanged = await unchangedFiles(files)
    const ports = await openAnalysis(context, given, files)
    const { layOut, writeAnalysis } = await import('@afferent/pipeline/analyze')
    const out = context.path(given.needed('out'))
    const analysis = await layOut(files, study, ports)
    await checkUnchanged()
    const [{ headline }, results] = await Promise.all([import('@afferent/pipeline'), import('@afferent/results')])
    if (analysis.inForce.length === 0) {
      const groups = results.summariseFindings(allFindings(analysis))
      ports.end()
      throw new CommandError(
        exitOf(groups, analysis.refused, { read: 0, used: 0 }),
        'nothing-usable',
        'none of the files can be used, so nothing was written',
        { details: findingsText(groups, { paint: context.paintError }).trimEnd().split('\n') },
      )
    }
    const run = await writeOutput(
      out,
      async (folder) => {
        const written = await writeAnalysis(analysis, files, study, ports, folder)
        await checkUnchanged() // its hashes are read while the tables are written
        return written
      },
      (remove) => context.shutdown.onShutdown('unfinished results', remove),
    )
    ports.end()

    const groups = results.summariseFindings([...analysis.refused.map((file) => file.findings), ...run.findings])
    const block = headline(run.cohort, study.analytic, analysis.layout.facts)
    const refused = analysis.refused.map(({ name, code, state }) => ({ name, code, state }))
    const { counts } = run
    context.result(
      {
        study: study.analytic.id,
        run: run.run,
        out,
        counts,
        conventions: run.conventions,
        refused,
        findings: groups,
        responders: block,
      },
      () =>
        [
          findingsText(groups, context),
          block === null ? '' : `${results.responderTable(block).join('\n')}\n\n`,
          block === null || block.rows.some(({ change, yes }) => change !== null || yes !== null) ? '' : NOBODY_CHANGED,
          `${rowsSentence(counts)}\n`,
          conventionsSentence(run.conventions.length),
          `results  ${shown(out, context)}\n`,
        ].join(''),
    )
    return exitOf(groups, analysis.refused, counts)
  },
}

const NOBODY_CHANGED = `nobody has a change from baseline: column AREASON of adeff says why for each patient, and
\`afferent explain\` with a patient and a parameter shows it day by day

`

/** A project convention belongs into the protocol, so a person has to meet it. */
const conventionsSentence = (n: number): string => {
  if (n === 0) return ''
  return n === 1
    ? '1 project convention decides these numbers: methods.md\n'
    : `${n} project conventions decide these numbers: methods.md\n`
}

function shown(path: string, context: Context): string {
  const short = relative(context.path('.'), path)
  return short === '' || short.startsWith('..') ? path : join('.', short)
}
