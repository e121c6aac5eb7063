import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { textTable } from '../text-table.ts'

/** Shows the settings in force and, with `--origin`, where each came from. */
export const configShowCommand: CommandDefinition = {
  name: 'config show',
  says: 'show the settings in force',
  options: [{ flags: '--origin', says: 'also show where each value came from' }],
  examples: [
    ['config show', 'what is in force here'],
    ['config show --origin', 'and which variable, file and line, or default it is'],
    ['config show --json', 'the same for a script'],
  ],
  async run(context, given) {
    const { readSettings } = await import('../cli-config.ts')
    const { allSettings } = await import('../all-settings.ts')
    const { settings } = readSettings(context, await allSettings())
    const origin = given.flag('origin')
    context.result({ settings }, () =>
      textTable(
        [{ title: 'setting' }, { title: 'value' }, ...(origin ? [{ title: 'from' }] : [])],
        settings.map(({ name, shown, origin: from, where }) => [
          name,
          shown === '' ? '-' : shown,
          ...(origin ? [where === '' || where === name ? from : `${from} ${where}`] : []),
        ]),
      ),
    )
    return EXIT.ok
  },
}
