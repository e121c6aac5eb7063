import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

/**
 * Notices entries that another process wrote into the journal (`afferent run`, `withdraw`, `retry`). A hint only: where the
 * system cannot watch folders, the scheduler's minute finds them.
 *
 * Each study's folder has a watcher of its own: watching recursively, Node lists a folder anew at each entry and watches
 * every file in it.
 */
export function watchJournal(folder: string, changed: (study: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>()

  const watchFolder = (study: string, hear: (entry: string) => void): void => {
    if (watchers.has(study)) return
    try {
      const watcher = watch(join(folder, study), (_, entry) => entry !== null && hear(entry))
      watchers.set(study, watcher)
      watcher.on('error', () => {
        watcher.close()
        watchers.delete(study)
      })
    } catch {
      // No hints for this folder.
    }
  }

  const watchStudy = (study: string): void =>
    watchFolder(study, (entry) => {
      if (entry.endsWith('.json')) changed(study)
    })

  watchFolder('', (study) => {
    watchStudy(study)
    changed(study)
  })
  for (const study of foldersIn(folder)) watchStudy(study)
  return () => {
    for (const watcher of watchers.values()) watcher.close()
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
