import { join } from 'node:path'
import type { DropSight } from '@afferent/intake'
import type { StudyStatus } from '@afferent/pipeline'
import type { CommandDefinition } from '../command.ts'
import { CommandError } from '../command-error.ts'
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
    const [{ statusOf }, { lookIntoDrop }, { whoseInstallation }] = await Promise.all([
      import('@afferent/pipeline'),
      import('@afferent/intake'),
      import('@afferent/vault'),
    ])
    const only = given.text('study')
    const runs = await whoseInstallation(ports.data)
    const drop = await lookIntoDrop(join(ports.data, 'drop'))
    const known = new Set([...(await ports.vault.studies()), ...drop.studies.map((sight) => sight.study)])
    if (only !== undefined && !known.has(only)) {
      throw new CommandError(EXIT.usage, 'study-unknown', `there is no study ${only} here`, {
        remedy: `studies: ${[...known].sort().join(', ') || 'none yet'}`,
      })
    }
    const all: (StudyStatus & { drop: DropSight | null })[] = []
    for (const study of only === undefined ? [...known].sort() : [only]) {
      const sight = drop.studies.find((each) => each.study === study) ?? null
      all.push({ ...(await statusOf(study, ports)), drop: sight })
    }
    const running = runs === null ? null : { pid: runs.pid, host: runs.host, since: runs.since }
    context.result({ running, studies: all, others: drop.others }, () => {
      const others = drop.others.map(({ name, says }) => `${printable(name)} ${says}\n`).join('')
      const studies = all.map((status) => describe(status, context)).join('\n') || NOTHING
      return `${runningSentence(running, ports.data)}\n${others}\n${studies}`
    })
    return EXIT.ok
  },
}

function runningSentence(running: { pid: number; since: string } | null, data: string): string {
  if (running !== null) return `Afferent has worked in ${data} since ${running.since} (process ${running.pid}).`
  return `Nobody works in ${data}: dropped files wait until somebody does.\n-> afferent start --data ${data}`
}

const NOTHING = 'No study has received a file yet. Drop study.yaml and an export into data/drop/<study>/.\n'

function describe(status: StudyStatus & { drop: DropSight | null }, { paint }: Context): string {
  const lines = [paint('bold', status.study)]
  if (status.latest !== null) {
    lines.push(`latest   run ${status.latest.run.slice(7, 19)}, published ${status.latest.at}`)
  }
  if (status.studyFile !== null) lines.push(`study    upload ${status.studyFile.number} of ${status.studyFile.at}`)
  for (const wait of status.waits) {
    const since = wait.since === '' ? '' : ` since ${wait.since}`
    lines.push(`waits    for ${wait.for}${since}: ${wait.says}`, `         -> ${wait.remedy}`)
  }
  for (const line of dropLines(status.drop)) lines.push(line)
  if (status.waits.length === 0)
    lines.push(status.latest === null ? 'waits    for a first file' : 'waits    for nothing: all is published')
  return `${lines.join('\n')}\n\n${uploadsTable(status)}`
}

/** Files that lie in the drop folder, and those that will never be taken as they are. */
function dropLines(sight: DropSight | null): string[] {
  if (sight === null) return []
  const lines = sight.left.map(({ name, says }) => `left     ${printable(name)} ${says}`)
  if (sight.taking > 0) lines.push(`taking   ${sight.taking} file(s) are being copied`)
  if (sight.judging > 0) lines.push(`judging  ${sight.judging} file(s) wait for their verdict`)
  if (sight.waiting.length > 0) lines.push(`dropped  ${sight.waiting.map(printable).join(', ')}: not taken yet`)
  return lines
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
