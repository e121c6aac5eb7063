import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION, openInstallation, requesting } from '../installation/open-installation.ts'

/** Steps that failed for a reason time cannot heal stay settled until input, version or a person changes that. */
export const retryCommand: CommandDefinition = {
  name: 'retry',
  says: 'try the failed steps of a study again',
  arguments: [{ name: '<study>', says: 'the study, as its folder below drop/ is named' }],
  options: [DATA_OPTION],
  examples: [
    ['retry trial-7', 'after the cause was mended'],
    ['retry trial-7 --data /srv/afferent', 'an installation elsewhere'],
    ['retry trial-7 --json', 'which steps, for a script'],
  ],
  async run(context, given) {
    const ports = await openInstallation(context, given.text('data'))
    const { retryFailures } = await import('@afferent/pipeline')
    const study = given.needed('study')
    const steps = await requesting(() => retryFailures(study, ports))
    context.result({ study, steps }, () => `${steps.length} failed step(s) will be tried again.\n`)
    return EXIT.ok
  },
}
