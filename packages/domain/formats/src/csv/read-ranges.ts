import {
  type ByteSource,
  type BytesRef,
  type Compute,
  type Findings,
  FindingsBuilder,
  type Task,
  type TaskHost,
} from '@afferent/records'
import type { CsvDialect } from './dialect.ts'
import { firstInvalidUtf8 } from './first-invalid-utf8.ts'
import type { CsvFile, RangeInput, RangeOutput, Reading } from './reading.ts'
import type { ColumnRequest, CsvRange } from './request.ts'
import { settleVotes } from './settle-votes.ts'
import { splitRanges } from './split-ranges.ts'

/**
 * Reads a file in byte ranges at the same time and gives exactly what one sequential reading gives: a range that did not
 * begin where the one before it ended is read again from there, in order. What only the whole file can tell is settled here:
 * a byte that is not UTF-8 makes all of it Windows-1252; open date orders and decimal marks are decided per column; where a
 * verdict changes values, all ranges are read once more.
 *
 * `task` opens the bytes, calls `readCsvRange` and hands back the table's report beside whatever it makes of it. Tables whose
 * reading is repeated are thrown away.
 */
export async function readRanges<E, T extends RangeOutput>(
  compute: Compute,
  task: Task<RangeInput<E>, T>,
  file: CsvFile,
  requests: readonly ColumnRequest[],
  extra: E,
  minRangeBytes?: number,
): Promise<Reading<T>> {
  const findings = new FindingsBuilder()
  let dialect = file.dialect
  let asked = requests
  for (;;) {
    const parts = await readOnce(compute, task, { ...file, dialect }, asked, extra, minRangeBytes)
    if (parts === null) {
      dialect = await asWindows1252(compute, file.ref, dialect)
      findings.add({ rule: 'file-encoding', detail: encodingDetail(dialect) })
      continue
    }
    const verdict = settleVotes(
      asked,
      parts.map((part) => part.report),
    )
    if (verdict.again) {
      asked = verdict.requests
      continue
    }
    findings.addAll(verdict.findings)
    return { dialect, requests: verdict.requests, parts: withLines(parts, dialect), findings: findings.build() }
  }
}

/** All parts in order, meeting at their seams; null: the file is not UTF-8. */
async function readOnce<E, T extends RangeOutput>(
  compute: Compute,
  task: Task<RangeInput<E>, T>,
  { ref, size, dialect }: CsvFile,
  requests: readonly ColumnRequest[],
  extra: E,
  minRangeBytes: number | undefined,
): Promise<T[] | null> {
  const ranges = splitRanges(size, dialect, compute.threads, minRangeBytes)
  const input = (range: CsvRange): RangeInput<E> => ({ ref, dialect, requests, range, extra })
  const tried = await compute.map(task, ranges.map(input))
  const parts: T[] = []
  let reached = dialect.bodyStart
  for (const [i, attempt] of tried.entries()) {
    let part = attempt
    if (part.report.notUtf8) return null
    if (reached >= ranges[i].end && i > 0) continue
    if (part.report.startedAt !== reached) {
      const again = { start: reached, end: ranges[i].end, aligned: true }
      part = (await compute.map(task, [input(again)]))[0]
      if (part.report.notUtf8) return null
    }
    parts.push(part)
    reached = part.report.endedAt
    if (part.report.stopped) break
  }
  return parts
}

function withLines<T extends RangeOutput>(parts: readonly T[], dialect: CsvDialect): Reading<T>['parts'] {
  let linesBefore = dialect.firstLine - 1
  return parts.map((part) => {
    const placed = { part, linesBefore }
    linesBefore += part.report.lines
    return placed
  })
}

async function asWindows1252(compute: Compute, ref: BytesRef, dialect: CsvDialect): Promise<CsvDialect> {
  const [at] = await compute.map({ module: import.meta.url, name: 'findInvalidUtf8', types: findInvalidUtf8 }, [ref])
  return { ...dialect, encoding: 'windows-1252', encodingReason: notUtf8Reason(at) }
}

/** Task: the first byte of a file that is not UTF-8. */
export function findInvalidUtf8(ref: BytesRef, host: TaskHost): number {
  const source: ByteSource = host.open(ref)
  return firstInvalidUtf8(source, host)
}

export const notUtf8Reason = (at: number): string => `not valid UTF-8 at byte ${at.toLocaleString('en-US')}`

export const encodingDetail = (dialect: Pick<CsvDialect, 'encoding' | 'encodingReason'>): string =>
  `decoded as ${dialect.encoding === 'windows-1252' ? 'Windows-1252' : dialect.encoding.toUpperCase()} (${dialect.encodingReason})`

/** Findings of a part with lines counted in the file. */
export function withFileLines(findings: Findings, linesBefore: number): Findings {
  const line = findings.line.map((at) => (at === 0 ? 0 : at + linesBefore))
  return { ...findings, line }
}
