import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { CommandDefinition } from '../command.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { DATA_OPTION } from '../installation/open-installation.ts'

/** Three trials that never were: a headache diary, daily pain beside questionnaires, sessions and events, daily pain alone. */
const TRIALS = [
  { study: 'migraine-prevention', subjects: 60, seed: 11, parts: [] },
  { study: 'fibromyalgia', subjects: 50, seed: 12, parts: ['questionnaires', 'stimulation', 'safety'] },
  { study: 'neuropathic-pain', subjects: 40, seed: 13, parts: [] },
] as const

/** The whole installation on three simulated exports, from the drop folder to the tables. */
export const demoCommand: CommandDefinition = {
  name: 'demo',
  says: 'start an installation, drop three simulated exports and show what comes out',
  options: [DATA_OPTION],
  examples: [
    ['demo', 'in ./data/demo'],
    ['demo --data /tmp/look', 'in another folder'],
    ['demo --json', 'figures and paths for a script'],
  ],
  async run(context, given) {
    const { dataFolder } = await import('../cli-config.ts')
    const data =
      given.text('data') === undefined
        ? join(dataFolder(context, undefined), 'demo')
        : dataFolder(context, given.text('data'))
    const [{ startInstallation }, { simulate }, { dropTrial }, { followStudy, stagesOf }, { createLog }] =
      await Promise.all([
        import('../installation/start-installation.ts'),
        import('@afferent/simulation'),
        import('../demo/drop-trial.ts'),
        import('../demo/follow-study.ts'),
        import('@afferent/runtime'),
      ])
    // A demonstration begins with an empty folder; the queue below it is only a bell and may stay warm.
    for (const folder of ['drop', 'vault', 'results']) await rm(join(data, folder), { recursive: true, force: true })
    const installation = await startInstallation({
      data,
      queueUrl: context.env.AFFERENT_QUEUE_URL,
      portal: { host: '127.0.0.1', port: 0 },
      workers: 1,
      workerEnv: { AFFERENT_LOG_LEVEL: 'error' },
      log: createLog({ service: 'demo', level: 'error', format: 'text' }),
      say: ({ says }) => context.say(says),
    })
    context.shutdown.onShutdown('installation', () => installation.stop())
    context.say(`Afferent is running in ${shown(data, context)}, downloads on ${installation.address}`)
    let stages = 0
    for (const { study, subjects, seed, parts } of TRIALS) {
      const trial = simulate({ scenario: study, subjects, seed, parts })
      stages += stagesOf(await dropTrial(join(data, 'drop'), study, trial))
    }

    const progress = context.progress()
    let done = 0
    progress.phase('demo', stages, 'stages')
    const advance = (): void => progress.update(++done)
    const followed = TRIALS.map(({ study }) => followStudy(context, installation, study, advance))
    await Promise.all(followed)
    progress.end()

    const { readHeadline } = await import('../demo/read-headline.ts')
    const { vault } = installation
    const results = join(data, 'results')
    const shownStudies = await Promise.all(TRIALS.map(({ study }) => readHeadline(vault, study, results)))
    const { describeStudies } = await import('../demo/describe-studies.ts')
    context.result({ data, studies: shownStudies }, () => describeStudies(shownStudies, (path) => shown(path, context)))
    await installation.stop()
    return EXIT.ok
  },
}

function shown(path: string, context: Context): string {
  const short = relative(context.path('.'), path)
  return short === '' || short.startsWith('..') ? path : short
}
