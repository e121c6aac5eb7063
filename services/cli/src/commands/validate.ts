import { openAnalysis, THREADS_OPTION } from '../analysis/open-analysis.ts'
import { readFiles } from '../analysis/read-files.ts'
import { readStudy } from '../analysis/read-study.ts'
import { unchangedFiles } from '../analysis/unchanged-files.ts'
import { allFindings, exitOf, findingsText } from '../analysis/validated-report.ts'
import { writeParts } from '../analysis/write-parts.ts'
import type { CommandDefinition } from '../command.ts'

/** Judges exports against a study file, each file alone, and computes nothing. */
export const validateCommand: CommandDefinition = {
  name: 'validate',
  says: 'check exports against a study file, without computing anything',
  arguments: [{ name: '<file...>', says: 'exports' }],
  options: [
    { flags: '--study <file>', says: 'the study file', needed: true },
    { flags: '--findings <file>', says: 'write all findings as CSV' },
    THREADS_OPTION,
  ],
  examples: [
    ['validate diary.csv --study study.yaml', 'findings by rule, three examples each'],
    ['validate *.csv --study study.yaml --findings findings.csv', 'all findings in a file'],
    ['validate diary.csv --study study.yaml --json', 'the same for a script'],
  ],
  async run(context, given) {
    const study = await readStudy(context, given.needed('study'))
    const files = await readFiles(context, given.list('file'))
    const checkUnchanged = await unchangedFiles(files)
    const ports = await openAnalysis(context, given, files)
    const [{ validateFiles }, { findingsCsv, summariseFindings }, { FindingsBuilder }] = await Promise.all([
      import('@afferent/pipeline'),
      import('@afferent/results'),
      import('@afferent/records'),
    ])
    const validated = await validateFiles(files, study, ports)
    await checkUnchanged()
    ports.end()
    const findings = allFindings(validated)
    const groups = summariseFindings(findings)
    const counts = countRows(validated.inForce.map(({ dataset }) => dataset.counts))
    const out = given.text('findings')
    if (out !== undefined) {
      const all = new FindingsBuilder()
      for (const each of findings) all.addAll(each)
      await writeParts(context.path(out), findingsCsv(all.build()))
    }
    const refused = validated.refused.map(({ name, code, state }) => ({ name, code, state }))
    context.result({ study: study.analytic.id, counts, refused, findings: groups }, () => {
      const rows = `${counts.read} rows read, ${counts.used} used, ${counts.quarantined} quarantined, ${counts.excluded} excluded`
      return `${findingsText(groups, context)}${rows}\n`
    })
    return exitOf(groups, validated.refused, counts)
  },
}

interface Counts {
  readonly read: number
  readonly used: number
  readonly quarantined: number
  readonly excluded: Readonly<Record<string, number | undefined>>
}

function countRows(all: readonly Counts[]) {
  const sum = { read: 0, used: 0, quarantined: 0, excluded: 0 }
  for (const { read, used, quarantined, excluded } of all) {
    sum.read += read
    sum.used += used
    sum.quarantined += quarantined
    sum.excluded += Object.values(excluded).reduce<number>((n, k) => n + (k ?? 0), 0)
  }
  return sum
}
