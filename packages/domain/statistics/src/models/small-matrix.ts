/** Products of small square matrices, row by row. */
export function product(one: Float64Array, two: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const factor = one[row * size + k] as number
      if (factor === 0) continue
      for (let column = 0; column < size; column++) {
        out[row * size + column] = (out[row * size + column] as number) + factor * (two[k * size + column] as number)
      }
    }
  }
  return out
}

export function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] as number)
}

export function timesVector(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  return Float64Array.from({ length: size }, (_, row) => {
    let sum = 0
    for (let k = 0; k < size; k++) sum += (matrix[row * size + k] as number) * (vector[k] as number)
    return sum
  })
}

export function dot(one: Float64Array, two: Float64Array): number {
  let sum = 0
  for (let k = 0; k < one.length; k++) sum += (one[k] as number) * (two[k] as number)
  return sum
}

/** one += factor * two */
export function addScaled(one: Float64Array, factor: number, two: Float64Array): void {
  for (let k = 0; k < one.length; k++) one[k] = (one[k] as number) + factor * (two[k] as number)
}

/** The rows and columns at `places`. */
export function part(matrix: Float64Array, size: number, places: readonly number[]): Float64Array {
  const k = places.length
  return Float64Array.from(
    { length: k * k },
    (_, at) => matrix[(places[Math.floor(at / k)] as number) * size + (places[at % k] as number)] as number,
  )
}
