import {
  allocate,
  CAUSALITY,
  type Column,
  type ColumnOf,
  isPresent,
  markPresent,
  withoutFullMask,
} from '@afferent/records'
import { type FieldName, zone } from '@afferent/study'
import { asText, type FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { toInstants } from './instants.ts'
import { mapWords } from './map-words.ts'
import { type DaySpan, parsePartialDate } from './partial-date.ts'
import { toTableDay } from './study-days.ts'
import { toKind } from './to-kind.ts'

const UNKNOWN = CAUSALITY.indexOf('unknown')
/** An end that says there is none yet. */
const ONGOING = /^(ongoing|continuing)$/i

/**
 * Adverse events: one record per row. A partial date becomes the days it can mean. Reports that come late count: R-LATE is
 * about diaries [P]. A relation that the export asks for and that is left open is unknown, and so counts as related.
 */
export function convertAdverseEvents(view: FieldView, context: ConvertContext, judge: RowJudge): Converted {
  const { study } = context
  const home = study.timezone === null ? null : zone(study.timezone)
  const onset = toSpans(view, 'onset', context, judge)
  const end = toSpans(view, 'resolved', context, judge)
  checkSpans(view, onset, end, judge)
  const submission = study.calendar === 'relative' ? undefined : view.get('submitted')
  const columns = {
    start: onset.from,
    startTo: onset.to,
    end: end.from,
    endTo: end.to,
    submitted: submission === undefined ? undefined : toInstants(submission, undefined, home, judge).utc,
    number: words(view, 'eventNumber', judge),
    term: words(view, 'term', judge),
    class: words(view, 'organClass', judge),
    severity: toSeverities(view, judge),
    serious: flags(view, 'serious'),
    expected: flags(view, 'expected'),
    worsened: flags(view, 'worsened'),
    relDevice: toRelations(view, 'relDevice', judge),
    relProcedure: toRelations(view, 'relProcedure', judge),
    relStimulation: toRelations(view, 'relStimulation', judge),
    relDrug: toRelations(view, 'relDrug', judge),
    outcome: words(view, 'outcome', judge),
  }
  return { columns: present(columns), empty: null }
}

interface Spans {
  readonly from: ColumnOf<'i32'>
  readonly to: ColumnOf<'i32'>
}

/** First and last possible days of a field; missing where the cell is empty or the field is not mapped. */
function toSpans(view: FieldView, field: FieldName, context: ConvertContext, judge: RowJudge): Spans {
  const from = allocate.i32(view.rows)
  const to = allocate.i32(view.rows)
  const known = allocate.mask(view.rows)
  const written = view.get(field)
  if (written !== undefined) {
    const column = asText(written)
    const spans = column.dictionary.map((text) => readSpan(text, field, context))
    for (let row = 0; row < view.rows; row++) {
      if (!isPresent(column.valid, row) || judge.isBad(row)) continue
      const span = spans[column.values[row]]
      if (typeof span === 'string') judge.reject(row, span, written.slot)
      else if (span !== null) {
        from[row] = span.from
        to[row] = span.to
        markPresent(known, row)
      }
    }
  }
  const valid = withoutFullMask(known, view.rows)
  return { from: { kind: 'i32', values: from, valid }, to: { kind: 'i32', values: to, valid } }
}

/** The days of a cell; null: it says there are none; or the rule it breaks. */
function readSpan(
  text: string,
  field: FieldName,
  { source, study }: ConvertContext,
): DaySpan | null | 'date-invalid' | 'day-zero' {
  if (field === 'resolved' && ONGOING.test(text)) return null
  if (study.calendar === 'dates') return parsePartialDate(text, source.dateOrder) ?? 'date-invalid'
  if (!/^-?\d{1,5}$/.test(text)) return 'date-invalid'
  if (Number(text) === 0 && source.dayZero === 'none') return 'day-zero'
  const day = toTableDay(Number(text), source.dayZero)
  return { from: day, to: day }
}

function checkSpans(view: FieldView, onset: Spans, end: Spans, judge: RowJudge): void {
  const slot = view.get('onset')?.slot ?? null
  const endSlot = view.get('resolved')?.slot ?? null
  for (let row = 0; row < view.rows; row++) {
    if (judge.isBad(row)) continue
    const ended = isPresent(end.from.valid, row)
    if (!isPresent(onset.from.valid, row)) {
      judge.remark(row, 'onset-unknown', slot, ended ? 'it has an end alone' : '')
    } else if (ended && end.to.values[row] < onset.from.values[row]) judge.reject(row, 'end-before-start', endSlot)
  }
}

function words(view: FieldView, field: FieldName, judge: RowJudge) {
  const values = view.get(field)
  return values === undefined ? undefined : mapWords(values, judge)
}

function flags(view: FieldView, field: FieldName): ColumnOf<'u8'> | undefined {
  const values = view.get(field)
  return values === undefined ? undefined : toKind(values.column, 'u8')
}

/** 1 mild, 2 moderate, 3 severe. */
function toSeverities(view: FieldView, judge: RowJudge): ColumnOf<'u8'> | undefined {
  const written = view.get('eventSeverity')
  if (written === undefined) return undefined
  const column: Column = written.column
  const values = allocate.u8(view.rows)
  for (let row = 0; row < view.rows; row++) {
    if (isPresent(column.valid, row)) values[row] = column.values[row] + 1
    else if (!judge.isBad(row)) judge.remark(row, 'severity-missing', written.slot)
  }
  return { kind: 'u8', values, valid: column.valid }
}

function toRelations(view: FieldView, field: FieldName, judge: RowJudge): ColumnOf<'u8'> | undefined {
  const written = view.get(field)
  if (written === undefined) return undefined
  const column: Column = written.column
  const values = allocate.u8(view.rows)
  for (let row = 0; row < view.rows; row++) {
    if (isPresent(column.valid, row)) values[row] = column.values[row]
    else {
      values[row] = UNKNOWN
      if (!judge.isBad(row)) judge.remark(row, 'relatedness-missing', written.slot)
    }
  }
  return { kind: 'u8', values, valid: null }
}
