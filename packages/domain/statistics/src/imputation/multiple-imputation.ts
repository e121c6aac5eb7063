import type { VisitTrial } from '../models/visit-trial.ts'
import { bayesianDraws, type DrawName } from './bayesian-draws.ts'
import type { ImputationPlan } from './imputation-trial.ts'
import { type Pooled, rubin } from './rubin.ts'
import { visitAncova } from './visit-ancova.ts'

export interface MultipleImputation {
  /** Arm minus reference: [visit][arm]; null for the reference. */
  readonly differences: readonly (readonly (Pooled | null)[])[]
  /** The same with a delta added to the imputed values of all arms but the reference. */
  withDelta(delta: number): MultipleImputation['differences'] | { readonly reason: string }
}

/** From endpoints 10: M >= 50. */
export const FEWEST_IMPUTATIONS = 50

/**
 * Multiple imputation, ANCOVA of each completed data set, and Rubin's rules.
 *
 * Definition  bayesianDraws, then visitAncova of every visit, then rubin with the df of the ANCOVA. A delta is added after
 *             imputation to each imputed value of an active arm, in the unit of the values.
 * Input       `imputations` at least FEWEST_IMPUTATIONS.
 * Undefined   the reason in words, as there; fewer imputations than allowed.
 * Source      endpoints 10, MI, J2R CIR CR and TIP.
 */
export function multipleImputation(
  trial: VisitTrial,
  plan: ImputationPlan,
  name: DrawName,
  imputations: number,
): MultipleImputation | { readonly reason: string } {
  if (imputations < FEWEST_IMPUTATIONS) return { reason: `fewer than ${FEWEST_IMPUTATIONS} imputations` }
  const imputer = bayesianDraws(trial, plan, name)
  if ('reason' in imputer) return imputer
  const draws = Array.from({ length: imputations }, (_, imputation) => imputer.draw(imputation))
  const withDelta = (delta: number) => pool(trial, plan, draws, delta)
  const differences = withDelta(0)
  return 'reason' in differences ? differences : { differences, withDelta }
}

function pool(
  trial: VisitTrial,
  { reference }: ImputationPlan,
  draws: readonly Float64Array[],
  delta: number,
): MultipleImputation['differences'] | { readonly reason: string } {
  const { subjects, visits, arms, arm, values } = trial
  const ancova = visitAncova(trial)
  if ('reason' in ancova) return ancova
  const out: (Pooled | null)[][] = []
  for (let visit = 0; visit < visits; visit++) {
    const columns = draws.map((draw) =>
      Float64Array.from({ length: subjects }, (_, subject) => {
        const cell = subject * visits + visit
        return draw[cell] + (Number.isNaN(values[cell]) && arm[subject] !== reference ? delta : 0)
      }),
    )
    const line: (Pooled | null)[] = []
    for (let one = 0; one < arms; one++) {
      if (one === reference) {
        line.push(null)
        continue
      }
      const answers = columns.map((column) => ancova.difference(column, one, reference))
      const pooled = rubin(
        Float64Array.from(answers, ({ estimate }) => estimate),
        Float64Array.from(answers, ({ variance }) => variance),
        ancova.df,
      )
      if ('reason' in pooled) return pooled
      line.push(pooled)
    }
    out.push(line)
  }
  return out
}
