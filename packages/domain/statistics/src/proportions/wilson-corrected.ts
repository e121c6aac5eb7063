import { Z } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import type { Interval } from './two-proportions.ts'

/**
 * A proportion with its Wilson score interval (95 %) with continuity correction.
 *
 * Definition  (2np + z2 - 1 - z sqrt(z2 - 2 - 1/n + 4p(nq + 1))) / 2(n + z2), and
 *             (2np + z2 + 1 + z sqrt(z2 + 2 - 1/n + 4p(nq - 1))) / 2(n + z2), q = 1 - p, within 0 and 1; 0/n has the lower
 *             limit 0, n/n the upper limit 1.
 * Undefined   n = 0: a reason.
 * Source      Newcombe, Stat Med 1998;17:857-872, method 4.
 */
export function wilsonCorrected(count: number, n: number): Interval | NoAnswer {
  if (n === 0) return { reason: 'there are no subjects' }
  const p = count / n
  const z2 = Z * Z
  const scale = 2 * (n + z2)
  const below = z2 - 2 - 1 / n + 4 * p * (n * (1 - p) + 1)
  const above = z2 + 2 - 1 / n + 4 * p * (n * (1 - p) - 1)
  return {
    estimate: p,
    lower: count === 0 ? 0 : Math.max(0, (2 * count + z2 - 1 - Z * Math.sqrt(below)) / scale),
    upper: count === n ? 1 : Math.min(1, (2 * count + z2 + 1 + Z * Math.sqrt(above)) / scale),
  }
}
