import type { SingleImputation } from './single-imputation.ts'

/**
 * Last observation carried forward. Legacy: for sensitivity only.
 *
 * Definition  a missing value becomes the last one observed before it; before the first one the change is that from
 *             baseline to baseline, 0.
 * Input       changes from baseline at [subject * visits + visit], NaN where missing.
 * Source      endpoints 10, LOCF.
 */
export function locf(changes: Float64Array, visits: number): SingleImputation {
  const values = changes.slice()
  const imputed = new Uint8Array(values.length)
  for (let cell = 0; cell < values.length; cell++) {
    if (!Number.isNaN(values[cell])) continue
    values[cell] = cell % visits === 0 ? 0 : values[cell - 1]
    imputed[cell] = 1
  }
  return { values, imputed, dtype: 'LOCF' }
}
