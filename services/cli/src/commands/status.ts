import type { StudyStatus } from '@afferent/pipeline'
import type { CommandDefinition } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION, openInstallation } from '../installation/open-installation.ts'
import { printable } from '../printable.ts'
import { textTable } from '../text-table.ts'

/** 'I dropped a file and nothing happened' ends here. */
export const statusCommand: CommandDefinition = {
  name: 'status',
  says: 'say what waits for what, since when, and what to do',
  arguments: [{ name: '[study]', says: 'one study; without it all' }],
  options: [DATA_OPTION],
  examples: [
    ['status', 'all studies of the installation in ./data'],
    ['status trial-7', 'one study, with every upload'],
    ['status --json', 'the same for a script'],
  ],
  async run(context, given) {
    const ports = await openInstallation(context, given.text('data'))
    const { statusOf } = await import('@afferent/pipeline')
    const only = given.text('study')
    const studies = only === undefined ? await ports.vault.studies() : [only]
    const all: StudyStatus[] = []
    for (const study of studies) all.push(await statusOf(study, ports))
    context.result({ studies: all }, () => all.map((status) => describe(status, context)).join('\n') || NOTHING)
    return EXIT.ok
  },
}

const NOTHING = 'No study has received a file yet. Drop study.yaml and an export into data/drop/<study>/.\n'

function describe(status: StudyStatus, { paint }: Context): string {
  const lines = [paint('bold', status.study)]
  if (status.latest !== null) {
    lines.push(`latest   run ${status.latest.run.slice(7, 19)}, published ${status.latest.at}`)
  }
  if (status.studyFile !== null) lines.push(`study    upload ${status.studyFile.number} of ${status.studyFile.at}`)
  for (const wait of status.waits) {
    lines.push(`waits    for ${wait.for} since ${wait.since}: ${wait.says}`, `         -> ${wait.remedy}`)
  }
  if (status.waits.length === 0) lines.push('waits    for nothing: all is published')
  return `${lines.join('\n')}\n\n${uploadsTable(status)}`
}

function uploadsTable({ uploads }: StudyStatus): string {
  const columns = [
    { title: 'upload', align: 'right' },
    { title: 'state' },
    { title: 'rows', align: 'right' },
    { title: 'received' },
    { title: 'name' },
  ] as const
  const rows = uploads.map((u) => [
    String(u.number),
    u.state,
    u.rows?.toLocaleString('en-US') ?? '',
    u.at,
    printable(u.name),
  ])
  return textTable(columns, rows)
}
