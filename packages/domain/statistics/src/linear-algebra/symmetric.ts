/**
 * Symmetric positive definite matrices of n rows, flat and row by row, both halves filled.
 *
 * Definition  Cholesky factor L, lower, with A = L L'. A pivot counts as zero where it is at most `PIVOT_SHARE` of the
 *             diagonal element it came from: the column is then a combination of those before it, to rounding.
 * Output      `factorize` says where it failed in place of a factor; the other functions take a factor.
 * Source      Golub and Van Loan, Matrix Computations, 4th ed., 4.2 [L].
 */
const PIVOT_SHARE = 1e-12

/** Turns `a` into its factor, in place (the upper half is left). The row that depends on others, or -1. */
export function factorize(a: Float64Array, n: number): number {
  for (let j = 0; j < n; j++) {
    const start = a[j * n + j]
    let pivot = start
    for (let k = 0; k < j; k++) pivot -= a[j * n + k] * a[j * n + k]
    if (!(pivot > PIVOT_SHARE * start) || !Number.isFinite(pivot)) return j
    const root = Math.sqrt(pivot)
    a[j * n + j] = root
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j]
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k]
      a[i * n + j] = sum / root
    }
  }
  return -1
}

/** Logarithm of the determinant of the matrix that was factorized. */
export function logDeterminant(factor: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log(factor[i * n + i])
  return 2 * sum
}

/** Solves A x = b in place. */
export function solve(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * b[k]
    b[i] = sum / factor[i * n + i]
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * b[k]
    b[i] = sum / factor[i * n + i]
  }
}

/** Inverse of the matrix that was factorized. */
export function invert(factor: Float64Array, n: number): Float64Array {
  // The inverse of the factor first, then its square.
  const half = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    half[j * n + j] = 1 / factor[j * n + j]
    for (let i = j + 1; i < n; i++) {
      let sum = 0
      for (let k = j; k < i; k++) sum -= factor[i * n + k] * half[k * n + j]
      half[i * n + j] = sum / factor[i * n + i]
    }
  }
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = i; k < n; k++) sum += half[k * n + i] * half[k * n + j]
      inverse[i * n + j] = sum
      inverse[j * n + i] = sum
    }
  return inverse
}

/** x' A y of a symmetric matrix. */
export function bilinear(a: Float64Array, n: number, x: Float64Array, y: Float64Array): number {
  let total = 0
  for (let i = 0; i < n; i++) {
    if (x[i] === 0) continue
    let sum = 0
    for (let j = 0; j < n; j++) sum += a[i * n + j] * y[j]
    total += x[i] * sum
  }
  return total
}
