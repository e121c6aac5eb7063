/** What of a file shows that somebody still writes it. The inode is left out: network mounts invent it. */
export interface Sight {
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
}

/**
 * A file is finished when size and mtime are equal in two looks at least `settleMs` apart by our own clock. The mtime is
 * compared with nothing but itself: the clock that set it may be another machine's.
 */
export class Settling {
  private readonly settleMs: number
  private seen = new Map<string, Sight & { readonly since: number; readonly firstSeen: number }>()

  constructor(settleMs: number) {
    this.settleMs = settleMs
  }

  /** Which of the files in sight are finished. Files out of sight are forgotten. */
  look<T extends Sight>(files: readonly T[], now: number): { finished: T[]; unfinished: T[] } {
    const seen: typeof this.seen = new Map()
    const finished: T[] = []
    const unfinished: T[] = []
    for (const file of files) {
      const before = this.seen.get(file.path)
      const same = before !== undefined && before.size === file.size && before.mtimeMs === file.mtimeMs
      const since = same ? before.since : now
      seen.set(file.path, { ...file, since, firstSeen: before?.firstSeen ?? now })
      if (same && now - since >= this.settleMs) finished.push(file)
      else unfinished.push(file)
    }
    this.seen = seen
    return { finished, unfinished }
  }

  /** Milliseconds since a file in sight was first seen. */
  age(path: string, now: number): number {
    return now - (this.seen.get(path)?.firstSeen ?? now)
  }
}
