/**
 * Days as numbers. A calendar day is the count of days since 1970-01-01 (proleptic Gregorian calendar, years 1 to 9999);
 * a study day is ADY, which has no 0 (R-ADY). Record tables hold the index `day - dayZero`, which has one.
 */

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_SHIFT = 719468
const DAYS_PER_ERA = 146097
const DAY_MS = 86_400_000

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
}

/** Days since 1970-01-01, or null for a date that is not in the calendar (31 April, month 13, year 0). */
export function epochDay(year: number, month: number, day: number): number | null {
  if (year < 1 || year > 9999 || day < 1 || day > daysInMonth(year, month)) return null
  const past = year - 1
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400)
  const leapDay = month > 2 && isLeapYear(year) ? 1 : 0
  return past * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] as number) + leapDay + day - 1 - 719162
}

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** '2026-03-01' to days since 1970-01-01; null for every other text. */
export function parseIsoDay(text: string): number | null {
  const parts = ISO_DAY.exec(text)
  return parts === null ? null : epochDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** Days since 1970-01-01 to '2026-03-01'. */
export function toIsoDay(day: number): string {
  const { year, month, day: date } = toCivil(day)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

/** Days since 1970-01-01 to year, month and day (the calendar counted from March, so that the leap day comes last). */
function toCivil(day: number): { year: number; month: number; day: number } {
  const shifted = day + EPOCH_SHIFT
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** Calendar day on which a wall clock (milliseconds as if it were UTC) stands. */
export const dayOfWall = (wallMs: number): number => Math.floor(wallMs / DAY_MS)

/** Midnight at which a calendar day begins, as wall clock. */
export const wallOfDay = (day: number): number => day * DAY_MS

/** ADY of a day whose distance from the first treatment day is `index`: 0 is ADY 1, -1 is ADY -1 (R-ADY). */
export const toStudyDay = (index: number): number => (index >= 0 ? index + 1 : index)

/** Distance from the first treatment day of a study day. ADY has no 0: asking for it is a mistake of the caller. */
export function fromStudyDay(ady: number): number {
  if (ady === 0) throw new RangeError('there is no study day 0')
  return ady > 0 ? ady - 1 : ady
}
