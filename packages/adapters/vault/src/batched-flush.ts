import type { Disk } from './disk.ts'

/**
 * Flushes folders, once for all who ask while a flush is under way: a batch of 2,000 files costs some flushes, not 2,000.
 * A request that comes during a flush waits for the next one, because the running one may have passed its entry.
 */
export type FlushFolder = (path: string) => Promise<void>

export function batchedFlush(disk: Disk): FlushFolder {
  const running = new Map<string, Promise<void>>()
  const waiting = new Map<string, Promise<void>>()

  const start = (path: string): Promise<void> => {
    waiting.delete(path)
    const flush = disk.flush(path).finally(() => {
      if (running.get(path) === flush) running.delete(path)
    })
    running.set(path, flush)
    return flush
  }

  return (path) => {
    const current = running.get(path)
    if (current === undefined) return start(path)
    const queued = waiting.get(path)
    if (queued !== undefined) return queued
    const next = current.then(
      () => start(path),
      () => start(path),
    )
    waiting.set(path, next)
    return next
  }
}
