import type { NoAnswer } from '../no-answer.ts'

/** What a sample says of its mean. */
export interface Moments {
  readonly n: number
  readonly mean: number
  /** Sample variance (n - 1); null for one value. */
  readonly variance: number | null
}

/** Mean and variance, summed in the order of the values; none, or one that is not finite: a reason. */
export function momentsOf(values: Float64Array): Moments | NoAnswer {
  const n = values.length
  if (n === 0) return { reason: 'there are no subjects' }
  let sum = 0
  for (const value of values) sum += value
  if (!Number.isFinite(sum)) return { reason: 'an outcome is missing' }
  const mean = sum / n
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { n, mean, variance: n > 1 ? squares / (n - 1) : null }
}
