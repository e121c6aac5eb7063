import { isPresent } from '@afferent/records'
import type { Clock } from '../convert/instants.ts'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'

/** Minutes that an untreated attack of cluster headache lasts (ICHD-3 3.1) [C13]. */
const ATTACK_MINUTES = { least: 15, most: 180 } as const
const MINUTE_MS = 60_000

/** Attacks of cluster headache with an unusual duration (`attack-duration`): every recorded attack counts all the same. */
export function checkAttackDurations(view: FieldView, start: Clock, end: Clock | null, judge: RowJudge): void {
  const slot = (view.get('end') ?? view.get('duration'))?.slot ?? null
  if (end === null) return
  for (let row = 0; row < judge.rows; row++) {
    if (!isPresent(end.utc.valid, row) || judge.isBad(row)) continue
    const minutes = (end.utc.values[row] - start.utc.values[row]) / MINUTE_MS
    if (minutes >= ATTACK_MINUTES.least && minutes <= ATTACK_MINUTES.most) continue
    judge.remark(row, 'attack-duration', slot, `${Math.round(minutes)} min`)
  }
}
