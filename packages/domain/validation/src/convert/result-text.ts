import { ABOVE, BELOW, MEASURED } from '@afferent/records'
import type { CsvOptions } from '@afferent/study'

/** A result as its cell says it; `number` NaN: `<` or `>` alone. */
export interface WrittenResult {
  readonly where: typeof BELOW | typeof MEASURED | typeof ABOVE
  readonly number: number
}

export type ReadResult = WrittenResult | { readonly fault: 'no-result' | 'thousands' }

const FORM = /^([<>≤≥]=?)?\s*([+-]?\d*(?:[.,]\d*)?(?:e[+-]?\d+)?)$/i
/** 1,234 may be 1234 or 1.234; 0,123 has a leading zero, so it is no thousand. */
const EITHER = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/

/**
 * The result in a cell of a laboratory export: a number, `<` or `>` with a limit, or one of them alone.
 *
 * Input   the text; words of the value map stand for what they are mapped to. `decimal`: the mark that the source declares;
 *         without one both are taken, but for a number that may have thousands.
 * Source  [P]; `≤` and `≥` say that a result lies beyond the limit, as `<` and `>` do.
 */
export function readResult(
  text: string,
  words: Readonly<Record<string, string>> | null,
  decimal: CsvOptions['decimal'],
): ReadResult {
  const word = text.trim()
  const mapped = words !== null && Object.hasOwn(words, word)
  const found = FORM.exec((mapped ? (words[word] as string) : word).trim())
  if (found === null) return { fault: 'no-result' }
  const [, mark, digits] = found
  const where = mark === undefined ? MEASURED : /[<≤]/.test(mark) ? BELOW : ABOVE
  if (digits === '' || digits === undefined) {
    return where === MEASURED ? { fault: 'no-result' } : { where, number: Number.NaN }
  }
  const number = readDecimal(digits, mapped ? '.' : decimal)
  return typeof number === 'number' ? { where, number } : number
}

/** A limit in a cell of its own, which may be written as `< 0.3`. */
export function readLimit(text: string, decimal: CsvOptions['decimal']): number | null {
  const found = readResult(text, null, decimal)
  return 'fault' in found || !(found.number > 0) ? null : found.number
}

function readDecimal(
  digits: string,
  decimal: CsvOptions['decimal'],
): number | { readonly fault: 'no-result' | 'thousands' } {
  if (decimal !== null && digits.includes(decimal === '.' ? ',' : '.')) return { fault: 'no-result' }
  if (decimal === null && EITHER.test(digits)) return { fault: 'thousands' }
  const number = Number(digits.replace(',', '.'))
  return Number.isFinite(number) && /\d/.test(digits) ? number : { fault: 'no-result' }
}
