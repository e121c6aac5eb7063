import { allocate, type Column, type ColumnOf, isPresent } from '@afferent/records'
import { type AnalyticStudy, dayOfWall, type FieldName, toIsoDay, zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { type Instants, toInstants } from './instants.ts'
import { toDays } from './study-days.ts'
import { forEachValue, toKind } from './to-kind.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
/** R-NUM. */
const TOLERANCE = 1e-9
const MINUTES_PER = { minutes: 1, seconds: 1 / 60, hours: 60 } as const
/** Dates a device clock starts at after a reset; it may run on for a while. */
const FACTORY_DATES = /^(1970-|2000-01-)/

/**
 * Stimulation sessions: one record per row, of one session or of all sessions of a day. The day is the local date of the
 * start, else the date of the row. What a device or diary reported late counts: R-LATE is about memory of symptoms [P].
 */
export function convertSessions(view: FieldView, context: ConvertContext, judge: RowJudge): Converted {
  const { study } = context
  const home = study.timezone === null ? null : zone(study.timezone)
  const written = view.get('start')
  const start = written === undefined ? null : toInstants(written, view.get('startOffset'), home, judge)
  const day = toSessionDays(view, start, context, judge)
  const submission = study.calendar === 'relative' ? undefined : view.get('submitted')
  const minutes = toSessionMinutes(view, judge)
  const delivered = numbers(view, 'delivered', 'u16')
  if (minutes !== undefined) checkLength(view, minutes, delivered, study, judge)
  const columns = {
    day,
    start: start?.utc,
    startOffset: start?.offset,
    session: numbers(view, 'session', 'i32'),
    origin: toOrigins(view),
    submitted: submission === undefined ? undefined : toInstants(submission, undefined, home, judge).utc,
    minutes,
    current: numbers(view, 'current', 'f64'),
    pulseWidth: numbers(view, 'pulseWidth', 'f64'),
    frequency: numbers(view, 'frequency', 'f64'),
    onShare: numbers(view, 'onShare', 'f64'),
    prescribed: numbers(view, 'prescribed', 'u16'),
    delivered,
    completed: numbers(view, 'completed', 'u8'),
    logGap: numbers(view, 'logGap', 'u8'),
  }
  return { columns: present(columns), empty: null }
}

function numbers<K extends 'u8' | 'u16' | 'i32' | 'f64'>(view: FieldView, field: FieldName, kind: K) {
  const values = view.get(field)
  return values === undefined ? undefined : toKind(values.column, kind)
}

function toSessionDays(
  view: FieldView,
  start: Instants | null,
  { source, study }: ConvertContext,
  judge: RowJudge,
): ColumnOf<'i32'> {
  const dated = toDays(view, source.dayZero, judge)
  const values = allocate.i32(view.rows)
  const slot = (view.get('start') ?? view.get('date') ?? view.get('studyDay'))?.slot ?? null
  for (let row = 0; row < view.rows; row++) {
    const date = dated !== undefined && isPresent(dated.valid, row) ? dated.values[row] : null
    const local = start !== null && isPresent(start.utc.valid, row) ? dateOf(start, row) : null
    const day = local ?? date
    values[row] = day ?? 0
    if (judge.isBad(row)) continue
    if (day === null) judge.reject(row, 'value-missing', slot)
    else if (study.calendar === 'dates' && FACTORY_DATES.test(toIsoDay(day))) judge.reject(row, 'clock-reset', slot)
    else if (local !== null && date !== null && local !== date) {
      judge.remark(row, 'contradiction', slot, 'the session falls on another date than its row')
    }
  }
  return { kind: 'i32', values, valid: null }
}

function dateOf({ utc, offset }: Instants, row: number): number {
  const minutes = offset !== undefined && isPresent(offset.valid, row) ? offset.values[row] : 0
  return dayOfWall(utc.values[row] + minutes * MINUTE_MS)
}

/** Minutes whatever the unit of the cells; more than a day has are rejected. */
function toSessionMinutes(view: FieldView, judge: RowJudge): ColumnOf<'f64'> | undefined {
  const written = view.get('minutes')
  if (written === undefined) return undefined
  const unit = written.slot.unit ?? 'minutes'
  const column = toKind(written.column, 'f64', MINUTES_PER[unit as keyof typeof MINUTES_PER])
  forEachValue(column, (value, row) => {
    if (value > DAY_MINUTES + TOLERANCE && !judge.isBad(row)) judge.reject(row, 'out-of-range', written.slot)
  })
  return column
}

function checkLength(
  view: FieldView,
  minutes: ColumnOf<'f64'>,
  delivered: Column | undefined,
  study: AnalyticStudy,
  judge: RowJudge,
): void {
  const nominal = study.adherence?.sessionMinutes ?? null
  if (nominal === null) return
  const slot = view.get('minutes')?.slot ?? null
  forEachValue(minutes, (value, row) => {
    const sessions = delivered !== undefined && isPresent(delivered.valid, row) ? delivered.values[row] : 1
    if (value > 2 * nominal * sessions + TOLERANCE && !judge.isOut(row)) {
      judge.remark(row, 'session-long', slot, `nominal are ${nominal} min a session`)
    }
  })
}

/** Who tells of the session; where nobody says it, the device. */
function toOrigins(view: FieldView): ColumnOf<'u8'> {
  const values = allocate.u8(view.rows)
  const reported = view.get('reportedBy')
  if (reported !== undefined) {
    forEachValue(reported.column, (value, row) => {
      values[row] = value
    })
  }
  return { kind: 'u8', values, valid: null }
}
