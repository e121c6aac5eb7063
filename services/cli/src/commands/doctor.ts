import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { textTable } from '../text-table.ts'

const MARK = { ok: ['green', 'ok'], warn: ['yellow', 'look'], fail: ['red', 'FAIL'] } as const

/** Checks the surroundings: Node, start, folders, disk, queue, port, time zones. */
export const doctorCommand: CommandDefinition = {
  name: 'doctor',
  says: 'check the surroundings: Node, start, folders, disk, queue, port, time zones',
  options: [{ flags: '--data <folder>', says: 'folder of the installation (AFFERENT_DATA, default data)' }],
  examples: [
    ['doctor', 'check this machine'],
    ['doctor --data /srv/afferent', 'check where an installation is to live'],
    ['doctor --json', 'for a monitoring script: exit code 4 when something is wrong'],
  ],
  async run(context, given) {
    const [{ CliConfig, dataFolder, readSettings }, { examine }] = await Promise.all([
      import('../cli-config.ts'),
      import('../doctor/examine.ts'),
    ])
    const { values } = readSettings(context, CliConfig)
    const checks = await examine(dataFolder(context, given.text('data')), values.AFFERENT_QUEUE_URL)
    context.result({ checks }, () => {
      const rows = checks.map(({ name, state, says }) => [context.paint(MARK[state][0], MARK[state][1]), name, says])
      const remedies = checks.filter(({ remedy }) => remedy !== '').map(({ name, remedy }) => `${name}: ${remedy}\n`)
      const table = textTable([{ title: '' }, { title: 'checked' }, { title: 'found' }], rows)
      return remedies.length === 0 ? table : `${table}\nWhat to do\n${remedies.join('')}`
    })
    return checks.some(({ state }) => state === 'fail') ? EXIT.environment : EXIT.ok
  },
}
