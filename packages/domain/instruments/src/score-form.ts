import type { FormFault, Instrument, Settings } from './instrument.ts'
import type { Score } from './score.ts'

/**
 * Scores one form.
 *
 * Input       answers: one number per item of the instrument, NaN where there is no answer or R-RANGE rejected it
 *             (`checkAnswer`); settings without faults (`checkSettings`).
 * Output      into: one number per score of the instrument, never rounded, NaN where there is none (MISSING_ITEMS);
 *             the check across items that failed, or null.
 * Undefined   every score of a form that fails a check.
 */
export function scoreForm(
  instrument: Instrument,
  answers: Float64Array,
  into: Float64Array,
  settings: Settings,
): FormFault | null {
  into.fill(Number.NaN)
  const fault = instrument.check(answers)
  if (fault === null) instrument.score(answers, into, settings)
  return fault
}

/** The scores that forms under these settings can have: of this version, and with the table they need. */
export function scoresUnder({ scores, table }: Instrument, settings: Settings): readonly Score[] {
  return scores.filter(({ code, kind, versions }) => {
    if (kind === 'external' || versions?.includes(settings.version) === false) return false
    return settings.table !== null || table?.scores.includes(code) !== true
  })
}

/** Settings of a study that says nothing: the first version, no choices, no table. */
export const plainSettings = ({ versions }: Instrument): Settings => ({
  version: versions[0] as string,
  choices: {},
  table: null,
})
