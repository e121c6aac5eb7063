import type { Areason } from '@afferent/records'
import type { ResponseRule } from '../responses/response-columns.ts'
import type { EffectRows } from '../rows/effect-rows.ts'
import { writeAgainstBase } from '../rows/measure-rows.ts'
import { SAYS } from '../rows/said.ts'
import { POINT_DTYPE, type Points } from './points.ts'

/** How the points of a parameter are written. */
export interface PointRule {
  readonly place: number
  /** Compared with the point of visit 0 of the same BASETYPE: BASE, CHG, PCHG. */
  readonly change: boolean
  readonly response: ResponseRule | null
  /** Why the parameter can never be answered from this study's exports. */
  readonly never: Areason | null
}

/** Positions of the points of a parameter, by BASETYPE and AVISITN. */
export function pointsOf(points: Points, place: number): readonly number[] {
  const found = points.of(place)
  const { phase, visit } = points
  const compare = (a: number, b: number): number =>
    (phase[a] as number) - (phase[b] as number) || (visit[a] as number) - (visit[b] as number) || a - b
  for (let k = 1; k < found.length; k++) {
    if (compare(found[k - 1] as number, found[k] as number) > 0) return found.sort(compare)
  }
  return found
}

/** Writes the points of one parameter of the subject at hand, in the order of adeff. */
export function writePoints(
  rows: EffectRows,
  points: Points,
  subject: number,
  order: readonly number[],
  rule: PointRule,
): void {
  for (let k = 0; k < order.length; k++) {
    const at = order[k] as number
    writePoint(rows, points, subject, at, rule.change ? basePointOf(points, order, at) : undefined, rule)
  }
}

/** The point of visit 0 of the same BASETYPE. */
const basePointOf = ({ visit, phase }: Points, order: readonly number[], at: number): number | undefined =>
  order.find((other) => visit[other] === 0 && phase[other] === phase[at])

function writePoint(
  rows: EffectRows,
  points: Points,
  subject: number,
  at: number,
  basePoint: number | undefined,
  rule: PointRule,
): void {
  const visit = points.visit[at] as number
  const reason = reasonOf(points, at, rule.never)
  rows.next(subject, rule.place, visit)
  writePlace(rows, points, at)
  rows.say(reason === 'NOT_REACHED' ? SAYS.provisional : SAYS.analysed)
  const value = reason === null ? (points.value[at] as number) : Number.NaN
  if (reason === null) {
    rows.value(value)
    const word = points.words[at]
    if (word !== null && word !== undefined) rows.word(word)
    const category = points.categories[at]
    if (category !== null && category !== undefined) rows.inCategory(category)
  } else rows.why(reason)
  const flags = points.flags[at] ?? null
  if (flags !== null) for (const [name, word] of Object.entries(flags)) rows.flag(name, word)
  if (points.fifth[at] !== 0) rows.criterion(5, points.fifth[at] === 2)
  if (points.sixth[at] !== 0) rows.criterion(6, points.sixth[at] === 2)
  if (points.dtype[at] === POINT_DTYPE.NRI) rows.derivedBy('NRI')
  else if (points.dtype[at] === POINT_DTYPE.PRORATE && reason === null) rows.derivedBy('PRORATE')
  if (!rule.change) return
  if (visit === 0) {
    rows.say(SAYS.baseline)
    if (reason === null) rows.baseIs(value)
    return
  }
  if (points.unlike[at] !== 0) {
    if (reason === null) rows.why('NOT_EVALUABLE')
    return
  }
  const known = basePoint !== undefined && reasonOf(points, basePoint, rule.never) === null
  const says = writeAgainstBase(
    rows,
    rule.response,
    known ? (points.value[basePoint] as number) : Number.NaN,
    value,
    reason,
    known ? (points.numerator[basePoint] as number) : Number.NaN,
    known ? (points.denominator[basePoint] as number) : 1,
    points.numerator[at] as number,
    points.denominator[at] as number,
  )
  rows.say(says)
}

/** Why a point has no value; what its window says comes before what the export can never answer (R-NOPOST). */
export function reasonOf(points: Points, at: number, never: Areason | null): Areason | null {
  const own = points.reasons[at] ?? null
  if (own === 'NOT_REACHED' || own === 'DISCONTINUED') return own
  return never ?? own
}

function writePlace(rows: EffectRows, points: Points, at: number): void {
  const from = points.from[at] as number
  const day = points.day[at] as number
  if (!Number.isNaN(from)) rows.window(from, points.to[at] as number)
  if (!Number.isNaN(day)) rows.on(day)
  const phase = points.phase[at] as number
  if (phase >= 0) rows.phase(phase)
  const observed = points.observed[at] as number
  if (!Number.isNaN(observed)) rows.observed(observed)
  const events = points.events[at] as number
  if (!Number.isNaN(events)) rows.counted(events)
}
