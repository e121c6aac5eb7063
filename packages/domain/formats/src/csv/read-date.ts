import { DIGIT, SPACE, TAB } from './bytes.ts'
import type { DateOrder } from './request.ts'

/** What became of a date cell. */
export const DATE_OK = 0
/** Written d/m/y while the order is open: only the day can come first, only the month, or either. */
export const DAY_FIRST = 1
export const MONTH_FIRST = 2
export const EITHER_FIRST = 3
export const DATE_BAD = 4
/** Written d/m/y in a column that holds both orders. */
export const DATE_MIXED = 5

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_NAMES = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Whether the day exists (Gregorian calendar, years 1 to 9999). */
export function dayExists(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  return day <= (LENGTHS[month - 1] as number) + (month === 2 && isLeap(year) ? 1 : 0)
}

/** Days since 1970-01-01 of a day that exists. */
export function daysOf(year: number, month: number, day: number): number {
  const y = year - 1
  const beforeYear = y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 719_162
  return beforeYear + (DAYS_BEFORE[month - 1] as number) + (month > 2 && isLeap(year) ? 1 : 0) + day - 1
}

/** Two digits: 00-68 are 2000-2068, 69-99 are 1969-1999 (as POSIX strptime has it). */
const fullYear = (year: number, digits: number): number => (digits > 2 ? year : year + (year <= 68 ? 2000 : 1900))

/**
 * Reads a date at the start of a cell.
 *
 * Forms    yyyy-mm-dd (also with / or .), yyyymmdd, d/m/y and m/d/y with / . - or a blank between, year of 2 or 4 digits,
 *          3-Apr-2024, 8th Dec 2021 (English month names).
 * Output   a status; `days` since 1970-01-01 where it is DATE_OK; `next`: first byte behind the date.
 * DATE_BAD the day does not exist, or the text is no date.
 */
export class DateReader {
  days = 0
  next = 0

  read(buf: Uint8Array, start: number, end: number, order: DateOrder | 'mixed' | null): number {
    const first = this.number(buf, start, end)
    const firstDigits = this.next - start
    if (firstDigits === 8) {
      return this.take(Math.floor(first / 10_000), Math.floor(first / 100) % 100, first % 100)
    }
    if (firstDigits === 4) return this.yearFirst(buf, end, first)
    if (firstDigits !== 1 && firstDigits !== 2) return DATE_BAD
    return this.yearLast(buf, end, first, order)
  }

  private yearFirst(buf: Uint8Array, end: number, year: number): number {
    const separator = buf[this.next]
    if (this.next >= end || (separator !== 45 && separator !== 47 && separator !== 46)) return DATE_BAD
    const month = this.part(buf, this.next + 1, end, 2)
    if (month < 0 || this.next >= end || buf[this.next] !== separator) return DATE_BAD
    const day = this.part(buf, this.next + 1, end, 2)
    return day < 0 ? DATE_BAD : this.take(year, month, day)
  }

  private yearLast(buf: Uint8Array, end: number, first: number, order: DateOrder | 'mixed' | null): number {
    this.skipOrdinal(buf, end)
    const separator = buf[this.next] as number
    if (this.next >= end || !isSeparator(separator)) return DATE_BAD
    const named = this.monthName(buf, this.next + 1, end)
    const second = named > 0 ? named : this.part(buf, this.next + 1, end, 2)
    if (second < 0 || this.next >= end || buf[this.next] !== separator) return DATE_BAD
    const yearAt = this.next + 1
    const written = this.part(buf, yearAt, end, 4)
    const digits = this.next - yearAt
    if (written < 0 || (digits !== 2 && digits !== 4)) return DATE_BAD
    const year = fullYear(written, digits)
    if (named > 0) return this.take(year, named, first)
    if (order === 'dmy') return this.take(year, second, first)
    if (order === 'mdy') return this.take(year, first, second)
    return undecided(dayExists(year, second, first), dayExists(year, first, second), order)
  }

  private take(year: number, month: number, day: number): number {
    if (!dayExists(year, month, day)) return DATE_BAD
    this.days = daysOf(year, month, day)
    return DATE_OK
  }

  /** Digits from `at` on; `next` behind them. At most nine are looked at. */
  private number(buf: Uint8Array, at: number, end: number): number {
    let value = 0
    let p = at
    while (p < end && p < at + 9 && (DIGIT[buf[p] as number] as number) < 10) {
      value = value * 10 + (DIGIT[buf[p] as number] as number)
      p++
    }
    this.next = p
    return value
  }

  private part(buf: Uint8Array, at: number, end: number, maxDigits: number): number {
    const value = this.number(buf, at, end)
    const digits = this.next - at
    return digits === 0 || digits > maxDigits ? -1 : value
  }

  private skipOrdinal(buf: Uint8Array, end: number): void {
    if (this.next + 2 >= end) return
    const ordinal = letters(buf, this.next, this.next + 2)
    if (['st', 'nd', 'rd', 'th'].includes(ordinal)) this.next += 2
  }

  /** 1-12, or 0 where no English month name stands; `next` behind it. */
  private monthName(buf: Uint8Array, at: number, end: number): number {
    let p = at
    while (p < end && p < at + 10 && isLetter(buf[p] as number)) p++
    if (p - at < 3) return 0
    const name = letters(buf, at, p)
    const month = Math.max(MONTHS.indexOf(name), MONTH_NAMES.indexOf(name)) + 1
    if (month > 0) this.next = p
    return month
  }
}

function undecided(asDayFirst: boolean, asMonthFirst: boolean, order: 'iso' | 'mixed' | null): number {
  if (!asDayFirst && !asMonthFirst) return DATE_BAD
  if (order === 'mixed') return DATE_MIXED
  if (order === 'iso') return DATE_BAD
  if (asDayFirst && asMonthFirst) return EITHER_FIRST
  return asDayFirst ? DAY_FIRST : MONTH_FIRST
}

const isLetter = (byte: number): boolean => (byte | 32) >= 97 && (byte | 32) <= 122

const isSeparator = (byte: number): boolean =>
  byte === 45 || byte === 47 || byte === 46 || byte === SPACE || byte === TAB

function letters(buf: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode((buf[i] as number) | 32)
  return text
}
