import { isPresent } from '@afferent/records'
import { toStudyDay } from '@afferent/study'
import { DAY_BIT, DAY_BITS, type DayBit } from '../days/day-bits.ts'
import { dateOf } from '../days/midnights.ts'
import { markBit } from '../days/record-marks.ts'
import { FORM, TOUCH } from '../days/subject-days.ts'
import type { Measure } from '../windows/measure.ts'
import { PAIN_KINDS, painSumOf, QUANTITY, type Quantity } from '../windows/quantities.ts'
import type { Span } from '../windows/schedule.ts'
import type { SubjectPass } from '../windows/subject-pass.ts'

/** Entries of the date came too late (R-LATE). */
const LATE = markBit('late.diary') | markBit('late.events')

/** One day of a window: what it gave to the value, or why it gave nothing. */
export interface ExplainedDay {
  /** ADY. */
  readonly day: number
  readonly counted: boolean
  /** What the day adds to the numerator (0 or 1 for days, hours, points). */
  readonly adds: number
  readonly why: string | null
  /** Rows of the settled tables that speak about the day. */
  readonly diary: readonly number[]
  readonly episodes: readonly number[]
  readonly intakes: readonly number[]
}

/** The days of a window as the computation saw them: `pass` has read the subject. */
export function explainDays(pass: SubjectPass, measure: Measure, span: Span): readonly ExplainedDay[] {
  const { days } = pass
  const list: ExplainedDay[] = []
  for (let index = span.from; index <= span.to; index++) {
    const i = index - days.start
    const counted = pass.zero !== null && amountOf(pass, measure.observed, i) > 0
    list.push({
      day: toStudyDay(index),
      counted,
      adds: counted ? amountOf(pass, measure.numerator, i) : 0,
      why: counted ? null : whyNot(pass, measure, i),
      ...recordsOf(pass, index),
    })
  }
  return list
}

/** What the day at position `i` adds to a quantity of its window. */
function amountOf(pass: SubjectPass, quantity: Quantity, i: number): number {
  const { days } = pass
  if (quantity < DAY_BITS) return ((days.words[i] as number) >>> quantity) & 1
  if (quantity === QUANTITY.hours) return days.hours[i] as number
  if (quantity === QUANTITY.peaks) return bitAt(days.words, i, 'peakLow') + 2 * bitAt(days.words, i, 'peakHigh')
  if (quantity === QUANTITY.attacks) return days.attacks[i] as number
  if (quantity === QUANTITY.attackHours) return days.attackHours[i] as number
  const kind = PAIN_KINDS.findIndex((name) => painSumOf(name) === quantity || painSumOf(name) + 1 === quantity)
  const rated = kind >= 0 && days.ratings[kind]?.[i] !== 0
  if (!rated) return 0
  return painSumOf(PAIN_KINDS[kind] as (typeof PAIN_KINDS)[number]) === quantity ? (days.pain[kind]?.[i] as number) : 1
}

const bitAt = (words: Int32Array, i: number, bit: DayBit): number => ((words[i] as number) >>> DAY_BIT[bit]) & 1

function whyNot(pass: SubjectPass, measure: Measure, i: number): string {
  const { days, plan } = pass
  if (pass.zero === null) return 'the first treatment day is not known'
  const index = i + days.start
  if (pass.lastDay !== null && index > pass.lastDay) return 'after the last study day'
  if (plan.facts.cut !== null && index > plan.facts.cut - pass.zero) return 'after the data cut'
  if (days.touch[i] === TOUCH.imputed) return 'reached only by an imputed end (R-END)'
  const hasEntry = days.form[i] !== FORM.none || recordsOf(pass, index).diary.length > 0
  const late = ((days.marks[i] as number) & LATE) !== 0 ? ' in time (late-entry)' : ''
  if (!hasEntry) return days.touch[i] === TOUCH.none ? `no entry${late}` : 'no form (diary.episodeObserves is off)'
  return measure.observed >= DAY_BITS ? 'not rated' : 'the form does not answer the question'
}

function recordsOf(pass: SubjectPass, index: number): Pick<ExplainedDay, 'diary' | 'episodes' | 'intakes'> {
  const { settled, headaches, zero } = pass
  if (zero === null) return { diary: [], episodes: [], intakes: [] }
  const day = zero + index
  const position = index - pass.days.start
  const episodes: number[] = []
  for (let k = 0; k < headaches.count; k++) {
    if (position < (headaches.firstDate[k] as number) || position > (headaches.lastDate[k] as number)) continue
    for (let row = headaches.firstRow[k] as number; row <= (headaches.lastRow[k] as number); row++) episodes.push(row)
  }
  if (pass.days.noted[position] === 1) episodes.push(...painlessOn(pass, day).filter((row) => !episodes.includes(row)))
  return {
    diary: rowsOn(settled.diary?.columns.day?.values, pass.diaryRows, day),
    episodes,
    intakes: rowsOn(settled.intakes?.columns.day?.values, pass.intakeRows, day),
  }
}

/** Episodes of severity 0 that begin on a day. */
function painlessOn({ settled, episodeRows }: SubjectPass, day: number): number[] {
  const c = settled.episodes?.columns
  const rows: number[] = []
  for (let row = episodeRows.from; row < episodeRows.to; row++) {
    const begins = dateOf(c?.start?.values[row] as number, c?.startOffset?.values[row] ?? 0)
    const { severity } = c ?? {}
    if (begins === day && severity !== undefined && isPresent(severity.valid, row) && severity.values[row] === 0) {
      rows.push(row)
    }
  }
  return rows
}

function rowsOn(days: Int32Array | undefined, { from, to }: { from: number; to: number }, day: number): number[] {
  const rows: number[] = []
  if (days === undefined) return rows
  for (let row = from; row < to; row++) if (days[row] === day) rows.push(row)
  return rows
}
