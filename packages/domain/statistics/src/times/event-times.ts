import type { NoAnswer } from '../no-answer.ts'

/** Why times to events cannot be used, or null. */
export function timesProblem(times: Float64Array, events: Uint8Array): NoAnswer | null {
  if (times.length === 0) return { reason: 'there are no subjects' }
  if (!times.every((time) => time >= 0 && time < Number.POSITIVE_INFINITY)) return { reason: 'a time is missing' }
  return events.every((event) => event <= 1) ? null : { reason: 'an event is neither yes nor no' }
}

/** Places of the subjects by time, events before censorings. */
export const orderByTime = (times: Float64Array, events: Uint8Array): Uint32Array =>
  Uint32Array.from(times, (_, i) => i).sort(
    (a, b) => (times[a] as number) - (times[b] as number) || (events[b] as number) - (events[a] as number) || a - b,
  )
