import type { Column } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { wallOfDay, zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'

const HOUR_MS = 3_600_000
const DAY_HOURS = 24

/** Headache hours of a day beyond its length (R-RANGE): 24 h, or 25 where the home zone puts its clocks back that day. */
export function checkHours(
  view: FieldView,
  hours: Column | undefined,
  day: ArrayLike<number>,
  study: Pick<AnalyticStudy, 'timezone' | 'calendar'>,
  judge: RowJudge,
): void {
  const slot = view.get('hours')?.slot
  if (hours === undefined || slot === undefined) return
  const { values } = hours
  for (let row = 0; row < values.length; row++) {
    // Where no value is given a 0 stands.
    if (values[row] <= DAY_HOURS || judge.isBad(row)) continue
    const length = lengthOf(day[row], study)
    if (values[row] > length) judge.reject(row, 'out-of-range', slot, `the day has ${length} hours`)
  }
}

function lengthOf(day: number, { timezone, calendar }: Pick<AnalyticStudy, 'timezone' | 'calendar'>): number {
  if (timezone === null || calendar === 'relative') return DAY_HOURS
  const home = zone(timezone)
  return (home.fromWall(wallOfDay(day + 1)).utc - home.fromWall(wallOfDay(day)).utc) / HOUR_MS
}
