import { COMMA, DIGIT, POINT } from './bytes.ts'
import type { DecimalVerdict } from './request.ts'

/** What became of a number cell. */
export const NUMBER_OK = 0
export const NUMBER_BAD = 1
/** Written with a separator of thousands, or with a mark that may be one. */
export const NUMBER_THOUSANDS = 2
/** Written with a decimal mark in a column that uses both. */
export const NUMBER_MIXED = 3

/** How the number was marked. */
export const NO_MARK = 0
export const WITH_POINT = 1
/** One to three digits, point, three digits: 1.234 may be 1234. */
export const WITH_POINT_EITHER = 2
export const WITH_COMMA = 3
export const WITH_COMMA_EITHER = 4

/**
 * Reads a decimal number that fills its cell: sign, digits, one decimal mark, exponent. Nothing is guessed: groups of thousands
 * are NUMBER_THOUSANDS. The value is the double nearest to the text.
 */
export class NumberReader {
  value = 0
  mark = NO_MARK

  read(buf: Uint8Array, start: number, end: number, decimal: '.' | ',' | DecimalVerdict | null): number {
    this.mark = NO_MARK
    let p = start
    if (p < end && (buf[p] === 43 || buf[p] === 45)) p++
    const wholeAt = p
    p = digitsEnd(buf, p, end)
    const whole = p - wholeAt
    let fraction = 0
    let markByte = 0
    if (p < end && (buf[p] === POINT || buf[p] === COMMA)) {
      markByte = buf[p] as number
      const fractionAt = p + 1
      p = digitsEnd(buf, fractionAt, end)
      fraction = p - fractionAt
    }
    if (whole + fraction === 0) return NUMBER_BAD
    const exponent = p < end && ((buf[p] as number) | 32) === 101
    if (exponent) {
      p++
      if (p < end && (buf[p] === 43 || buf[p] === 45)) p++
      const exponentAt = p
      p = digitsEnd(buf, p, end)
      if (p === exponentAt) return NUMBER_BAD
    }
    if (p !== end) return hasGroups(buf, wholeAt, end) ? NUMBER_THOUSANDS : NUMBER_BAD
    if (markByte !== 0) {
      const either = !exponent && fraction === 3 && whole >= 1 && whole <= 3 && buf[wholeAt] !== 48
      const refused = this.judge(markByte, either, decimal)
      if (refused !== NUMBER_OK) return refused
    }
    this.value = Number(asciiNumber(buf, start, end))
    return Number.isFinite(this.value) ? NUMBER_OK : NUMBER_BAD
  }

  private judge(byte: number, either: boolean, decimal: '.' | ',' | DecimalVerdict | null): number {
    if (decimal === null) {
      if (byte === POINT) this.mark = either ? WITH_POINT_EITHER : WITH_POINT
      else this.mark = either ? WITH_COMMA_EITHER : WITH_COMMA
      return NUMBER_OK
    }
    if (decimal === 'thousands') return NUMBER_THOUSANDS
    if (decimal === 'mixed') return NUMBER_MIXED
    if (byte === decimal.charCodeAt(0)) return NUMBER_OK
    return either ? NUMBER_THOUSANDS : NUMBER_BAD
  }
}

function digitsEnd(buf: Uint8Array, at: number, end: number): number {
  let p = at
  while (p < end && (DIGIT[buf[p] as number] as number) < 10) p++
  return p
}

/** 1.234.567, 1,234.5, 1 234: one to three digits, then groups of three, then possibly a fraction. */
function hasGroups(buf: Uint8Array, at: number, end: number): boolean {
  return /^\d{1,3}([., '])\d{3}(\1\d{3})*([.,]\d+)?$/.test(ascii(buf, at, Math.min(end, at + 40)))
}

const asciiNumber = (buf: Uint8Array, start: number, end: number): string => ascii(buf, start, end).replace(',', '.')

function ascii(buf: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(buf[i] as number)
  return text
}
