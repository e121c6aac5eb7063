import type { NoAnswer } from '../no-answer.ts'
import type { MeanEstimate } from './mean-estimate.ts'
import { oneMean } from './one-mean.ts'

/**
 * Mean difference of two values of the same subjects, with its paired t interval (95 %).
 *
 * Definition  the mean of first minus second, as `oneMean`.
 * Input       two columns of one length, subject by subject.
 * Undefined   as `oneMean` of the differences: a reason.
 */
export const pairedDifference = (first: Float64Array, second: Float64Array): MeanEstimate | NoAnswer =>
  oneMean(first.map((value, i) => value - (second[i] as number)))
