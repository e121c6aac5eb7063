import type { RuleId } from '@afferent/records'
import { CR, LF, SPACE, TAB, textOf } from './bytes.ts'
import type { Encoding } from './dialect.ts'
import { DATE_BAD, DATE_MIXED, DATE_OK, DateReader } from './read-date.ts'
import { durationMinutes } from './read-duration.ts'
import { InstantReader, NO_OFFSET, UTC_ALONE } from './read-instant.ts'
import { NO_MARK, NUMBER_MIXED, NUMBER_OK, NUMBER_THOUSANDS, NumberReader } from './read-number.ts'
import type { CellType, ColumnRequest } from './request.ts'

/** What a cell turned out to be. */
export const VALUE = 0
export const MISSING = 1
/** A d/m/y date while the order is open: no value yet, a vote. */
export const OPEN = 2
/** FAULT + i: breaks FAULTS[i]. */
export const FAULT = 3

export const FAULTS: readonly { readonly rule: RuleId; readonly detail: string }[] = [
  { rule: 'value-type', detail: 'a number is expected' },
  { rule: 'number-thousands', detail: '' },
  { rule: 'value-type', detail: 'the column holds decimal points and decimal commas' },
  { rule: 'out-of-range', detail: '' },
  { rule: 'value-unknown', detail: '' },
  { rule: 'value-type', detail: 'yes or no, or a count, is expected' },
  { rule: 'date-invalid', detail: '' },
  { rule: 'date-invalid', detail: 'the column holds day-month and month-day dates' },
  { rule: 'date-invalid', detail: 'a time of day is expected' },
  { rule: 'value-type', detail: 'a duration is expected' },
]
const NOT_A_NUMBER = FAULT
const THOUSANDS = FAULT + 1
const MARKS_MIXED = FAULT + 2
const OUT_OF_RANGE = FAULT + 3
const UNKNOWN = FAULT + 4
const NOT_A_FLAG = FAULT + 5
const BAD_DATE = FAULT + 6
const DATES_MIXED = FAULT + 7
const NO_TIME = FAULT + 8
const NOT_A_DURATION = FAULT + 9

/** Votes of ColumnVotes in its order, from 1; 0: none. A date vote is the date's status, a number vote 3 more than its mark. */
export const VOTES = ['dayFirst', 'monthFirst', 'either', 'point', 'pointEither', 'comma', 'commaEither'] as const
const NO_VOTE = 0
const MARK_VOTE = 3

const FLAG_WORDS: ReadonlyMap<string, number> = new Map([
  ['y', 1],
  ['yes', 1],
  ['t', 1],
  ['true', 1],
  ['n', 0],
  ['no', 0],
  ['f', 0],
  ['false', 0],
])

/**
 * Decides what one cell means for one request. The answer stands in the fields: `value` (numbers, codes, days, wall-clock
 * milliseconds), `offset` and `timed` for instants, `vote`.
 */
export class CellDecoder {
  value = 0
  offset = NO_OFFSET
  timed = false
  vote = NO_VOTE
  private readonly type: CellType
  private readonly encoding: Encoding
  private readonly missing: ReadonlySet<string>
  private readonly longestMissing: number
  private readonly codes: ReadonlyMap<string, number>
  private readonly numbers = new NumberReader()
  private readonly dates = new DateReader()
  private readonly instants = new InstantReader()

  constructor(request: ColumnRequest, encoding: Encoding) {
    this.type = request.type
    this.encoding = encoding
    this.missing = new Set(request.missing)
    this.longestMissing = 4 * Math.max(0, ...request.missing.map((text) => text.length))
    this.codes = codesOf(request.type)
  }

  /** `start`, `end`: the cell without blanks around it. */
  decode(buf: Uint8Array, start: number, end: number): number {
    this.vote = NO_VOTE
    this.value = 0
    const missing =
      start === end || (end - start <= this.longestMissing && this.missing.has(this.text(buf, start, end)))
    switch (this.type.kind) {
      case 'presence':
        this.value = missing ? 0 : 1
        return VALUE
      case 'text':
        return missing ? MISSING : VALUE
      case 'number':
        return missing ? MISSING : this.number(buf, start, end, this.type)
      case 'code':
        return missing ? MISSING : this.code(buf, start, end, this.type.fold)
      case 'flag':
        return missing ? MISSING : this.flag(buf, start, end)
      case 'date':
        return missing ? MISSING : this.date(buf, start, end, this.type.order)
      case 'instant':
        return missing ? MISSING : this.instant(buf, start, end, this.type)
      case 'duration':
        return missing ? MISSING : this.duration(buf, start, end, this.type.unit)
    }
  }

