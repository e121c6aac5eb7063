import type { LaboratoryFamily } from '@afferent/study'

/**
 * What stands for a result below the limit of quantification.
 *
 * Definition  LLOQ / sqrt(2); `half`: LLOQ / 2, where results are strongly skewed (geometric SD >= 3).
 * Input       the limit, in the unit of the results.
 * Source      Hornung & Reed 1990 [L]; a result above the upper limit is that limit [endpoints 8].
 */
export const belowLimit = (limit: number, blq: LaboratoryFamily['blq']): number =>
  blq === 'half' ? limit / 2 : limit / Math.SQRT2
