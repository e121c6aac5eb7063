import type { TextColumn } from '@afferent/records'
import { allocate, isPresent, markPresent } from '@afferent/records'
import { type AnalyticStudy, itemPlaces, knownInstrument } from '@afferent/study'
import { asText, type FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { mapWords } from './map-words.ts'

/** The questionnaire of each row; one that the study does not score is an error. */
export function toInstruments(view: FieldView, study: AnalyticStudy, judge: RowJudge): TextColumn | undefined {
  const values = view.get('instrument')
  if (values === undefined) return undefined
  const column = mapWords(values, judge)
  const known = study.questionnaires?.instruments.map(({ code }) => code) ?? []
  return checkedWords(column, judge, (row) => {
    const word = column.dictionary[column.values[row]]
    if (known.includes(word)) return word
    judge.reject(row, 'value-unknown', values.slot, `known: ${known.join(', ')}`, asWritten(asText(values), row))
    return null
  })
}

/** The item (or score) of each row; one that its questionnaire does not have is an error. Case does not matter. */
export function toFormItems(view: FieldView, instrument: TextColumn, judge: RowJudge): TextColumn {
  const values = view.get('item')
  if (values === undefined) throw new Error('answers in rows without an item')
  const column = mapWords(values, judge)
  const known = instrument.dictionary.map(itemWords)
  return checkedWords(column, judge, (row) => {
    if (!isPresent(instrument.valid, row)) return null
    const words = known[instrument.values[row]]
    const word = words.get(column.dictionary[column.values[row]].toLowerCase())
    if (word !== undefined) return word
    const detail = `known: ${[...words.values()].join(', ')}`
    judge.reject(row, 'value-unknown', values.slot, detail, asWritten(asText(values), row))
    return null
  })
}

/** Items and scores of a questionnaire by their names in lower case; an item comes before a score of its name. */
function itemWords(code: string): ReadonlyMap<string, string> {
  const scores = knownInstrument(code).scores.map((score) => [score.code.toLowerCase(), score.code] as const)
  return new Map([...scores, ...[...itemPlaces(code).keys()].map((id) => [id, id] as const)])
}

/** The version each form names; one that its questionnaire does not have is an error. */
export function toVersions(
  view: FieldView,
  instrumentAt: (row: number) => string | null,
  judge: RowJudge,
): TextColumn | undefined {
  const values = view.get('version')
  if (values === undefined) return undefined
  const column = mapWords(values, judge)
  return checkedWords(column, judge, (row) => {
    const code = instrumentAt(row)
    if (code === null) return null
    const { versions } = knownInstrument(code)
    const word = column.dictionary[column.values[row]]
    if (versions.includes(word)) return word
    const detail = `known of ${code}: ${versions.join(', ')}`
    judge.reject(row, 'value-unknown', values.slot, detail, asWritten(asText(values), row))
    return null
  })
}

const asWritten = ({ dictionary, values }: TextColumn, row: number): string => dictionary[values[row]]

/** The words that `check` gives for the rows that are not bad. */
function checkedWords(column: TextColumn, judge: RowJudge, check: (row: number) => string | null): TextColumn {
  const rows = column.values.length
  const codes = new Map<string, number>()
  const values = allocate.i32(rows)
  const valid = allocate.mask(rows)
  for (let row = 0; row < rows; row++) {
    if (!isPresent(column.valid, row) || judge.isBad(row)) continue
    const word = check(row)
    if (word === null) continue
    const code = codes.get(word) ?? codes.size
    codes.set(word, code)
    values[row] = code
    markPresent(valid, row)
  }
  return { kind: 'text', values, valid, dictionary: [...codes.keys()] }
}