  private text(buf: Uint8Array, start: number, end: number): string {
    return textOf(buf, start, end, this.encoding)
  }

  private number(buf: Uint8Array, start: number, end: number, type: Extract<CellType, { kind: 'number' }>): number {
    const status = this.numbers.read(buf, start, end, type.decimal)
    if (status === NUMBER_THOUSANDS) return THOUSANDS
    if (status === NUMBER_MIXED) return MARKS_MIXED
    if (status !== NUMBER_OK) return NOT_A_NUMBER
    if (this.numbers.mark !== NO_MARK) this.vote = this.numbers.mark + MARK_VOTE
    const value = this.numbers.value
    if (type.integer && !Number.isSafeInteger(value)) return OUT_OF_RANGE
    if ((type.min !== null && value < type.min) || (type.max !== null && value > type.max)) return OUT_OF_RANGE
    // A negative zero would make equal tables differ in bytes.
    this.value = (value === 0 ? 0 : value) / type.divisor
    return VALUE
  }

  private code(buf: Uint8Array, start: number, end: number, fold: boolean): number {
    const text = this.text(buf, start, end)
    const value = this.codes.get(fold ? text.toLowerCase() : text)
    if (value === undefined) return UNKNOWN
    this.value = value
    return VALUE
  }

  private flag(buf: Uint8Array, start: number, end: number): number {
    const word = end - start <= 5 ? FLAG_WORDS.get(this.text(buf, start, end).toLowerCase()) : undefined
    if (word !== undefined) {
      this.value = word
      return VALUE
    }
    const count = this.numbers.read(buf, start, end, '.') === NUMBER_OK ? this.numbers.value : -1
    if (count < 0) return NOT_A_FLAG
    this.value = count > 0 ? 1 : 0
    return VALUE
  }

  private date(
    buf: Uint8Array,
    start: number,
    end: number,
    order: Extract<CellType, { kind: 'date' }>['order'],
  ): number {
    let status = this.dates.read(buf, start, end, order)
    if (status === DATE_OK) this.value = this.dates.days
    if (status !== DATE_BAD && this.dates.next !== end) {
      status = this.instants.read(buf, start, end, order)
      this.value = status === DATE_OK ? this.instants.days : 0
    }
    return this.dated(status)
  }

  private instant(buf: Uint8Array, start: number, end: number, type: Extract<CellType, { kind: 'instant' }>): number {
    this.offset = NO_OFFSET
    if (type.epoch !== null && this.numbers.read(buf, start, end, '.') === NUMBER_OK) {
      this.value = Math.round(this.numbers.value * (type.epoch === 'seconds' ? 1000 : 1))
      this.offset = UTC_ALONE
      this.timed = true
      return VALUE
    }
    const status = this.instants.read(buf, start, end, type.order)
    this.value = status === DATE_OK ? this.instants.wall : 0
    this.offset = this.instants.offset
    this.timed = this.instants.timed
    if (status === DATE_OK && !this.timed && !type.dateOnly) return NO_TIME
    return this.dated(status)
  }

  private dated(status: number): number {
    if (status === DATE_OK) return VALUE
    if (status === DATE_BAD) return BAD_DATE
    if (status === DATE_MIXED) return DATES_MIXED
    this.vote = status
    return OPEN
  }

  private duration(buf: Uint8Array, start: number, end: number, unit: 'hours' | 'minutes' | 'seconds'): number {
    if (end - start > 40) return NOT_A_DURATION
    const status = this.numbers.read(buf, start, end, null)
    if (status === NUMBER_OK && this.numbers.value >= 0) {
      this.value = this.numbers.value === 0 ? 0 : this.numbers.value
      return VALUE
    }
    const minutes = durationMinutes(this.text(buf, start, end))
    if (minutes === null) return NOT_A_DURATION
    this.value = unit === 'hours' ? minutes / 60 : unit === 'seconds' ? minutes * 60 : minutes
    return VALUE
  }
}

function codesOf(type: CellType): ReadonlyMap<string, number> {
  if (type.kind !== 'code') return new Map()
  return new Map(type.codes.map(([text, value]) => [type.fold ? text.toLowerCase() : text, value]))
}

/** First byte of [start, end) that is no blank; TAB is one unless it is the delimiter. */
export function trimStart(buf: Uint8Array, start: number, end: number): number {
  let p = start
  while (p < end && isBlank(buf[p] as number)) p++
  return p
}

export function trimEnd(buf: Uint8Array, start: number, end: number): number {
  let p = end
  while (p > start && isBlank(buf[p - 1] as number)) p--
  return p
}

/** Inside quotes line ends may surround a value too. */
const isBlank = (byte: number): boolean => byte === SPACE || byte === TAB || byte === LF || byte === CR
