import type { CsvOptions, FieldMapping } from '@afferent/study'

const YES_NO: Readonly<Record<string, number>> = { y: 1, yes: 1, true: 1, n: 0, no: 0, false: 0 }
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/

/**
 * The number of an answer as written; null: there is none.
 *
 * With a value map only its words count: a coding that begins at 1 must not be mixed with one that begins at 0. Else a number
 * with either decimal mark unless the source names one (answers have no thousands), or a yes or no.
 */
export function toAnswer(text: string, map: FieldMapping['values'], decimal: CsvOptions['decimal']): number | null {
  const word = text.trim()
  if (map !== null) return Object.hasOwn(map, word) ? toNumber(map[word], null) : null
  return toNumber(word, decimal) ?? YES_NO[word.toLowerCase()] ?? null
}

function toNumber(text: string, decimal: CsvOptions['decimal']): number | null {
  if (!NUMBER.test(text)) return null
  const other = decimal === '.' ? ',' : '.'
  if (decimal !== null && text.includes(other)) return null
  return Number(text.replace(',', '.'))
}
