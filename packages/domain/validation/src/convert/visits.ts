import type { Column, ColumnOf, TextColumn } from '@afferent/records'
import { allocate, isPresent, markPresent, maskBytes } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { rangeOf } from '../read/cell-types.ts'
import type { FieldValues, FieldView } from '../read/field-view.ts'
import { asText } from '../read/field-view.ts'
import type { WideSlot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { mapNumbers, mapWords } from './map-words.ts'
import { toKind } from './to-kind.ts'

/**
 * Values per visit: for a long export one set of records per column of values, each row at its own visit; for a wide one
 * a set per column, all rows at that column's visit. A cell without a value gives no record.
 */
export function convertVisits(
  view: FieldView,
  wide: readonly { readonly slot: WideSlot; readonly values: FieldValues }[],
  context: ConvertContext,
  judge: RowJudge,
): Converted[] {
  const phase = wordsOf(view, 'phase', judge)
  const treatment = wordsOf(view, 'treatment', judge)
  const long = view.all('value').map((values) => {
    const parameter = toParameters(view, values, context.study, judge)
    const visit = toVisits(view, parameter, context.study, judge)
    checkRange(view, values, parameter, context.study, judge)
    return toRecords({ phase, treatment, parameter, visit }, values)
  })
  return [
    ...long,
    ...wide.map(({ slot, values }) => {
      const parameter = oneWord(slot.name ?? '', view.rows)
      const visit: ColumnOf<'i16'> = { kind: 'i16', values: allocate.i16(view.rows).fill(slot.at), valid: null }
      return toRecords({ phase, treatment, parameter, visit }, values)
    }),
  ]
}

function toRecords(keys: Readonly<Record<string, Column | undefined>>, { column }: FieldValues): Converted {
  return { columns: present({ ...keys, value: toKind(column, 'f64') }), empty: missingRows(column) }
}

function missingRows({ values, valid }: Column): Uint8Array | null {
  if (valid === null) return null
  const empty = new Uint8Array(maskBytes(values.length))
  for (let row = 0; row < values.length; row++) if (!isPresent(valid, row)) markPresent(empty, row)
  return empty
}

function wordsOf(view: FieldView, field: 'phase' | 'treatment', judge: RowJudge): TextColumn | undefined {
  const values = view.get(field)
  return values === undefined ? undefined : mapWords(values, judge)
}

const oneWord = (word: string, rows: number): TextColumn => ({
  kind: 'text',
  values: allocate.i32(rows),
  valid: null,
  dictionary: [word],
})

/** The parameter of each row: that of the value's column, else as written; one the study does not know is an error. */
function toParameters(view: FieldView, value: FieldValues, study: AnalyticStudy, judge: RowJudge): TextColumn {
  if (value.slot.name !== null) return oneWord(value.slot.name, view.rows)
  const values = view.get('parameter')
  const known = study.values?.parameters.map(({ code }) => code) ?? []
  if (values === undefined) return oneWord(known[0] ?? '', view.rows)
  const column = mapWords(values, judge)
  const unknown = column.dictionary.map((word) => !known.includes(word))
  if (unknown.includes(true)) {
    for (let row = 0; row < view.rows; row++) {
      if (!isPresent(column.valid, row) || !unknown[column.values[row]] || judge.isBad(row)) continue
      const word = asText(values).dictionary[asText(values).values[row]]
      judge.reject(row, 'value-unknown', values.slot, `known: ${known.join(', ')}`, word)
    }
  }
  return column
}

function toVisits(view: FieldView, parameter: TextColumn, study: AnalyticStudy, judge: RowJudge): ColumnOf<'i16'> {
  const values = view.get('visit')
  if (values === undefined) throw new Error('layout visits without a visit')
  const column = values.column.kind === 'text' ? mapNumbers(values, judge) : toKind(values.column, 'i16')
  const scheduled = parameter.dictionary.map(
    (code) => new Set(study.values?.parameters.find((known) => known.code === code)?.visits.map(({ visit }) => visit)),
  )
  for (let row = 0; row < view.rows; row++) {
    if (!isPresent(column.valid, row) || judge.isBad(row) || !isPresent(parameter.valid, row)) continue
    const visits = scheduled[parameter.values[row]]
    if (visits.has(column.values[row])) continue
    judge.reject(row, 'visit-unknown', values.slot, `known: ${[...visits].join(', ')}`)
  }
  return column
}

/** R-RANGE of values whose parameter stands in a column of its own. */
function checkRange(
  view: FieldView,
  value: FieldValues,
  parameter: TextColumn,
  study: AnalyticStudy,
  judge: RowJudge,
): void {
  if (value.slot.name !== null) return
  const ranges = parameter.dictionary.map((code) => rangeOf(study, code))
  for (let row = 0; row < view.rows; row++) {
    if (!isPresent(value.column.valid, row) || !isPresent(parameter.valid, row) || judge.isBad(row)) continue
    const [min, max] = ranges[parameter.values[row]]
    const number = value.column.values[row]
    if ((min !== null && number < min) || (max !== null && number > max)) judge.reject(row, 'out-of-range', value.slot)
  }
}
