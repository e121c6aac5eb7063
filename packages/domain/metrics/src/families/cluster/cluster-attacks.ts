import type { RecordTable } from '@afferent/records'
import type { Headaches } from '../../days/headaches.ts'
import type { Noted } from '../attacks/attack.ts'

/** An attack of cluster headache: when it began, and the records it was made of. */
export interface ClusterAttack {
  /** UTC milliseconds. */
  readonly start: number
  /** Distance of its date from day 1. */
  readonly day: number
  readonly parts: Noted[]
}

/**
 * Attacks of one subject in order of their start, from episodes and treated attacks together.
 *
 * Definition  overlapping or touching records are one attack, none is joined over a gap; every recorded attack counts. Episodes come
 *             merged (days/merge-episodes.ts). A treated attack has no end of its own: it is part of the episode in whose
 *             recorded time its t0 lies, or whose start it shares; an imputed end merges nothing (R-END).
 * Input       headaches: merged episodes, dates as positions that lie `shift` behind the distance from day 1.
 */
export function clusterAttacks(
  headaches: Headaches,
  shift: number,
  attacks: RecordTable<'attacks'> | null,
  { from, to }: { readonly from: number; readonly to: number },
  zero: number,
): ClusterAttack[] {
  const found: ClusterAttack[] = []
  for (let k = 0; k < headaches.count; k++) {
    const parts: Noted[] = []
    for (let row = headaches.firstRow[k] as number; row <= (headaches.lastRow[k] as number); row++) {
      parts.push({ table: 'episodes', row, note: 'attack' })
    }
    found.push({ start: headaches.start[k] as number, day: (headaches.firstDate[k] as number) + shift, parts })
  }
  const { t0, day } = attacks?.columns ?? {}
  for (let row = from; row < to; row++) {
    const start = t0?.values[row] as number
    const k = episodeAt(headaches, start)
    const part: Noted = { table: 'attacks', row, note: k < 0 ? 'attack' : 'treated attack of that episode' }
    if (k >= 0) found[k]?.parts.push(part)
    else found.push({ start, day: (day?.values[row] as number) - zero, parts: [part] })
  }
  return found.sort((a, b) => a.start - b.start)
}

/** The episode that an instant belongs to; -1: none. */
function episodeAt({ count, start, recordedEnd, hasRecordedEnd }: Headaches, instant: number): number {
  for (let k = 0; k < count; k++) {
    const begins = start[k] as number
    if (instant === begins) return k
    if (instant > begins && hasRecordedEnd[k] === 1 && instant <= (recordedEnd[k] as number)) return k
  }
  return -1
}
