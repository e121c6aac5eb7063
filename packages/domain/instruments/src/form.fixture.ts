import { checkAnswer } from './check-answer.ts'
import type { FormFault, Instrument, Settings } from './instrument.ts'
import { plainSettings, scoreForm } from './score-form.ts'

/** Answers by item id, or in the order of the items; null and absent: not answered. */
export type Answers = readonly (number | null)[] | Readonly<Record<string, number | null>>

/** The answers at their places; a value that R-RANGE rejects counts as missing. */
export function answersOf(instrument: Instrument, given: Answers, { version }: Settings): Float64Array {
  const byId: Readonly<Record<string, number | null>> = Array.isArray(given)
    ? Object.fromEntries(given.map((value, place) => [instrument.items[place]?.id, value]))
    : (given as Readonly<Record<string, number | null>>)
  const unknown = Object.keys(byId).filter((id) => !instrument.items.some((item) => item.id === id))
  if (unknown.length > 0) throw new Error(`${instrument.code} has no item ${unknown.join(', ')}`)
  return Float64Array.from(instrument.items, ({ id }, place) => {
    const value = byId[id] ?? Number.NaN
    return checkAnswer(instrument, place, value, version) === null ? value : Number.NaN
  })
}

/** Scores of one form by code; null: no score. */
export function scored(
  instrument: Instrument,
  given: Answers,
  settings: Partial<Settings> = {},
): Record<string, number | null> {
  const into = new Float64Array(instrument.scores.length)
  const all = { ...plainSettings(instrument), ...settings }
  scoreForm(instrument, answersOf(instrument, given, all), into, all)
  return Object.fromEntries(
    instrument.scores.map(({ code }, i) => [code, Number.isNaN(into[i]) ? null : (into[i] as number)]),
  )
}

/** The check across items that a form fails. */
export function faultOf(instrument: Instrument, given: Answers): FormFault | null {
  return instrument.check(answersOf(instrument, given, plainSettings(instrument)))
}

/** The same answer `count` times. */
export const all = (count: number, answer: number): number[] => Array.from({ length: count }, () => answer)

/** A score of an instrument by its code. */
export const scoreNamed = (instrument: Instrument, code: string) => {
  const score = instrument.scores.find((found) => found.code === code)
  if (score === undefined) throw new Error(`${instrument.code} has no score ${code}`)
  return score
}
