/**
 * Single imputation of old: the last value, or the baseline, stands for what is missing. It understates uncertainty and is for
 * sensitivity alone.
 *
 * Definition  LOCF: the last value before, at worst the baseline; BOCF: the baseline.
 * Input       by visit, the outcome of all subjects (NaN where missing), and what the baseline is in the outcome: 0 of a change.
 * Source      Mallinckrodt et al., Drug Inf J 2008;42:303-319, for what it gets wrong.
 */
export function carriedForward(
  values: readonly Float64Array[],
  baseline: Float64Array,
  rule: 'LOCF' | 'BOCF',
): readonly Float64Array[] {
  const out: Float64Array[] = []
  values.forEach((column, visit) => {
    const before = rule === 'LOCF' && visit > 0 ? (out[visit - 1] as Float64Array) : baseline
    out.push(column.map((value, s) => (Number.isNaN(value) ? (before[s] as number) : value)))
  })
  return out
}
