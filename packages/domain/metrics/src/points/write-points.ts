import type { Areason } from '@afferent/records'
import type { ResponseRule } from '../responses/response-columns.ts'
import type { EffectRows } from '../rows/effect-rows.ts'
import { writeAgainstBase } from '../rows/measure-rows.ts'
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

/** How many points a parameter has. */
export function countPoints({ parameter, count }: Points, place: number): number {
  let n = 0
  for (let at = 0; at < count; at++) if (parameter[at] === place) n++
  return n
}

/** Positions of the points of a parameter, by BASETYPE and AVISITN. */
export function pointsOf(points: Points, place: number): number[] {
  const found: number[] = []
  for (let at = 0; at < points.count; at++) if (points.parameter[at] === place) found.push(at)
  const { phase, visit } = points
  return found.sort(
    (a, b) => (phase[a] as number) - (phase[b] as number) || (visit[a] as number) - (visit[b] as number) || a - b,
  )
}

/** Writes the points of one parameter of the subject at hand, in the order of adeff. */
export function writePoints(
  rows: EffectRows,
  points: Points,
  subject: number,
  order: readonly number[],
  rule: PointRule,
): void {
  for (const at of order) {
    const base = rule.change
      ? order.find((other) => points.visit[other] === 0 && points.phase[other] === points.phase[at])
      : undefined
    writePoint(rows, points, subject, at, base, rule)
  }
}

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
  if (reason === 'NOT_REACHED') rows.isProvisional()
  else rows.isAnalysed()
  const value = reason === null ? (points.value[at] as number) : Number.NaN
  if (reason === null) {
    rows.aval.put(rows.row, value)
    const word = points.words[at]
    if (word !== null && word !== undefined) rows.word(word)
    const category = points.categories[at]
    if (category !== null && category !== undefined) rows.inCategory(category)
  } else rows.why(reason)
  for (const [name, word] of Object.entries(points.flags[at] ?? {})) rows.flag(name, word)
  if (points.fifth[at] !== 0) rows.criterion(5, points.fifth[at] === 2)
  if (points.sixth[at] !== 0) rows.criterion(6, points.sixth[at] === 2)
  if (points.dtype[at] === POINT_DTYPE.NRI) rows.derivedBy('NRI')
  else if (points.dtype[at] === POINT_DTYPE.PRORATE && reason === null) rows.derivedBy('PRORATE')
  if (!rule.change) return
  if (visit === 0) {
    rows.isBaseline()
    if (reason === null) rows.base.put(rows.row, value)
    return
  }
  if (points.unlike[at] !== 0) {
    if (reason === null) rows.why('NOT_EVALUABLE')
    return
  }
  const known = basePoint !== undefined && reasonOf(points, basePoint, rule.never) === null
  writeAgainstBase(
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
  if (!Number.isNaN(observed)) rows.nobs.put(rows.row, observed)
  const events = points.events[at] as number
  if (!Number.isNaN(events)) rows.nevt.put(rows.row, events)
}
