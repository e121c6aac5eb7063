import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION, openInstallation, requesting } from '../installation/open-installation.ts'

/** Asks a running installation for an analysis now; an unchanged answer adds a line to the journal and no run. */
export const runCommand: CommandDefinition = {
  name: 'run',
  says: 'ask an installation to analyze a study again',
  arguments: [{ name: '<study>', says: 'the study, as its folder below drop/ is named' }],
  options: [DATA_OPTION],
  examples: [
    ['run trial-7', 'look again now'],
    ['run trial-7 --data /srv/afferent', 'an installation elsewhere'],
    ['run trial-7 --json', 'the journal entry, for a script'],
  ],
  async run(context, given) {
    const ports = await openInstallation(context, given.text('data'))
    const { requestRun } = await import('@afferent/pipeline')
    const study = given.needed('study')
    const entry = await requesting(() => requestRun(study, ports))
    context.result(
      { study, entry },
      () => `Asked (journal entry ${entry.number}). Follow it: afferent status ${study}\n`,
    )
    return EXIT.ok
  },
}
