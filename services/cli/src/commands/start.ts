import { availableParallelism } from 'node:os'
import type { CommandDefinition } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION } from '../installation/open-installation.ts'
import { printable } from '../printable.ts'

/** The installation for daily use. Ends with Ctrl-C, in order; a second start goes on where this one stopped. */
export const startCommand: CommandDefinition = {
  name: 'start',
  says: 'run the installation: drop folder, workers, schedules, downloads',
  options: [
    DATA_OPTION,
    { flags: '--port <n>', says: 'port of the downloads on 127.0.0.1 (AFFERENT_PORTAL_PORT)' },
    { flags: '--workers <n>', says: 'worker processes; default: one per two cores' },
  ],
  examples: [
    ['start', 'data in ./data, downloads on http://127.0.0.1:8080/'],
    ['start --data /srv/afferent --port 9000', 'another folder and port'],
    ['start --workers 4', 'more workers on a bigger machine'],
  ],
  interruptedCode: EXIT.ok,
  async run(context, given) {
    const [{ dataFolder }, { readStartSettings }] = await Promise.all([
      import('../cli-config.ts'),
      import('../installation/start-settings.ts'),
    ])
    const data = dataFolder(context, given.text('data'))
    const settings = readStartSettings(context, given)
    const { createLog } = await import('@afferent/runtime')
    const { startInstallation } = await import('../installation/start-installation.ts')
    const log = createLog({ service: 'afferent', level: settings.logLevel, format: settings.logFormat })
    const installation = await startInstallation({
      data,
      queueUrl: settings.queueUrl,
      portal: settings.portal,
      workers: given.number('workers', { min: 1, max: 64, whole: true }) ?? Math.max(1, availableParallelism() >> 1),
      workerEnv: { AFFERENT_LOG_LEVEL: settings.logLevel, AFFERENT_LOG_FORMAT: settings.logFormat },
      log,
      say: ({ study, says }) => context.say(printable(study === '' ? says : `${study}: ${says}`)),
    })
    context.shutdown.onShutdown('installation', () => installation.stop())
    const call = given.text('data') === undefined ? 'afferent status' : `afferent status --data ${data}`
    context.result({ data, address: installation.address }, () => welcome(data, installation.address, call))
    await new Promise<void>((resolve) => context.shutdown.signal.addEventListener('abort', () => resolve()))
    return EXIT.ok
  },
}

const welcome = (data: string, address: string, call: string): string => `Afferent is running.

drop      ${data}/drop/<study>/     study.yaml and exports; answers appear in accepted/ and refused/
results   ${data}/results/<study>/latest/
downloads ${address}
status    ${call}           what waits for what, and what to do
stop      Ctrl-C
`
