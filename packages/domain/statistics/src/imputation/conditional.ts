import { invertPositive } from '../likelihood/maximize.ts'

/** What is known of a subject's missing visits given the others: mean, and a root of the covariance for draws. */
export interface Conditional {
  /** Visits without a value. */
  readonly missing: readonly number[]
  readonly mean: Float64Array
  /** Lower triangle, row by row: mean + root z has the conditional covariance. */
  readonly root: Float64Array
}

/**
 * Normal values given some of them: mean m + S_mo S_oo^-1 (y_o - m_o), covariance S_mm - S_mo S_oo^-1 S_om. Null where the
 * covariance is not positive definite.
 */
export function conditional(values: Float64Array, means: Float64Array, sigma: Float64Array): Conditional | null {
  const visits = values.length
  const all = [...values.keys()]
  const missing = all.filter((v) => Number.isNaN(values[v]))
  const known = all.filter((v) => !Number.isNaN(values[v]))
  const at = (a: number, b: number): number => sigma[a * visits + b] as number
  const k = known.length
  const inverse =
    k === 0
      ? new Float64Array(0)
      : invertPositive(
          Float64Array.from({ length: k * k }, (_, ab) =>
            at(known[Math.floor(ab / k)] as number, known[ab % k] as number),
          ),
          k,
        )
  if (inverse === null) return null
  const slopes = missing.map((m) =>
    Float64Array.from(known, (_, b) => {
      let sum = 0
      for (let a = 0; a < k; a++) sum += at(m, known[a] as number) * (inverse[a * k + b] as number)
      return sum
    }),
  )
  const mean = Float64Array.from(missing, (m, row) => {
    let sum = means[m] as number
    known.forEach((v, b) => {
      sum += (slopes[row]?.[b] as number) * ((values[v] as number) - (means[v] as number))
    })
    return sum
  })
  const covariance = (row: number, column: number): number => {
    let rest = at(missing[row] as number, missing[column] as number)
    known.forEach((v, b) => {
      rest -= (slopes[row]?.[b] as number) * at(v, missing[column] as number)
    })
    return rest
  }
  const root = cholesky(covariance, missing.length)
  return root === null ? null : { missing, mean, root }
}

function cholesky(of: (row: number, column: number) => number, size: number): Float64Array | null {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = of(row, column)
      for (let k = 0; k < column; k++) rest -= (lower[row * size + k] as number) * (lower[column * size + k] as number)
      if (row > column) lower[row * size + column] = rest / (lower[column * size + column] as number)
      else if (rest > 0) lower[row * size + row] = Math.sqrt(rest)
      else return null
    }
  }
  return lower
}
