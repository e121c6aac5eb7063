import { normalQuantile, normalUpperTail, Z } from '@afferent/distributions'
import { quantile } from '../description/describe.ts'
import type { NoAnswer } from '../no-answer.ts'
import { randomAt } from './random.ts'

/** A figure of the subjects chosen, by their places; a subject may stand there twice. Null where it does not exist. */
export type Statistic = (chosen: Uint32Array) => number | null

export interface Resampling {
  readonly seed: string
  readonly analysis: string
  /** Group of each subject: subjects are drawn within groups, so that every resample has arms of the same size. */
  readonly groups: Int32Array
  readonly statistic: Statistic
}

export interface Bootstrap {
  readonly estimate: number
  readonly se: number
  readonly percentileLower: number
  readonly percentileUpper: number
  readonly bcaLower: number
  readonly bcaUpper: number
  readonly bias: number
  readonly acceleration: number
  readonly resamples: number
}

/**
 * The figure of resamples `from` to below `to`: parts may be made anywhere and put together in order.
 *
 * Definition  each draws as many subjects of each group as there are, with replacement, in the order of subjects; resample b
 *             uses the stream of chance of place b.
 * Output      NaN where the figure does not exist; `bootstrapInterval` then has a reason.
 */
export function bootstrapFigures(
  { seed, analysis, groups, statistic }: Resampling,
  from: number,
  to: number,
): Float64Array {
  const byGroup = membersOf(groups)
  const packed = new Map([...byGroup].map(([group, places]) => [group, Uint32Array.from(places)]))
  const members = Array.from(groups, (group) => packed.get(group) as Uint32Array)
  const figures = new Float64Array(to - from)
  const chosen = new Uint32Array(groups.length)
  for (let b = from; b < to; b++) {
    const random = randomAt(seed, analysis, b)
    for (let i = 0; i < chosen.length; i++) {
      const own = members[i] as Uint32Array
      chosen[i] = own[random.below(own.length)] as number
    }
    figures[b - from] = statistic(chosen) ?? Number.NaN
  }
  return figures
}

/**
 * Bootstrap limits (95 %) of a figure.
 *
 * Definition  percentile: quantiles 2.5 and 97.5 % (type 7) of the figures of the resamples. BCa: quantiles
 *             Phi(b + (b -+ z) / (1 - a (b -+ z))), b = normal quantile of the share of figures below the estimate (half of those
 *             equal), a = sum u^3 / (6 (sum u^2)^1.5), u the mean of the figures without one subject less each of them.
 * Undefined   no estimate, a resample without a figure, figures all alike, no subject whose absence changes anything: a reason.
 * Source      Efron, JASA 1987;82:171-185.
 */
export function bootstrapInterval(
  { groups, statistic }: Pick<Resampling, 'groups' | 'statistic'>,
  figures: Float64Array,
): Bootstrap | NoAnswer {
  const everybody = Uint32Array.from(groups, (_, i) => i)
  const estimate = statistic(everybody)
  if (estimate === null) return { reason: 'the figure does not exist' }
  const resamples = figures.length
  if (resamples < 2 || !figures.every(Number.isFinite)) return { reason: 'a resample has no figure' }
  const without = everybody.map((i) => i)
  const left = Float64Array.from(without, (i) => statistic(everybody.filter((place) => place !== i)) ?? Number.NaN)
  if (!left.every(Number.isFinite)) return { reason: 'the figure does not exist without one of the subjects' }
  const centre = left.reduce((sum, value) => sum + value, 0) / left.length
  let squares = 0
  let cubes = 0
  for (const value of left) {
    squares += (centre - value) ** 2
    cubes += (centre - value) ** 3
  }
  if (squares === 0) return { reason: 'the figure does not vary' }
  const acceleration = cubes / (6 * squares ** 1.5)
  let below = 0
  for (const figure of figures) below += figure < estimate ? 1 : figure === estimate ? 0.5 : 0
  if (below === 0 || below === resamples) return { reason: 'all resamples lie on one side of the estimate' }
  const bias = normalQuantile(below / resamples)
  const at = (p: number): number => quantile(figures.slice(), p)
  const corrected = (z: number): number => at(normalUpperTail(-(bias + (bias + z) / (1 - acceleration * (bias + z)))))
  return {
    estimate,
    se: spreadOf(figures),
    percentileLower: at(0.025),
    percentileUpper: at(0.975),
    bcaLower: corrected(-Z),
    bcaUpper: corrected(Z),
    bias,
    acceleration,
    resamples,
  }
}

function membersOf(groups: Int32Array): Map<number, number[]> {
  const members = new Map<number, number[]>()
  groups.forEach((group, i) => {
    const own = members.get(group)
    if (own === undefined) members.set(group, [i])
    else own.push(i)
  })
  return members
}

function spreadOf(figures: Float64Array): number {
  const mean = figures.reduce((sum, value) => sum + value, 0) / figures.length
  const squares = figures.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return Math.sqrt(squares / (figures.length - 1))
}
