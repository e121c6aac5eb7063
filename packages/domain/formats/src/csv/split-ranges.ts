import type { CsvDialect } from './dialect.ts'
import type { CsvRange } from './request.ts'

/** A range smaller than this is not worth a thread of its own. */
const MIN_RANGE_BYTES = 1 << 22

/** Ranges per thread: a few, so that a thread with an easy range takes another one. */
const RANGES_PER_THREAD = 4

/** Most bytes of a range: what a thread holds at a time does not grow with the file. */
const MOST_RANGE_BYTES = 128 << 20

/** Cuts the body of a file into ranges that threads take one after the other. UTF-16 is read in one piece. */
export function splitRanges(
  size: number,
  { bodyStart, encoding }: CsvDialect,
  threads: number,
  minBytes: number = MIN_RANGE_BYTES,
): CsvRange[] {
  const bytes = Math.max(0, size - bodyStart)
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  const wanted = Math.max(threads > 1 ? threads * RANGES_PER_THREAD : 1, Math.ceil(size / MOST_RANGE_BYTES))
  const count = wide ? 1 : Math.max(1, Math.min(wanted, Math.floor(bytes / minBytes)))
  const bytesUpTo = (share: number): number => bodyStart + Math.floor((bytes * share) / count)
  let reached = 0
  return sharesOf(count, bytes / count / minBytes < 4 ? 0 : threads).map((share) => {
    const start = bytesUpTo(reached)
    reached += share
    return { start, end: bytesUpTo(reached), aligned: start === bodyStart }
  })
}

/**
 * Equal shares but for the last one of each thread: half as many halves of it and then quarters, so that all threads end at
 * about the same time.
 */
function sharesOf(count: number, threads: number): number[] {
  const cut = count > threads && threads > 1 ? threads : 0
  const some = (n: number, share: number) => new Array<number>(n).fill(share)
  return [...some(count - cut, 1), ...some(cut, 1 / 2), ...some(2 * cut, 1 / 4)]
}
