import { stat } from 'node:fs/promises'
import type { AnalyzedFile } from '@afferent/pipeline'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'

/**
 * Looks at files now; the function it returns looks again and refuses when one of them is not what it was: half of an
 * export that somebody is still writing must not become a shorter table.
 */
export async function unchangedFiles(files: readonly AnalyzedFile[]): Promise<() => Promise<void>> {
  const before = await Promise.all(files.map(sightOf))
  return async () => {
    for (const [i, file] of files.entries()) {
      if ((await sightOf(file)) === before[i]) continue
      throw new CommandError(EXIT.environment, 'file-changed', `${file.name} changed while it was read`, {
        remedy: 'wait until nobody writes to it, then call again',
      })
    }
  }
}

async function sightOf({ ref }: AnalyzedFile): Promise<string> {
  if (ref.kind === 'memory') return ''
  const { size, mtimeMs, ino } = await stat(ref.path)
  return `${size} ${mtimeMs} ${ino}`
}
