import { DIGIT, SPACE, TAB } from './bytes.ts'
import { DATE_BAD, DATE_OK, DateReader } from './read-date.ts'
import type { DateOrder } from './request.ts'

const DAY_MS = 86_400_000

/** `offset` of an instant that was written without one. */
export const NO_OFFSET = 0x7fff
/**
 * `offset` of an instant written in UTC (Z, UTC, seconds since 1970): the instant is known, the clock on the patient's wall is
 * not (RFC 9557, section 2). +00:00 is an offset like any other.
 */
export const UTC_ALONE = 0x7ffe

/**
 * Reads a date with a time of day.
 *
 * Forms    a date (see DateReader), then T or blanks, then hh:mm, hh:mm:ss, hh.mm.ss, with a fraction, hhmm or hhmmss; then am or
 *          pm; then Z, UTC or +hh:mm, +hhmm, +hh. A date alone is read too: `timed` is false then.
 * Output   the status of the date; `wall` milliseconds of the clock on the wall since 1970-01-01; `offset` minutes,
 *          UTC_ALONE or NO_OFFSET.
 *          Digits behind the millisecond are cut off.
 */
export class InstantReader {
  wall = 0
  offset = NO_OFFSET
  timed = false
  private readonly date = new DateReader()
  private at = 0

  read(buf: Uint8Array, start: number, end: number, order: DateOrder | 'mixed' | null): number {
    this.timed = false
    this.offset = NO_OFFSET
    const status = this.date.read(buf, start, end, order)
    if (status === DATE_BAD) return status
    this.at = this.date.next
    this.wall = status === DATE_OK ? this.date.days * DAY_MS : 0
    if (this.at === end) return status
    if (!this.skipToTime(buf, end)) return DATE_BAD
    const ms = this.time(buf, end)
    if (ms < 0 || !this.readOffset(buf, end)) return DATE_BAD
    this.timed = true
    this.wall += ms
    return status
  }

  /** Days since 1970-01-01 of the date as written. */
  get days(): number {
    return this.date.days
  }

  private skipToTime(buf: Uint8Array, end: number): boolean {
    if ((buf[this.at] | 32) === 116) {
      this.at++
      return true
    }
    const from = this.at
    this.skipBlanks(buf, end)
    return this.at > from
  }

  private skipBlanks(buf: Uint8Array, end: number): void {
    while (this.at < end && (buf[this.at] === SPACE || buf[this.at] === TAB)) this.at++
  }

  /** Milliseconds since midnight; -1: no time of day. */
  private time(buf: Uint8Array, end: number): number {
    const from = this.at
    let hours = this.digits(buf, end, 6)
    const count = this.at - from
    let minutes = 0
    let seconds = 0
    let ms = 0
    if (count === 4 || count === 6) {
      const packed = hours
      hours = Math.floor(packed / (count === 4 ? 100 : 10_000))
      minutes = Math.floor(packed / (count === 4 ? 1 : 100)) % 100
      seconds = count === 4 ? 0 : packed % 100
    } else {
      const separator = buf[this.at]
      if (count === 0 || count > 2 || this.at >= end || (separator !== 58 && separator !== 46)) return -1
      this.at++
      minutes = this.twoDigits(buf, end)
      if (this.at < end && buf[this.at] === separator) {
        this.at++
        seconds = this.twoDigits(buf, end)
        ms = this.fraction(buf, end)
      }
    }
    hours = this.halfDay(buf, end, hours)
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59 || ms < 0) return -1
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
  }

  private digits(buf: Uint8Array, end: number, most: number): number {
    let value = 0
    const stop = Math.min(end, this.at + most)
    while (this.at < stop && (DIGIT[buf[this.at] as number] as number) < 10) {
      value = value * 10 + (DIGIT[buf[this.at++] as number] as number)
    }
    return value
  }

  private twoDigits(buf: Uint8Array, end: number): number {
    const from = this.at
    const value = this.digits(buf, end, 2)
    return this.at - from === 2 ? value : -1
  }

  /** Milliseconds of a fraction of a second, 0 without one, -1 for a mark without digits. */
  private fraction(buf: Uint8Array, end: number): number {
    if (this.at >= end || (buf[this.at] !== 46 && buf[this.at] !== 44)) return 0
    const from = ++this.at
    const value = this.digits(buf, end, 3)
    const count = this.at - from
    if (count === 0) return -1
    while (this.at < end && (DIGIT[buf[this.at] as number] as number) < 10) this.at++
    return value * 10 ** (3 - count)
  }

  /** The hour after am or pm, if one follows; -1 for an hour that no such clock shows. */
  private halfDay(buf: Uint8Array, end: number, hours: number): number {
    const from = this.at
    this.skipBlanks(buf, end)
    const half = (buf[this.at] as number) | 32
    if (this.at + 1 >= end || (half !== 97 && half !== 112) || ((buf[this.at + 1] as number) | 32) !== 109) {
      this.at = from
      return hours
    }
    this.at += 2
    if (hours < 1 || hours > 12) return -1
    return (hours % 12) + (half === 112 ? 12 : 0)
  }

  /** False where something follows that is no offset. */
  private readOffset(buf: Uint8Array, end: number): boolean {
    this.skipBlanks(buf, end)
    if (this.at === end) return true
    const mark = buf[this.at] as number
    this.at++
    if ((mark | 32) === 122 && this.at === end) return this.takeOffset(UTC_ALONE)
    if ((mark | 32) === 117 && end - this.at === 2 && isTc(buf, this.at)) return this.takeOffset(UTC_ALONE)
    if (mark !== 43 && mark !== 45) return false
    const hours = this.twoDigits(buf, end)
    if (this.at < end && buf[this.at] === 58) this.at++
    const minutes = this.at === end ? 0 : this.twoDigits(buf, end)
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || this.at !== end) return false
    return this.takeOffset((mark === 45 ? -1 : 1) * (hours * 60 + minutes))
  }

  private takeOffset(minutes: number): boolean {
    this.offset = minutes
    return true
  }
}

const isTc = (buf: Uint8Array, at: number): boolean =>
  ((buf[at] as number) | 32) === 116 && ((buf[at + 1] as number) | 32) === 99
