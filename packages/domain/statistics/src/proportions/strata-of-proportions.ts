import type { NoAnswer } from '../no-answer.ts'
import { armsProblem, type TwoProportions } from './two-proportions.ts'

/** The strata in which both arms have subjects: the others tell nothing of a difference. None: a reason. */
export function comparableStrata(strata: readonly TwoProportions[]): readonly TwoProportions[] | NoAnswer {
  for (const stratum of strata) {
    const problem = armsProblem({ ...stratum, n1: stratum.n1 || 1, n2: stratum.n2 || 1 })
    if (problem !== null) return problem
  }
  const found = strata.filter(({ n1, n2 }) => n1 > 0 && n2 > 0)
  return found.length === 0 ? { reason: 'no stratum has subjects in both arms' } : found
}
