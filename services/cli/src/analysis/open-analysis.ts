import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { AnalyzedFile, AnalyzePorts } from '@afferent/pipeline'
import type { Context } from '../context.ts'
import type { Given } from '../given.ts'
import { HASH_FILE } from './hash-file.ts'
import { showStages } from './progress-lines.ts'

/** Below this many bytes, starting threads costs more than it saves. */
const THREADS_FROM_BYTES = 8_000_000

export const THREADS_OPTION = {
  flags: '--threads <n>',
  says: 'threads to compute in; default: one per core, one in all for small files',
} as const

/** The ports of an analysis in this process: threads for big files, hashes, and the progress line. */
export async function openAnalysis(
  context: Context,
  given: Given,
  files: readonly AnalyzedFile[],
): Promise<AnalyzePorts & { end: () => void }> {
  const [{ openCompute }, { digest }] = await Promise.all([
    import('@afferent/compute'),
    import('@afferent/runtime/clock'),
  ])
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  const asked = given.number('threads', { min: 1, max: 64, whole: true })
  const threads = asked ?? (bytes < THREADS_FROM_BYTES ? 1 : availableParallelism())
  const out = given.text('out')
  const aside = out === undefined ? undefined : hiddenBeside(context.path(out))
  const compute = openCompute({ threads, here: true, aside })
  context.shutdown.onShutdown('compute', () => compute.close())
  const stages = showStages(context)
  return {
    compute,
    digest,
    hash: (refs) => compute.map(HASH_FILE, refs),
    zoneData: process.versions.tz ?? '',
    progress: stages.show,
    end: () => {
      stages.end()
      void compute.close()
    },
  }
}

/** Where results have room what is put aside has, too; a folder for temporary files may be memory. */
const hiddenBeside = (out: string): string => join(dirname(out), `.${basename(out)}.${process.pid}.aside`)
