import { tQuantile, tTwoSided } from '@afferent/distributions'

/** One subject of the active arm. */
export interface DosePoint {
  /** Change of the outcome, its baseline, and adherence in percent. */
  readonly change: number
  readonly base: number
  readonly adherence: number
}

export interface Slope {
  readonly n: number
  readonly estimate: number
  readonly se: number
  readonly df: number
  readonly lower: number
  readonly upper: number
  readonly p: number
}

/** Share of the variation in adherence that the baseline must leave over. */
const COLLINEAR = 1e-12
const HALF_ALPHA = 0.975

/**
 * How an outcome goes with adherence within one arm.
 *
 * Definition  ordinary least squares: change ~ 1 + baseline + adherence; the coefficient of adherence, in units of the outcome
 *             per percentage point; t interval (95 %) with df = n - 3. A baseline that is the same for all leaves the model
 *             (df = n - 2).
 * Caution     adherence is measured after randomisation: the slope is no effect of the dose.
 * Undefined   fewer than 1 degree of freedom, adherence the same for all, or told by the baseline: null.
 * Source      endpoints.md section 11.
 */
export function doseResponseSlope(points: readonly DosePoint[]): Slope | null {
  const n = points.length
  const mean = (of: (point: DosePoint) => number): number => points.reduce((sum, point) => sum + of(point), 0) / n
  const centre = { change: mean((p) => p.change), base: mean((p) => p.base), adherence: mean((p) => p.adherence) }
  const away = points.map(({ change, base, adherence }) => ({
    y: change - centre.change,
    b: base - centre.base,
    a: adherence - centre.adherence,
  }))
  const sum = (of: (point: (typeof away)[number]) => number): number => away.reduce((all, point) => all + of(point), 0)
  const aa = sum(({ a }) => a * a)
  const bb = sum(({ b }) => b * b)
  const ab = sum(({ a, b }) => a * b)
  const adjusted = bb > 0
  const df = n - (adjusted ? 3 : 2)
  const free = adjusted ? aa - (ab * ab) / bb : aa
  if (df < 1 || aa === 0 || free <= COLLINEAR * aa) return null
  const ay = sum(({ a, y }) => a * y)
  const by = sum(({ b, y }) => b * y)
  const estimate = (adjusted ? ay - (ab * by) / bb : ay) / free
  const ofBase = adjusted ? (by - ab * estimate) / bb : 0
  const residual = sum(({ y, a, b }) => (y - estimate * a - ofBase * b) ** 2)
  const se = Math.sqrt(residual / df / free)
  const half = tQuantile(HALF_ALPHA, df) * se
  const p = se === 0 ? 0 : tTwoSided(estimate / se, df)
  return { n, estimate, se, df, lower: estimate - half, upper: estimate + half, p }
}
