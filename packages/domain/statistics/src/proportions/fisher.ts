import { bracketedRoot } from '../bracketed-root.ts'
import type { NoAnswer } from '../no-answer.ts'
import { armsProblem, type TwoProportions } from './two-proportions.ts'

/** Tables as likely as the observed one, up to rounding, count as no likelier. */
const AS_LIKELY = 1 + 1e-7
/** Odds ratios are sought within this many powers of e. */
const FARTHEST = 60

export interface Fisher {
  /** Two-sided. */
  readonly p: number
  /** Conditional maximum likelihood; 0 at the fewest possible responders of arm 1, null (infinite) at the most. */
  readonly oddsRatio: number | null
  readonly lower: number
  /** Null: infinite. */
  readonly upper: number | null
}

/**
 * Fisher's exact test of two proportions, with the conditional odds ratio and its exact limits (95 %).
 *
 * Definition  p = probability, given all margins, of the tables no likelier than the observed one (times 1 + 1e-7). The odds
 *             ratio makes the observed count its conditional mean; at the limits the observed or a more extreme count has
 *             probability 2.5 %.
 * Undefined   an empty arm, or all subjects of both arms respond alike: a reason.
 * Source      Fisher, JRSS 1935;98:39-82; limits: Cornfield 1956 [L].
 */
export function fisher(arms: TwoProportions): Fisher | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  const { x1, n1, x2, n2 } = arms
  const responders = x1 + x2
  const least = Math.max(0, responders - n2)
  const most = Math.min(n1, responders)
  if (least === most) return { reason: 'all subjects respond alike' }
  const logs = logWeights(arms, least, most)
  const even = sharesAt(logs, 0)
  const observed = (even[x1 - least] as number) * AS_LIKELY
  let p = 0
  for (const share of even) if (share <= observed) p += share
  const solve = (valueAt: (shares: Float64Array) => number): number =>
    Math.exp(bracketedRoot((log) => valueAt(sharesAt(logs, log)), -FARTHEST, FARTHEST))
  const place = x1 - least
  return {
    p: Math.min(1, p),
    oddsRatio: x1 === least ? 0 : x1 === most ? null : solve((shares) => meanOf(shares) - place),
    lower: x1 === least ? 0 : solve((shares) => sumOf(shares, place, shares.length) - 0.025),
    upper: x1 === most ? null : solve((shares) => sumOf(shares, 0, place + 1) - 0.025),
  }
}

/** Logarithms of the number of tables for each count of arm 1, up to a constant. */
function logWeights({ x1, n1, x2, n2 }: TwoProportions, least: number, most: number): Float64Array {
  const responders = x1 + x2
  const logs = new Float64Array(most - least + 1)
  for (let s = least; s < most; s++) {
    const step = ((n1 - s) / (s + 1)) * ((responders - s) / (n2 - responders + s + 1))
    logs[s + 1 - least] = (logs[s - least] as number) + Math.log(step)
  }
  return logs
}

/** Probabilities of the tables at a log odds ratio. */
function sharesAt(logs: Float64Array, logOdds: number): Float64Array {
  let highest = Number.NEGATIVE_INFINITY
  for (let k = 0; k < logs.length; k++) highest = Math.max(highest, (logs[k] as number) + k * logOdds)
  const shares = logs.map((log, k) => Math.exp(log + k * logOdds - highest))
  const sum = sumOf(shares, 0, shares.length)
  return shares.map((share) => share / sum)
}

function sumOf(shares: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k++) sum += shares[k] as number
  return sum
}

function meanOf(shares: Float64Array): number {
  let sum = 0
  for (let k = 0; k < shares.length; k++) sum += k * (shares[k] as number)
  return sum
}
