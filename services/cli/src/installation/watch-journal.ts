import { watch } from 'node:fs'
import { sep } from 'node:path'

/**
 * Notices entries that another process wrote into the journal (`afferent run`, `withdraw`, `retry`). A hint only: where the
 * system cannot watch folders, the scheduler's minute finds them.
 */
export function watchJournal(folder: string, changed: (study: string) => void): () => void {
  try {
    const watcher = watch(folder, { recursive: true }, (_, file) => {
      const [study, entry] = file?.split(sep) ?? []
      if (study !== undefined && entry?.endsWith('.json')) changed(study)
    })
    watcher.on('error', () => watcher.close())
    return () => watcher.close()
  } catch {
    return () => {}
  }
}
