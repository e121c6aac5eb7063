import type { TextColumn } from '@afferent/records'
import type { FieldName } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { mapWords } from './map-words.ts'
import { toTakenAt } from './taken-at.ts'
import { toKind } from './to-kind.ts'

const SECOND_MS = 1000

/**
 * RR intervals: one per row, in milliseconds. Without a column that numbers them they are numbered when the file is joined.
 * That their unit is what the study file says is for the whole record to tell (check-records.ts).
 */
export function convertIntervals(view: FieldView, context: ConvertContext, judge: RowJudge): Converted {
  const rr = view.get('rr')
  if (rr === undefined) throw new Error('layout rr-intervals without an interval')
  const sequence = view.get('sequence')
  const stimulating = view.get('stimulating')
  const columns = {
    ...toTakenAt(view, context, judge),
    record: wordsOf(view, 'record', judge),
    sequence: sequence === undefined ? undefined : toKind(sequence.column, 'i32'),
    rr: toKind(rr.column, 'f64', rr.slot.unit === 's' ? SECOND_MS : 1),
    stimulating: stimulating === undefined ? undefined : toKind(stimulating.column, 'u8'),
    posture: wordsOf(view, 'posture', judge),
    device: wordsOf(view, 'recordedBy', judge),
  }
  return { columns: present(columns), empty: null }
}

function wordsOf(view: FieldView, field: FieldName, judge: RowJudge): TextColumn | undefined {
  const values = view.get(field)
  return values === undefined ? undefined : mapWords(values, judge)
}
