import type { AnalyzedFile } from '@afferent/pipeline'
import type { Study } from '@afferent/study'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import type { Given } from '../given.ts'
import { readFiles } from './read-files.ts'
import { readStudy } from './read-study.ts'

/** Study and exports of a call: named with --study, or those of a published run with --run. */
export async function readGiven(
  context: Context,
  given: Given,
  command: string,
): Promise<{ readonly study: Study; readonly files: readonly AnalyzedFile[] }> {
  const [run, study, files] = [given.text('run'), given.text('study'), given.list('file')]
  if (run !== undefined && study === undefined && files.length === 0) {
    const { filesOfRun } = await import('./files-of-run.ts')
    return filesOfRun(context, given.text('data'), run)
  }
  if (run !== undefined || study === undefined || files.length === 0) {
    throw new CommandError(EXIT.usage, 'usage', 'name exports with --study, or a run of the installation with --run', {
      remedy: `see: afferent ${command} --help`,
    })
  }
  return { study: await readStudy(context, study), files: await readFiles(context, files) }
}
