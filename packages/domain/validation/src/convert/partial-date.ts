import type { DateOrder } from '@afferent/formats'
import { epochDay } from '@afferent/study'

/** The days that a date, or what is known of one, can mean. Days since 1970-01-01. */
export interface DaySpan {
  readonly from: number
  readonly to: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LAST_MONTH = 12
const LAST_DAY = 31
/** What stands for a part that is not known: UN, UNK, XX, NK, or hyphens. */
const UNKNOWN = /^(un|unk|xx|xxxx|nk|-{1,2})$/i

/**
 * A date of which day, or day and month, may be unknown.
 *
 * Forms       2026-03-05 (with or without a time behind it), 2026-03, 2026, 2026-03--, 2026---05 (SDTM: the month is not known);
 *             05-MAR-2026, UN-MAR-2026, MAR-2026, UN-UNK-2026; in the order of `order` 05/03/2026, UN/03/2026, UN/UN/2026;
 *             03/2026. Separators of the last two groups: / . - or blank.
 * Output      first and last possible day; equal for a whole date. A year alone runs from 1 January to 31 December.
 * Undefined   no such date, or day and month could be either and `order` is null: null.
 */
export function parsePartialDate(text: string, order: DateOrder | null): DaySpan | null {
  const iso =
    /^(\d{4})(?:-(\d{2}|-)(?:-(\d{2}|-)(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$/.exec(text)
  if (iso !== null) return spanOf(Number(iso[1]), partOf(iso[2]), partOf(iso[3]))
  const parts = text.split(/[/. ]|-(?!-)/).filter((part) => part !== '')
  const year = parts.at(-1) ?? ''
  if (!/^\d{4}$/.test(year) || parts.length > 3) return null
  if (parts.length === 1) return null
  if (parts.length === 2) {
    const month = monthOf(parts[0])
    return month === undefined ? null : spanOf(Number(year), month, null)
  }
  const named = Number.isNaN(Number(parts[1])) && !UNKNOWN.test(parts[1])
  const [dayText, monthText] = order === 'mdy' && !named ? [parts[1], parts[0]] : [parts[0], parts[1]]
  const day = numberOf(dayText)
  const month = monthOf(monthText)
  if (day === undefined || month === undefined) return null
  if (order === null && day !== null && month !== null && !named) return null
  return spanOf(Number(year), month, day)
}

const partOf = (text: string | undefined): number | null => (text === undefined || text === '-' ? null : Number(text))

/** null: said to be unknown; undefined: no such number. */
function numberOf(text: string): number | null | undefined {
  if (UNKNOWN.test(text)) return null
  return /^\d{1,2}$/.test(text) ? Number(text) : undefined
}

function monthOf(text: string): number | null | undefined {
  const named = MONTHS.indexOf(text.slice(0, 3).toLowerCase())
  return named >= 0 && /^[a-z]+$/i.test(text) ? named + 1 : numberOf(text)
}

function spanOf(year: number, month: number | null, day: number | null): DaySpan | null {
  const from = epochDay(year, month ?? 1, day ?? 1)
  const to = day === null ? lastDayOf(year, month ?? LAST_MONTH) : epochDay(year, month ?? LAST_MONTH, day)
  return from === null || to === null ? null : { from, to }
}

function lastDayOf(year: number, month: number): number | null {
  for (let day = LAST_DAY; day > 0; day--) {
    const found = epochDay(year, month, day)
    if (found !== null) return found
  }
  return null
}
