export const REFERENCE_STRATEGIES = ['MAR', 'J2R', 'CIR', 'CR'] as const
export type ImputationStrategy = (typeof REFERENCE_STRATEGIES)[number]

/**
 * Means that a subject's missing values are imputed around.
 *
 * Definition  with t the first visit after the last value (none for gaps between values, which are at random): MAR the means
 *             of the own arm. J2R those of the reference from t on. CIR from t on the own mean at t - 1 plus the increments of
 *             the reference since; at t = 1 the reference's. CR those of the reference throughout.
 * Input       means by visit in the own arm and in the reference; `from` is t, counted from 0, null without dropout.
 * Source      Carpenter, Roger and Kenward, J Biopharm Stat 2013;23:1352-1371.
 */
export function imputedMeans(
  strategy: ImputationStrategy,
  own: Float64Array,
  reference: Float64Array,
  from: number | null,
): Float64Array {
  if (strategy === 'MAR' || from === null) return own
  if (strategy === 'CR' || (strategy === 'CIR' && from === 0)) return reference
  return own.map((mean, visit) => {
    if (visit < from) return mean
    const of = reference[visit] as number
    return strategy === 'J2R' ? of : (own[from - 1] as number) + of - (reference[from - 1] as number)
  })
}

/** The first visit after the last value; null where the last visit has one. */
export function dropoutVisit(values: Float64Array): number | null {
  const last = values.findLastIndex((value) => !Number.isNaN(value))
  return last === values.length - 1 ? null : last + 1
}
