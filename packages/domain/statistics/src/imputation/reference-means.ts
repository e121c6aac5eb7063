export type ImputationStrategy = 'MAR' | 'J2R' | 'CIR' | 'CR'

/**
 * Means by visit that a subject is imputed with, after an intercurrent event before visit `from`.
 *
 * Definition  MAR own means; J2R own before `from`, the reference's from there on; CIR own before, then the own mean of the
 *             visit before plus the increments of the reference (the reference's where there is no visit before); CR the
 *             reference's throughout.
 * Input       `from` 0 to visits; visits, or strategy MAR, leave the own means.
 * Source      Carpenter, Roger and Kenward, J Biopharm Stat 2013;23:1352-1371; endpoints 10, J2R CIR CR.
 */
export function referenceMeans(
  strategy: ImputationStrategy,
  own: Float64Array,
  reference: Float64Array,
  from: number,
): Float64Array {
  if (strategy === 'MAR' || from >= own.length) return own
  if (strategy === 'CR' || (strategy === 'CIR' && from === 0)) return reference
  return own.map((mean, visit) => {
    if (visit < from) return mean
    if (strategy === 'J2R') return reference[visit]
    return own[from - 1] + reference[visit] - reference[from - 1]
  })
}
