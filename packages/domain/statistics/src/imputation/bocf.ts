import type { SingleImputation } from './single-imputation.ts'

/**
 * Baseline observation carried forward. Legacy: for sensitivity only.
 *
 * Definition  a missing change from baseline becomes 0.
 * Input       changes from baseline, NaN where missing.
 * Source      endpoints 10, BOCF.
 */
export function bocf(changes: Float64Array): SingleImputation {
  const imputed = Uint8Array.from(changes, (value) => (Number.isNaN(value) ? 1 : 0))
  return { values: changes.map((value) => (Number.isNaN(value) ? 0 : value)), imputed, dtype: 'BOCF' }
}
