import type { RawTable } from '@afferent/formats'
import type { SettledName } from '@afferent/records'
import type { Source } from '@afferent/study'
import { type FieldView, readSlot, viewFields } from '../read/field-view.ts'
import type { WideSlot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { convertAdverseEvents } from './adverse-events.ts'
import { convertAssessments } from './assessments.ts'
import { convertAttacks } from './attacks.ts'
import type { ConvertContext, Converted } from './converted.ts'
import { convertDaysWide } from './days-wide.ts'
import { convertDiary } from './diary.ts'
import { convertEpisodes } from './episodes.ts'
import { convertFollowUps } from './follow-ups.ts'
import { convertIntakes } from './intakes.ts'
import { convertIntervals } from './intervals.ts'
import { convertMeasurements } from './measurements.ts'
import { convertSessions } from './sessions.ts'
import { convertVisits } from './visits.ts'

/** Rows of an export and the columns they were read from. */
export interface LayoutRows {
  readonly view: FieldView
  /** Columns that stand for a visit, a day, a time or an item each, in the order of the plan. */
  readonly wide: readonly WideSlot[]
  readonly raw: RawTable
}

/** What the rows of a layout become. */
export interface Layout {
  /** The table its rows are counted in. */
  readonly table: SettledName
  /** Tables it may add records to beside that, which stand on rows counted there. */
  readonly beside: readonly SettledName[]
  /** Whether one row gives several records of `table`: then a row is used if any of them is. */
  readonly several: boolean
  readonly convert: (rows: LayoutRows, context: ConvertContext, judge: RowJudge) => readonly Converted[]
}

/** Layouts of records, by the name a study file gives them; `subjects` gives facts alone. */
export const LAYOUTS: Readonly<Record<Exclude<Source['layout'], 'subjects'>, Layout>> = {
  daily: single('diary', convertDiary),
  episodes: single('episodes', convertEpisodes),
  intakes: single('intakes', convertIntakes),
  stimulation: single('stimulation', convertSessions),
  'adverse-events': single('adverseEvents', convertAdverseEvents),
  visits: {
    table: 'values',
    beside: [],
    several: true,
    convert: ({ view, wide, raw }, context, judge) =>
      convertVisits(
        view,
        wide.map((slot) => ({ slot, values: readSlot(raw, slot) })),
        context,
        judge,
      ),
  },
  assessments: {
    table: 'assessments',
    beside: [],
    several: true,
    convert: ({ view, wide, raw }, context, judge) =>
      convertAssessments(
        view,
        wide.map((slot) => ({ slot, values: readSlot(raw, slot) })),
        context,
        judge,
      ),
  },
  measurements: {
    table: 'measurements',
    beside: [],
    several: true,
    convert: ({ view, wide, raw }, context, judge) =>
      convertMeasurements(
        view,
        wide.map((slot) => ({ slot, values: readSlot(raw, slot) })),
        context,
        judge,
      ),
  },
  'rr-intervals': single('intervals', convertIntervals),
  'days-wide': {
    table: 'diary',
    beside: [],
    several: true,
    convert: ({ view, wide, raw }, context, judge) => convertDaysWide(view, viewsAt(raw, wide), context, judge),
  },
  attacks: {
    table: 'attacks',
    beside: ['followUps'],
    several: false,
    convert: ({ view, wide, raw }, context, judge) => convertAttacks(view, viewsAt(raw, wide), context, judge),
  },
  'follow-ups': single('followUps', convertFollowUps),
}

/** A row is a record. */
function single(
  table: SettledName,
  convert: (view: FieldView, context: ConvertContext, judge: RowJudge) => Converted,
): Layout {
  return { table, beside: [], several: false, convert: ({ view }, context, judge) => [convert(view, context, judge)] }
}

/** The fields that stand for one day or time together, in ascending order of it. */
export function viewsAt(raw: RawTable, wide: readonly WideSlot[]): { readonly at: number; readonly view: FieldView }[] {
  const places = [...new Set(wide.map(({ at }) => at))].sort((a, b) => a - b)
  return places.map((at) => ({
    at,
    view: viewFields(
      raw,
      wide.filter((slot) => slot.at === at),
    ),
  }))
}
