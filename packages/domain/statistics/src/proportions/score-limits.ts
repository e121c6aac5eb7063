import { Z } from '@afferent/distributions'
import { bracketedRoot } from '../bracketed-root.ts'

/** A distance this small from a difference is none. */
const SAME = 1e-15

/** (estimate - delta) / sqrt(variance), 0 or infinite where the variance is 0. */
export function scoreStatistic(distance: number, variance: number): number {
  if (variance > 0) return distance / Math.sqrt(variance)
  return Math.abs(distance) < SAME ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY
}

/** The differences from -1 to 1 at which a score statistic, falling from above z to below -z, is z and -z (95 %). */
export function scoreLimits(
  estimate: number,
  statisticAt: (delta: number) => number,
): { readonly lower: number; readonly upper: number } {
  const find = (level: number, end: number): number => {
    if (Math.abs(end - estimate) < SAME) return end
    const at = (delta: number): number => statisticAt(delta) - level
    // At the very end the statistic may stay within the level: then nothing is left out.
    if (Math.sign(at(end)) === Math.sign(at(estimate))) return end
    return bracketedRoot(at, end, estimate)
  }
  return { lower: find(Z, -1), upper: find(-Z, 1) }
}
