import type { Column, ColumnOf, TextColumn } from '@afferent/records'
import { allocate, isPresent, markPresent, maskBytes } from '@afferent/records'
import { knownInstrument, zone } from '@afferent/study'
import type { FieldValues, FieldView } from '../read/field-view.ts'
import type { WideSlot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { checkSubmission } from '../rules/check-submission.ts'
import { AnswerReader } from './answer-reader.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { toFormItems, toInstruments, toVersions } from './form-words.ts'
import { toInstants } from './instants.ts'
import { mapNumbers, mapWords } from './map-words.ts'
import { toDays } from './study-days.ts'
import { toKind } from './to-kind.ts'

interface ItemColumn {
  readonly slot: WideSlot
  readonly values: FieldValues
}

/**
 * Answers to questionnaires: of a long export one record per row, of a wide one a set of records per column. A cell without
 * an answer gives no record. An answer that its item cannot have is missing (`answer-rejected`): a row is quarantined only
 * if no answer of it is left.
 */
export function convertAssessments(
  view: FieldView,
  wide: readonly ItemColumn[],
  context: ConvertContext,
  judge: RowJudge,
): Converted[] {
  const day = toDays(view, context.source.dayZero, judge)
  const visit = toVisits(view, judge)
  checkPlaces(view, day, visit, judge)
  const instrument = toInstruments(view, context.study, judge)
  const language = view.get('language')
  const common = {
    day,
    visit,
    submitted: toSubmitted(view, day, instrument, wide, context, judge),
    language: language === undefined ? undefined : mapWords(language, judge),
  }
  const reader = new AnswerReader(context, judge)
  const long = view.get('value')
  if (long !== undefined && instrument !== undefined) {
    const version = toVersions(view, (row) => wordAt(instrument, row), judge)
    const item = toFormItems(view, instrument, judge)
    const value = reader.readRows(long, instrument, item, version)
    return [{ columns: present({ ...common, instrument, version, item, value }), empty: missingRows(value) }]
  }
  const names = [...new Set(wide.map(({ slot }) => slot.name as string))]
  const versions = new Map(names.map((name) => [name, toVersions(view, () => name, judge)]))
  const sets = wide.map(({ slot, values }) => {
    const version = versions.get(slot.name as string)
    const value = reader.readColumn(slot, values, version)
    const words = { instrument: oneWord(slot.name as string, view.rows), item: oneWord(slot.item as string, view.rows) }
    return { columns: present({ ...common, ...words, version, value }), empty: missingRows(value) }
  })
  reader.settleRows()
  return sets
}

function toVisits(view: FieldView, judge: RowJudge): ColumnOf<'i16'> | undefined {
  const values = view.get('visit')
  if (values === undefined) return undefined
  return values.column.kind === 'text' ? mapNumbers(values, judge) : toKind(values.column, 'i16')
}

/** A form belongs to a day or to a visit. */
function checkPlaces(view: FieldView, day: Column | undefined, visit: Column | undefined, judge: RowJudge): void {
  if (day === undefined || visit === undefined) return
  const slot = (view.get('date') ?? view.get('studyDay'))?.slot ?? null
  for (let row = 0; row < view.rows; row++) {
    if (isPresent(day.valid, row) || isPresent(visit.valid, row) || judge.isBad(row)) continue
    judge.reject(row, 'value-missing', slot, 'neither day nor visit')
  }
}

/** Only what is asked daily is a diary that closes (R-LATE); a form may be entered at any time after its day began [P]. */
function toSubmitted(
  view: FieldView,
  day: ColumnOf<'i32'> | undefined,
  instrument: TextColumn | undefined,
  wide: readonly ItemColumn[],
  { study }: ConvertContext,
  judge: RowJudge,
): Column | undefined {
  const values = study.calendar === 'relative' ? undefined : view.get('submitted')
  if (values === undefined) return undefined
  const home = study.timezone === null ? null : zone(study.timezone)
  const submitted = toInstants(values, undefined, home, judge)
  if (day === undefined) return submitted.utc
  const daily = new Set(
    study.questionnaires?.instruments.flatMap(({ code }) => (knownInstrument(code).daily ? [code] : [])),
  )
  const allDaily = wide.length > 0 && wide.every(({ slot }) => daily.has(slot.name as string))
  const closes = (row: number): boolean =>
    instrument === undefined ? allDaily : daily.has(wordAt(instrument, row) ?? '')
  const dated: RowJudge = {
    ...judge,
    reject: (row, ...why) => isPresent(day.valid, row) && judge.reject(row, ...why),
    exclude: (row, ...why) => isPresent(day.valid, row) && closes(row) && judge.exclude(row, ...why),
  }
  const { lateHours } = study.diary
  checkSubmission({ submitted, slot: values.slot, day: day.values, start: null, home, lateHours }, dated)
  return submitted.utc
}

const wordAt = ({ valid, values, dictionary }: TextColumn, row: number): string | null =>
  isPresent(valid, row) ? (dictionary[values[row]] ?? null) : null

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
