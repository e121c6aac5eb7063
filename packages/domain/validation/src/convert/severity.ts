import type { ColumnOf } from '@afferent/records'
import { allocate } from '@afferent/records'
import type { FieldView } from '../read/field-view.ts'
import { forEachValue, toKind } from './to-kind.ts'

/** Lower limits of mild (above it), moderate and severe on a 0-10 scale (`sev.nrsCuts`). */
export type NrsCuts = readonly [number, number, number]

/** Where the study has no headache family: 0; 1-3; 4-6; 7-10. */
export const DEFAULT_CUTS: NrsCuts = [0, 4, 7]

/** Peak severity 0-3, as reported or graded from a 0-10 rating: 3.5 is mild, 6.9 moderate. */
export function toSeverity(view: FieldView, cuts: NrsCuts): ColumnOf<'u8'> | undefined {
  const grade = view.get('severity')
  if (grade !== undefined) return toKind(grade.column, 'u8')
  const rating = view.get('severityNrs')
  if (rating === undefined) return undefined
  const values = allocate.u8(view.rows)
  forEachValue(rating.column, (value, row) => {
    values[row] = gradeOf(value, cuts)
  })
  return { kind: 'u8', values, valid: rating.column.valid }
}

export function gradeOf(rating: number, [mild, moderate, severe]: NrsCuts): 0 | 1 | 2 | 3 {
  if (rating >= severe) return 3
  if (rating >= moderate) return 2
  return rating > mild ? 1 : 0
}
