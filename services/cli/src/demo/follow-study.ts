import { setTimeout as pause } from 'node:timers/promises'
import type { StudyStatus } from '@afferent/pipeline'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import type { RunningInstallation } from '../installation/start-installation.ts'
import { printable } from '../printable.ts'

const LOOK_MS = 60
const LIMIT_MS = 50_000
/** Each file is received and validated, then the study is derived and published; the truth behind a trial is no export. */
export const stagesOf = (files: readonly string[]): number =>
  2 * files.filter((name) => name.endsWith('.csv')).length + 2

/**
 * Prints one line for every file and stage of a study as it happens, until its tables are published. What is printed is
 * read from the vault, so it is what happened, not what should have.
 */
export async function followStudy(
  context: Context,
  installation: RunningInstallation,
  study: string,
  advance: () => void,
): Promise<StudyStatus> {
  const since = performance.now()
  const seen = new Set<string>()
  const say = (key: string, text: string): void => {
    if (seen.has(key)) return
    seen.add(key)
    advance()
    const seconds = ((performance.now() - since) / 1000).toFixed(1).padStart(5)
    context.say(`${seconds} s  ${study.padEnd(20)} ${text}`)
  }
  while (performance.now() - since < LIMIT_MS) {
    context.shutdown.signal.throwIfAborted()
    const status = await installation.status(study)
    for (const { number, name, state, rows } of status.uploads) {
      say(`received ${number}`, `${printable(name)} received`)
      if (state === 'refused' || state === 'failed') throw refused(study, name)
      if (rows !== null)
        say(`validated ${number}`, `${printable(name)} validated: ${rows.toLocaleString('en-US')} rows`)
    }
    if (status.latest !== null || status.waits.some((wait) => wait.for === 'publish'))
      say('derived', 'subjects derived')
    if (status.latest !== null && status.waits.length === 0) {
      say('published', `tables published: run ${status.latest.run.slice(7, 19)}`)
      return status
    }
    await pause(LOOK_MS)
  }
  throw new CommandError(EXIT.environment, 'demo-too-slow', `${study} was not published within ${LIMIT_MS / 1000} s`, {
    details: installation.waits(study).map((wait) => `waits for ${wait.for}: ${wait.says}`),
    remedy: 'see what is wrong with this machine: afferent doctor',
  })
}

const refused = (study: string, name: string): CommandError =>
  new CommandError(EXIT.refused, 'demo-refused', `${study}: ${printable(name)} was refused`, {
    remedy: 'its receipt lies beside it in refused/',
  })
