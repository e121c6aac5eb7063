import type { Outline } from '@afferent/records'
import type { FileSlice } from './file-slice.ts'

/** A file that only lists subjects. */
export function isSubjectList({ tables, aside }: Outline['dataset']): boolean {
  return tables.subjects !== undefined && Object.keys(tables).length === 1 && aside === undefined
}

/** Whether each subject stands in a subjects export; null: none is in force. */
export function listSubjects(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  isListed: boolean,
): boolean[] | null {
  if (!isListed) return null
  const listed = subjects.map(() => false)
  for (const { dataset, recode, from, to } of slices) {
    if (!isSubjectList(dataset)) continue
    for (let code = from; code < to; code++) if (recode[code] >= 0) listed[recode[code]] = true
  }
  return listed
}
