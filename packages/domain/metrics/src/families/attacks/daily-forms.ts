import { type RecordTable, YES } from '@afferent/records'
import { midnightOf } from '../../days/midnights.ts'
import { type AttackEvent, type AttackStart, type DailyForm, dateAfter, hours, numberAt } from './attack.ts'

const TWO_HOURS = hours(2)

/**
 * Daily forms from the date of t0 on, on the time axis of the attack.
 *
 * A headache that a form reports has no time of day. It needs none where another record of that date tells of one (R-FORM):
 * a headache after t0, or the attack itself, while its pain was being treated (up to t0 + 2 h).
 */
export function dailyForms(
  diary: RecordTable<'diary'> | null,
  { from, to }: { readonly from: number; readonly to: number },
  attack: AttackStart,
  headaches: readonly AttackEvent[],
): DailyForm[] {
  if (diary === null) return []
  const days = diary.columns.day?.values as Int32Array
  const { t0, day, offset, zone } = attack
  const forms: DailyForm[] = []
  for (let row = from; row < to; row++) {
    const date = days[row] as number
    if (date < day) continue
    const starts = midnightOf(date, zone, offset) - t0
    const ends = midnightOf(date + 1, zone, offset) - t0
    const timed = starts < TWO_HOURS || headaches.some(({ after }) => dateAfter(attack, after) === date)
    const headache = reportsHeadache(diary, row) && !timed
    forms.push({ table: 'diary', row, starts, ends, headache, note: headache ? 'form with headache' : 'form' })
  }
  return forms
}

/** The answer of a form: its headache field, else what severity, hours or the patient's migraine answer imply. */
function reportsHeadache({ columns }: RecordTable<'diary'>, row: number): boolean {
  const said = numberAt(columns.headache, row)
  if (said !== null) return said === YES
  return (
    (numberAt(columns.severity, row) ?? 0) > 0 ||
    (numberAt(columns.hours, row) ?? 0) > 0 ||
    numberAt(columns.migraine, row) === YES
  )
}
