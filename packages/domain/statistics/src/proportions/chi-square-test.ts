import { chiSquareUpperTail } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { armsProblem, type TwoProportions } from './two-proportions.ts'

/** Below this expected count Fisher's test stands in (Cochran's rule). */
const ENOUGH_EXPECTED = 5

export interface ChiSquareTest {
  readonly chiSquare: number
  readonly p: number
  /** Whether an expected count is below 5: Fisher's test is to be used instead. */
  readonly fewExpected: boolean
}

/**
 * Chi-square test of two proportions on 1 df.
 *
 * Definition  sum (|O - E| - c)^2 / E over the four cells; c = 0, or with Yates's correction the smaller of 0.5 and |O - E|.
 * Undefined   an empty arm, or all subjects of both arms respond alike: a reason.
 * Source      Pearson 1900; Yates, J R Stat Soc Suppl 1934;1:217-235.
 */
export function chiSquareTest(arms: TwoProportions, correction: 'none' | 'yates' = 'none'): ChiSquareTest | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  const { x1, n1, x2, n2 } = arms
  const n = n1 + n2
  const responders = x1 + x2
  if (responders === 0 || responders === n) return { reason: 'all subjects respond alike' }
  const expected = [n1, n2].flatMap((size) => [(size * responders) / n, (size * (n - responders)) / n])
  const off = Math.abs(x1 * n2 - x2 * n1) / n
  const distance = correction === 'none' ? off : off - Math.min(0.5, off)
  let chiSquare = 0
  for (const count of expected) chiSquare += (distance * distance) / count
  return {
    chiSquare,
    p: chiSquareUpperTail(chiSquare, 1),
    fewExpected: expected.some((count) => count < ENOUGH_EXPECTED),
  }
}
