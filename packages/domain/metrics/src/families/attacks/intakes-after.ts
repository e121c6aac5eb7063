import { MEDICATIONS, NO, type RecordTable } from '@afferent/records'
import { DAY_MS } from '../../days/midnights.ts'
import { type AttackEvent, type AttackStart, hours, type Noted, numberAt, printElapsed } from './attack.ts'

const DEVICE = MEDICATIONS.indexOf('device')
/** The longest window of an attack. */
const LAST = hours(48)

export interface IntakesAfter {
  readonly rescues: readonly AttackEvent[]
  readonly others: readonly Noted[]
}

/**
 * Intakes of acute medication after t0 that are a rescue.
 *
 * Definition  every intake logged with its time in (t0, t0 + 48 h], whatever it is, but a device (a protocol repeat of stimulation is no
 *             rescue) and what was not taken for headache. At t0 itself it is the treatment.
 * No time     an intake of which only the date is known is no rescue: it may have come before t0 [P].
 */
export function intakesAfter(
  intakes: RecordTable<'intakes'> | null,
  { from, to }: { readonly from: number; readonly to: number },
  { t0, day }: AttackStart,
): IntakesAfter {
  const rescues: AttackEvent[] = []
  const others: Noted[] = []
  if (intakes === null) return { rescues, others }
  const { taken, medicationClass, forHeadache, day: days } = intakes.columns
  const leave = (row: number, note: string): void => {
    others.push({ table: 'intakes', row, note })
  }
  for (let row = from; row < to; row++) {
    const date = days?.values[row] as number
    if (date < day || (date - day) * DAY_MS > LAST) continue
    const instant = numberAt(taken, row)
    if (instant === null) {
      leave(row, 'an intake without a time of day')
      continue
    }
    const after = instant - t0
    if (after <= 0 || after > LAST) continue
    const name = MEDICATIONS[numberAt(medicationClass, row) ?? -1] ?? 'medication'
    if (numberAt(medicationClass, row) === DEVICE) leave(row, 'a repeat of stimulation is no rescue')
    else if (numberAt(forHeadache, row) === NO) leave(row, 'not taken for headache')
    else rescues.push({ table: 'intakes', row, after, note: `${name} at ${printElapsed(after)}` })
  }
  return { rescues, others }
}
