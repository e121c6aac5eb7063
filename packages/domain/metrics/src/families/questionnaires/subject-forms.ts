import { type Instrument, scoreForm } from '@afferent/instruments'
import type { RecordTable } from '@afferent/records'
import { type AnalyticStudy, type Form, knownInstrument, readForm, settingsFor } from '@afferent/study'

/** A form with its scores. */
export interface ScoredForm {
  readonly form: Form
  /** Day of the form as distance from day 1; null: unknown. */
  readonly day: number | null
  /** By place of the score; NaN: none. */
  readonly scores: Float64Array
  /** Scores that were summed elsewhere and not here. */
  readonly external: readonly boolean[]
  /** What a row of the form says, for explanations: the item and its answer. */
  readonly items: (row: number) => { readonly item: string; readonly says: string }
}

/** All forms of one subject by instrument, by day and visit; a day that is not known comes first. */
export function formsOfSubject(
  study: AnalyticStudy,
  table: RecordTable<'assessments'> | null,
  rows: { readonly from: number; readonly to: number },
  zero: number | null,
): ReadonlyMap<string, readonly ScoredForm[]> {
  const found = new Map<string, ScoredForm[]>()
  if (table === null) return found
  for (let from = rows.from; from < rows.to; ) {
    const { form, to } = readForm(study, table, from, rows.to)
    from = to
    if (form === null) continue
    const { code } = form.given
    const known = found.get(code)
    const scored = { ...scoresOf(knownInstrument(code), form, zero), items: (row: number) => answerAt(table, row) }
    if (known === undefined) found.set(code, [scored])
    else known.push(scored)
  }
  return found
}

/** The score of the items wins over a total summed elsewhere; a form whose answers exclude each other has neither. */
function scoresOf(instrument: Instrument, form: Form, zero: number | null): Omit<ScoredForm, 'items'> {
  const scores = new Float64Array(instrument.scores.length)
  const fault = scoreForm(instrument, form.answers, scores, settingsFor(form.given, form.version))
  const external = instrument.scores.map(
    (_, i) => fault === null && Number.isNaN(scores[i]) && !Number.isNaN(form.totals[i]),
  )
  external.forEach((is, i) => {
    if (is) scores[i] = form.totals[i] as number
  })
  return { form, day: form.day === null || zero === null ? null : form.day - zero, scores, external }
}

function answerAt({ columns: { item, value } }: RecordTable<'assessments'>, row: number) {
  if (item === undefined || value === undefined) return { item: '', says: '' }
  const name = item.dictionary[item.values[row] as number] ?? ''
  return { item: name, says: `${name} = ${value.values[row]}` }
}
