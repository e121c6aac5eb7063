import type { FindingsBuilder } from '@afferent/records'

/** Subjects without any usable record (`subject-without-data`): their rows of results hold a reason and no value. */
export function checkHasData(subjects: readonly string[], hasData: Uint8Array, findings: FindingsBuilder): void {
  for (let s = 0; s < subjects.length; s++) {
    if (hasData[s] === 0) findings.add({ rule: 'subject-without-data', subject: subjects[s] })
  }
}
