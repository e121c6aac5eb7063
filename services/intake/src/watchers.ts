import { type FSWatcher, watch } from 'node:fs'

/** More folders than this are looked at every second only: the operating system has few hints to give. */
const MOST = 256

/** Hints from the operating system. Where it has none, or no more of them, looking every second is enough. */
export class Watchers {
  private readonly byPath = new Map<string, FSWatcher>()
  private readonly hint: () => void

  constructor(hint: () => void) {
    this.hint = hint
  }

  /** Watches these folders and no others. */
  watchOnly(paths: readonly string[]): void {
    const wanted = new Set(paths.slice(0, MOST))
    for (const path of this.byPath.keys()) if (!wanted.has(path)) this.drop(path)
    for (const path of wanted) if (!this.byPath.has(path)) this.add(path)
  }

  close(): void {
    this.watchOnly([])
  }

  private add(path: string): void {
    try {
      const watcher = watch(path, { persistent: false }, this.hint)
      this.byPath.set(path, watcher)
      watcher.on('error', () => this.drop(path))
    } catch {
      // No hints for this folder.
    }
  }

  private drop(path: string): void {
    this.byPath.get(path)?.close()
    this.byPath.delete(path)
  }
}
