import type { ColumnOf, TextColumn } from '@afferent/records'
import { allocate, isPresent, markPresent } from '@afferent/records'
import { asText, type FieldValues } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'

const UNKNOWN = -1

/** Texts in the words of the study file. Without a value map as written; a text not in the map is `value-unknown`. */
export function mapWords(values: FieldValues, judge: RowJudge): TextColumn {
  const column = asText(values)
  const map = values.slot.values
  if (map === null || values.slot.request < 0) return column
  const words = [...new Set(Object.values(map))]
  const recode = column.dictionary.map((text) => (Object.hasOwn(map, text) ? words.indexOf(map[text]) : UNKNOWN))
  const out = allocate.i32(column.values.length)
  const valid = recodeRows(values, column, recode, out, judge)
  return { kind: 'text', values: out, valid, dictionary: words }
}

/** Texts as the whole numbers that the value map gives them. */
export function mapNumbers(values: FieldValues, judge: RowJudge): ColumnOf<'i16'> {
  const column = asText(values)
  const map = values.slot.values ?? {}
  const numbers = column.dictionary.map((text) => (Object.hasOwn(map, text) ? Number(map[text]) : Number.NaN))
  const recode = numbers.map((number) => (Number.isInteger(number) ? number : UNKNOWN_NUMBER))
  const out = allocate.i16(column.values.length)
  const valid = recodeRows(values, column, recode, out, judge, UNKNOWN_NUMBER)
  return { kind: 'i16', values: out, valid }
}

const UNKNOWN_NUMBER = Number.MIN_SAFE_INTEGER

function recodeRows(
  values: FieldValues,
  column: TextColumn,
  recode: readonly number[],
  out: Int32Array | Int16Array,
  judge: RowJudge,
  unknown = UNKNOWN,
): Uint8Array | null {
  const complete = column.valid === null && !recode.includes(unknown)
  const valid = complete ? null : allocate.mask(out.length)
  for (let row = 0; row < out.length; row++) {
    if (!isPresent(column.valid, row)) continue
    const code = recode[column.values[row]]
    if (code !== unknown) {
      out[row] = code
      if (valid !== null) markPresent(valid, row)
    } else if (!judge.isBad(row)) {
      const known = Object.keys(values.slot.values ?? {}).join(', ')
      judge.reject(row, 'value-unknown', values.slot, `known: ${known}`, column.dictionary[column.values[row]])
    }
  }
  return valid
}
