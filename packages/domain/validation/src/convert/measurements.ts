import type { Column, TextColumn } from '@afferent/records'
import { allocate, isPresent, markPresent, maskBytes } from '@afferent/records'
import type { Analyte, ResultDeclaration } from '@afferent/study'
import { unitFactor, zone } from '@afferent/study'
import { asText, type FieldValues, type FieldView } from '../read/field-view.ts'
import type { WideSlot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { checkSubmission } from '../rules/check-submission.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { toInstants } from './instants.ts'
import { mapWords } from './map-words.ts'
import { type Asked, ResultReader } from './result-reader.ts'
import { readLimit } from './result-text.ts'
import { type TakenAt, toTakenAt } from './taken-at.ts'

interface AnalyteColumn {
  readonly slot: WideSlot
  readonly values: FieldValues
}

/**
 * Laboratory results: of a long export one record per row, of a wide one a set of records per analyte. A cell without a
 * result gives no record.
 */
export function convertMeasurements(
  view: FieldView,
  wide: readonly AnalyteColumn[],
  context: ConvertContext,
  judge: RowJudge,
): Converted[] {
  const at = toTakenAt(view, context, judge)
  const common = { ...at, submitted: toSubmitted(view, at, context, judge) }
  const reader = new ResultReader(context, judge)
  const value = view.get('value')
  if (value !== undefined) {
    const analyte = toAnalytes(view, context, judge)
    const results = reader.readRows(value, value.slot.values, askRows(view, analyte, context, judge))
    return [{ columns: present({ ...common, analyte, ...results }), empty: missingRows(results.value) }]
  }
  const sets = wide.flatMap(({ slot, values }) => {
    const analyte = analyteOf(context, slot.name ?? '')
    if (analyte === undefined) return []
    const declared = declarationOf(context, analyte.code)
    const { unit = null, lloq = null, uloq = null, values: words = null } = declared ?? {}
    const results = reader.readColumn(values, words, { analyte, unit, unitSlot: null, lloq, uloq })
    const columns = present({ ...common, analyte: oneWord(analyte.code, view.rows), ...results })
    return [{ columns, empty: missingRows(results.value) }]
  })
  reader.settleRows()
  return sets
}

const analyteOf = ({ study }: ConvertContext, code: string): Analyte | undefined =>
  study.laboratory?.analytes.find((known) => known.code === code)

const declarationOf = ({ source }: ConvertContext, code: string): ResultDeclaration | undefined =>
  source.results.find(({ analyte }) => analyte === code)

/** The analyte of each row as the study names it, case aside; rows of others are left out (`analyte-other`). */
function toAnalytes(view: FieldView, context: ConvertContext, judge: RowJudge): TextColumn {
  const values = view.get('analyte')
  if (values === undefined) throw new Error('results in rows without an analyte')
  const written = asText(values)
  const map = values.slot.request < 0 ? null : values.slot.values
  const codes = context.study.laboratory?.analytes.map(({ code }) => code) ?? []
  const meant = written.dictionary.map((text) => {
    const word = map !== null && Object.hasOwn(map, text.trim()) ? (map[text.trim()] as string) : text.trim()
    return codes.indexOf(word.toUpperCase())
  })
  const out = allocate.i32(view.rows)
  const valid = allocate.mask(view.rows)
  for (let row = 0; row < view.rows; row++) {
    if (!isPresent(written.valid, row)) continue
    const code = meant[written.values[row]]
    if (code < 0) judge.exclude(row, 'analyte-other', values.slot, `analysed: ${codes.join(', ')}`)
    else {
      out[row] = code
      markPresent(valid, row)
    }
  }
  return { kind: 'text', values: out, valid, dictionary: codes }
}

/** Unit and limits of a row: of its cells, else as declared for its analyte; declared limits are in the declared unit. */
function askRows(
  view: FieldView,
  analyte: TextColumn,
  context: ConvertContext,
  judge: RowJudge,
): (row: number) => Asked | null {
  const known = analyte.dictionary.map((code) => ({
    analyte: analyteOf(context, code) as Analyte,
    declared: declarationOf(context, code),
  }))
  const units = view.get('unit')
  const words = units === undefined ? undefined : mapWords(units, judge)
  const limits = { lloq: limitsOf(view, 'lloq', context, judge), uloq: limitsOf(view, 'uloq', context, judge) }
  return (row) => {
    if (!isPresent(analyte.valid, row) || judge.isOut(row)) return null
    const { analyte: own, declared } = known[analyte.values[row]]
    const written = words !== undefined && isPresent(words.valid, row) ? words.dictionary[words.values[row]] : null
    const unit = written ?? declared?.unit ?? null
    return {
      analyte: own,
      unit,
      unitSlot: units?.slot ?? null,
      lloq: limits.lloq(row) ?? inUnit(own, declared?.lloq ?? null, declared?.unit ?? null, unit),
      uloq: limits.uloq(row) ?? inUnit(own, declared?.uloq ?? null, declared?.unit ?? null, unit),
    }
  }
}

/** A limit declared in one unit, for a result in another. */
function inUnit(analyte: Analyte, limit: number | null, from: string | null, to: string | null): number | null {
  if (limit === null || from === null || to === null || from === to) return limit
  const [declared, own] = [unitFactor(analyte, from), unitFactor(analyte, to)]
  return declared === null || own === null ? limit : (limit * declared) / own
}

/** Limits in cells of their own; one that is no positive number is `value-type`. */
function limitsOf(
  view: FieldView,
  field: 'lloq' | 'uloq',
  { source }: ConvertContext,
  judge: RowJudge,
): (row: number) => number | null {
  const values = view.get(field)
  if (values === undefined) return () => null
  const column = asText(values)
  const read = column.dictionary.map((text) => readLimit(text, source.csv.decimal))
  for (let row = 0; row < view.rows; row++) {
    if (!isPresent(column.valid, row) || judge.isOut(row) || read[column.values[row]] !== null) continue
    judge.reject(
      row,
      'value-type',
      values.slot,
      'a limit above zero is expected',
      column.dictionary[column.values[row]],
    )
  }
  return (row) => (isPresent(column.valid, row) ? read[column.values[row]] : null)
}

/** A result may be entered at any time after its day began: R-LATE is about memory [P]. */
function toSubmitted(
  view: FieldView,
  { day }: TakenAt,
  { study }: ConvertContext,
  judge: RowJudge,
): Column | undefined {
  const values = study.calendar === 'relative' ? undefined : view.get('submitted')
  if (values === undefined) return undefined
  const home = study.timezone === null ? null : zone(study.timezone)
  const submitted = toInstants(values, undefined, home, judge)
  if (day === undefined) return submitted.utc
  const dated: RowJudge = {
    ...judge,
    reject: (row, ...why) => isPresent(day.valid, row) && judge.reject(row, ...why),
    exclude: () => {},
  }
  const { lateHours } = study.diary
  checkSubmission({ submitted, slot: values.slot, day: day.values, start: null, home, lateHours }, dated)
  return submitted.utc
}

const oneWord = (word: string, rows: number): TextColumn => ({
  kind: 'text',
  values: allocate.i32(rows),
  valid: null,
  dictionary: [word],
})

function missingRows({ values, valid }: Column): Uint8Array | null {
  if (valid === null) return null
  const empty = new Uint8Array(maskBytes(values.length))
  for (let row = 0; row < values.length; row++) if (!isPresent(valid, row)) markPresent(empty, row)
  return empty
}
