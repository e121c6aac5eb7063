import { INSTRUMENTS, type Instrument, instrumentOf, type Score, type Settings } from '@afferent/instruments'
import type { AnalyticStudy, QuestionnaireSettings } from '../study.ts'

/** A score and the instrument it is one of. */
export interface OwnedScore {
  readonly instrument: Instrument
  readonly score: Score
}

/** The score of a PARAMCD; undefined: no instrument has it. */
export function scoreNamed(code: string): OwnedScore | undefined {
  for (const instrument of INSTRUMENTS) {
    const score = instrument.scores.find((one) => one.code === code)
    if (score !== undefined) return { instrument, score }
  }
  return undefined
}

/** What the study says of an instrument; undefined: it does not score it. */
export const questionnaireOf = (
  { questionnaires }: Pick<AnalyticStudy, 'questionnaires'>,
  code: string,
): QuestionnaireSettings | undefined => questionnaires?.instruments.find((one) => one.code === code)

/** The instrument of a code that a study scores; the study file was checked, so there is one. */
export function knownInstrument(code: string): Instrument {
  const instrument = instrumentOf(code)
  if (instrument === undefined) throw new Error(`no instrument ${code}`)
  return instrument
}

/**
 * How the forms of one version are scored. A form without a version has that of the study, else the first. The table holds
 * for the study's version alone: a form of another version has no value from it.
 */
export function settingsFor(given: QuestionnaireSettings, version: string | null): Settings {
  const standard = given.version ?? (knownInstrument(given.code).versions[0] as string)
  const own = version ?? standard
  return { version: own, choices: given.choices, table: own === standard ? toTable(given.table) : null }
}

const toTable = (table: QuestionnaireSettings['table']): ReadonlyMap<number, number> | null =>
  table === null ? null : new Map(Object.entries(table).map(([key, value]) => [Number(key), value]))
