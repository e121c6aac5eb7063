import { isPresent, type RecordTable } from '@afferent/records'
import type { AnalyticStudy, QuestionnaireSettings } from '../study.ts'
import { itemPlaces } from './answerable.ts'
import { knownInstrument, questionnaireOf } from './scores.ts'

/** One form: the answers to a questionnaire on a day (or at a visit). */
export interface Form {
  readonly given: QuestionnaireSettings
  /** Rows of the table, from `from` to `to`. */
  readonly from: number
  readonly to: number
  /** Table day and AVISITN; null: the export does not say. */
  readonly day: number | null
  readonly visit: number | null
  readonly version: string | null
  /** By place of the item; NaN: not answered. */
  readonly answers: Float64Array
  /** Totals summed elsewhere, by place of the score; NaN: none. */
  readonly totals: Float64Array
}

type Assessments = RecordTable<'assessments'>

/**
 * The form that begins at a row of a table sorted by subject, day, visit, instrument and item, and ends before `limit`; null:
 * the study does not score the instrument. `isLeft` names rows that do not count. Give `to` of a form as the next `from`.
 */
export function readForm(
  study: Pick<AnalyticStudy, 'questionnaires'>,
  table: Assessments,
  from: number,
  limit: number,
  isLeft: (row: number) => boolean = () => false,
): { readonly form: Form | null; readonly to: number } {
  const { day, visit, instrument, version, item, value } = table.columns
  let to = from + 1
  while (to < limit && isSameForm(table, from, to)) to++
  const word = instrument === undefined ? undefined : instrument.dictionary[instrument.values[from] as number]
  const given = word === undefined ? undefined : questionnaireOf(study, word)
  if (given === undefined || item === undefined || value === undefined) return { form: null, to }
  const owner = knownInstrument(given.code)
  const places = itemPlaces(given.code)
  const answers = new Float64Array(owner.items.length).fill(Number.NaN)
  const totals = new Float64Array(owner.scores.length).fill(Number.NaN)
  let named: string | null = null
  for (let row = from; row < to; row++) {
    if (version !== undefined && isPresent(version.valid, row))
      named ??= version.dictionary[version.values[row] as number] ?? null
    if (!isPresent(value.valid, row) || isLeft(row)) continue
    const id = item.dictionary[item.values[row] as number] as string
    const place = places.get(id)
    if (place !== undefined) answers[place] = value.values[row] as number
    else totals[owner.scores.findIndex(({ code }) => code === id)] = value.values[row] as number
  }
  const at = (column: typeof day | typeof visit): number | null =>
    column !== undefined && isPresent(column.valid, from) ? (column.values[from] as number) : null
  return { form: { given, from, to, day: at(day), visit: at(visit), version: named, answers, totals }, to }
}

function isSameForm({ subject, columns }: Assessments, a: number, b: number): boolean {
  if (subject[a] !== subject[b]) return false
  return [columns.day, columns.visit, columns.instrument].every(
    (column) =>
      column === undefined ||
      (column.values[a] === column.values[b] && isPresent(column.valid, a) === isPresent(column.valid, b)),
  )
}
