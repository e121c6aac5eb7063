import type { MultipleImputation } from './multiple-imputation.ts'
import type { Pooled } from './rubin.ts'

export interface TippingPoint {
  /** The first delta at which p is above alpha. */
  readonly delta: number
  readonly at: Pooled
  /** One answer per delta tried, from 0. */
  readonly steps: readonly { readonly delta: number; readonly answer: Pooled }[]
}

/**
 * How much worse imputed values of the active arm must be until the difference is not significant any more.
 *
 * Definition  delta 0, step, 2 step, ...: the first with p above alpha. `step` carries the sign of harm.
 * Input       an imputed trial, the visit and arm asked about, the step, at most `steps` of them.
 * Undefined   the reason: not significant at delta 0; still significant at the last delta.
 * Source      endpoints 10, TIP.
 */
export function tippingPoint(
  imputed: MultipleImputation,
  {
    visit,
    arm,
    step,
    steps,
    alpha = 0.05,
  }: { visit: number; arm: number; step: number; steps: number; alpha?: number },
): TippingPoint | { readonly reason: string } {
  const tried: { delta: number; answer: Pooled }[] = []
  for (let k = 0; k <= steps; k++) {
    const delta = k * step
    const differences = imputed.withDelta(delta)
    if ('reason' in differences) return differences
    const answer = differences[visit][arm]
    if (answer === null) return { reason: 'the reference arm has no difference from itself' }
    tried.push({ delta, answer })
    if (answer.p <= alpha) continue
    return k === 0 ? { reason: 'not significant without any delta' } : { delta, at: answer, steps: tried }
  }
  return { reason: `still significant at a delta of ${steps * step}` }
}
