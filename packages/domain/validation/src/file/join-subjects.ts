import { codesIn, unionInByteOrder } from '../join/dictionaries.ts'
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
  const list = unionInByteOrder(parts.map(({ part }) => part.subjects))
  const recodes = parts.map(({ part }) => codesIn(list, part.subjects))
  const seenAt = new Int32Array(list.length)
  parts.forEach(({ part, linesBefore }, p) => {
    part.seenAt.forEach((line, code) => {
      const subject = recodes[p][code]
      if (line > 0 && seenAt[subject] === 0) seenAt[subject] = linesBefore + line
    })
  })
  return { list, recodes, seenAt }
}
