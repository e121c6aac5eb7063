import type { InForce, TableName } from '@afferent/records'
import { compareBytes, firstNotBelow } from '@afferent/records'
import type { AnalyticStudy, Source } from '@afferent/study'
import { matchSource } from '@afferent/study'
import { firstNotBefore } from '../join/dictionaries.ts'
import type { Part } from '../join/part.ts'

/** One file's share of the subjects that are being settled. */
export interface FileSlice extends InForce {
  readonly source: Source | null
  /** Subject codes of the dataset that belong to the slice lie from `from` (included) to `to` (not). */
  readonly from: number
  readonly to: number
  /** Position in the slice by subject code of the dataset, -1 for subjects outside it. */
  readonly recode: Int32Array
}

/** The files that hold records of any of the subjects (in byte order), by file name. */
export function sliceFiles(
  inForce: readonly InForce[],
  subjects: readonly string[],
  study: Pick<AnalyticStudy, 'sources'>,
): FileSlice[] {
  if (subjects.length === 0) return []
  return inForce
    .map((file) => sliceFile(file, subjects))
    .filter((slice) => slice.to > slice.from)
    .sort((a, b) => compareBytes(a.file, b.file) || a.number - b.number)
    .map((slice) => ({ ...slice, source: matchSource(study, slice.file) }))
}

function sliceFile(file: InForce, subjects: readonly string[]): Omit<FileSlice, 'source'> {
  const own = file.dataset.subjects
  const from = firstNotBefore(own, subjects[0])
  let at = 0
  let to = from
  if (from === own.length || compareBytes(own[from], subjects[subjects.length - 1]) > 0) {
    return { ...file, from, to, recode: NOBODY }
  }
  const recode = new Int32Array(own.length).fill(-1)
  for (let code = from; code < own.length; code++) {
    // Mostly it is the next one, and to be the same is told sooner than an order.
    while (at < subjects.length && subjects[at] !== own[code] && compareBytes(subjects[at], own[code]) < 0) at++
    if (at === subjects.length) break
    if (subjects[at] !== own[code]) continue
    recode[code] = at++
    to = code + 1
  }
  return { ...file, from, to, recode }
}

const NOBODY = new Int32Array(0)

/** Rows of one table that belong to the slice; null where there are none. */
export function partOf(slice: FileSlice, name: TableName): Part | null {
  const table = slice.dataset.tables[name]
  if (table === undefined) return null
  const from = firstNotBelow(table.subject, slice.from)
  const to = firstNotBelow(table.subject, slice.to)
  if (from === to) return null
  const { subject, columns, lines, firstLine } = table
  return { from, to, subject, recode: slice.recode, columns, lines, firstLine, dropped: null }
}

/** Header name of the column that a field came from, for findings; '' where it came from elsewhere. */
export function columnOf(source: Source | null, ...fields: readonly string[]): string {
  for (const field of fields) {
    const mapping = source?.fields.find((candidate) => candidate.field === field && candidate.column !== null)
    if (mapping !== undefined) return mapping.column as string
  }
  return ''
}
