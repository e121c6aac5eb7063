import type { RecordTable } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { type AttackEvent, type AttackStart, hours, minutes, numberAt, printElapsed, type Reading } from './attack.ts'

/** Follow-ups of an attack that may tell of a headache. */
interface TellingOfPain {
  readonly readings: readonly Reading[]
  readonly headaches: readonly AttackEvent[]
}

/** The longest window of an attack. */
const LAST = hours(48)
const TWO_HOURS = 120
const TOLERANCE = 30

/**
 * Headaches after t0 that other records tell of, up to 48 h.
 *
 * Definition  an episode that begins after t0; one that began before t0 + 2 h and whose recorded end lies beyond the time in
 *             which the reading at 2 h is sought (t0 + 150 min): it went on. Earlier ends do not contradict a reading of no pain [P].
 *             A later treated attack is a headache at its t0; a follow-up that tells of pain or of a headache is one, whichever
 *             attack it belongs to. What is recorded with severity or pain 0 is none.
 */
export function headachesAfter(
  episodes: RecordTable<'episodes'> | null,
  { from, to }: { readonly from: number; readonly to: number },
  { t0, row: own }: AttackStart,
  others: { readonly attacks: readonly AttackStart[]; readonly followUps: ReadonlyMap<number, TellingOfPain> },
  { acute }: Pick<AnalyticStudy, 'acute'>,
): AttackEvent[] {
  const limit = minutes(TWO_HOURS + (acute?.windows['120'] ?? TOLERANCE))
  const found: AttackEvent[] = []
  const { start, end, severity } = episodes?.columns ?? {}
  for (let row = from; row < to; row++) {
    if (numberAt(severity, row) === 0) continue
    const after = (start?.values[row] as number) - t0
    if (after > LAST) break
    const ended = numberAt(end, row)
    if (after > 0) found.push({ table: 'episodes', row, after, note: `headache from ${printElapsed(after)} on` })
    if (after <= minutes(TWO_HOURS) && ended !== null && ended - t0 > limit) {
      found.push({ table: 'episodes', row, after: limit, note: `headache until ${printElapsed(ended - t0)}` })
    }
  }
  for (const { row, t0: other, pain } of others.attacks) {
    const after = other - t0
    if (row === own || Math.abs(after) > LAST) continue
    if (after > 0 && pain !== 0) {
      found.push({ table: 'attacks', row, after, note: `the next attack at ${printElapsed(after)}` })
    }
    const followUps = others.followUps.get(row)
    if (followUps === undefined) continue
    for (const reading of followUps.readings) if (reading.pain > 0) addShifted(found, after, reading)
    for (const headache of followUps.headaches) addShifted(found, after, headache)
  }
  return found
}

/** A follow-up of an attack that began `shift` after the one at hand; negative: before it. */
function addShifted(into: AttackEvent[], shift: number, { table, row, after: since }: AttackEvent): void {
  const after = since + shift
  if (after <= 0 || after > LAST) return
  into.push({ table, row, after, note: `headache in another attack at ${printElapsed(after)}` })
}
