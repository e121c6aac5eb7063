import { codesOfSorted, unionOfSorted } from '../join/dictionaries.ts'
import type { RangeRecords } from '../read/range-records.ts'

/** Parts of a file as read, with the physical lines before each. */
export type ReadParts = readonly { readonly part: RangeRecords; readonly linesBefore: number }[]

export interface JoinedSubjects {
  /** In byte order. */
  readonly list: readonly string[]
  /** Code in the list by part and code in the part. Both ascend. */
  readonly recodes: readonly Int32Array[]
  /** Line of the first row of each subject that is not quarantined, 0: none. */
  readonly seenAt: Int32Array
}

/** Subjects of all parts as one list. */
export function joinSubjects(parts: ReadParts): JoinedSubjects {
  const list = unionOfSorted(parts.map(({ part }) => part.subjects))
  const recodes = parts.map(({ part }) => codesOfSorted(list, part.subjects))
  const seenAt = new Int32Array(list.length)
  parts.forEach(({ part, linesBefore }, p) => {
    noteFirst(part.seenAt, recodes[p], linesBefore, seenAt)
  })
  return { list, recodes, seenAt }
}

function noteFirst(lines: Int32Array, recode: Int32Array, linesBefore: number, seenAt: Int32Array): void {
  for (let code = 0; code < lines.length; code++) {
    const subject = recode[code]
    if (lines[code] > 0 && seenAt[subject] === 0) seenAt[subject] = linesBefore + lines[code]
  }
}
