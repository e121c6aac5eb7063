import type { CsvDialect } from './dialect.ts'
import type { CsvRange } from './request.ts'

/** A range smaller than this is not worth a thread of its own. */
const MIN_RANGE_BYTES = 1 << 22

/** Cuts the body of a file into at most `n` ranges of about equal size. UTF-16 is read in one piece. */
export function splitRanges(
  size: number,
  dialect: CsvDialect,
  n: number,
  minBytes: number = MIN_RANGE_BYTES,
): CsvRange[] {
  const { bodyStart, encoding } = dialect
  const bytes = Math.max(0, size - bodyStart)
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  const count = wide ? 1 : Math.max(1, Math.min(n, Math.floor(bytes / minBytes)))
  return Array.from({ length: count }, (_, i) => ({
    start: bodyStart + Math.floor((bytes * i) / count),
    end: bodyStart + Math.floor((bytes * (i + 1)) / count),
    aligned: i === 0,
  }))
}
