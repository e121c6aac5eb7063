import { Z } from '@afferent/distributions'
import { bracketedRoot } from '../bracketed-root.ts'
import type { NoAnswer } from '../no-answer.ts'
import { armsProblem, type Interval, type TwoProportions } from './two-proportions.ts'

/** Ratios are sought within this many powers of e. */
const FARTHEST = 40

/**
 * Ratio of two response proportions with its score interval (95 %).
 *
 * Definition  all R with |p1 - R p2| <= z sqrt(V), V = (r1(1 - r1)/n1 + R^2 r2(1 - r2)/n2) N/(N - 1), r1 = R r2 and r2 the smaller
 *             root of N R r^2 - (n1 R + x1 + n2 + x2 R) r + x1 + x2 = 0.
 * Undefined   an empty arm, or nobody of arm 2 responds: a reason. Nobody of arm 1: the lower limit is 0.
 * Source      Miettinen and Nurminen, Stat Med 1985;4:213-226.
 */
export function scoreRiskRatio(arms: TwoProportions): Interval | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  const { x1, n1, x2, n2 } = arms
  if (x2 === 0) return { reason: 'nobody in the second arm responded' }
  const estimate = x1 / n1 / (x2 / n2)
  const limit = (level: number, from: number, to: number): number =>
    Math.exp(bracketedRoot((log) => statistic(arms, Math.exp(log)) - level, from, to))
  const middle = x1 === 0 ? -FARTHEST : Math.log(estimate)
  return {
    estimate,
    lower: x1 === 0 ? 0 : limit(Z, -FARTHEST, middle),
    upper: limit(-Z, middle, FARTHEST),
  }
}

function statistic({ x1, n1, x2, n2 }: TwoProportions, ratio: number): number {
  const n = n1 + n2
  const b = n1 * ratio + x1 + n2 + x2 * ratio
  const r2 = (2 * (x1 + x2)) / (b + Math.sqrt(b * b - 4 * n * ratio * (x1 + x2)))
  const r1 = ratio * r2
  const variance = (r1 * (1 - r1)) / n1 + (ratio * ratio * r2 * (1 - r2)) / n2
  const distance = x1 / n1 - (ratio * x2) / n2
  return variance > 0 ? distance / Math.sqrt((variance * n) / (n - 1)) : 0
}
