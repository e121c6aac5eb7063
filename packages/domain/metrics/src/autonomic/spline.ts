/** A curve of polynomial pieces, as weights of B-splines: pieces meet at knots. */
export interface Spline {
  readonly degree: number
  readonly knots: Float64Array
  readonly weights: Float64Array
}

/**
 * The smooth curve of odd degree through all points given.
 *
 * Definition  interpolating B-spline, "not a knot" at both ends: the first and last (degree - 1) / 2 inner points join
 *             no pieces, so that the ends follow the points alone and no derivative is made up.
 * Input       rising places and a value at each, at least degree + 1 of them.
 * Output      the spline, to be read with readSpline between the first and the last place.
 * Throws      RangeError, with too few points.
 * Source      de Boor, A Practical Guide to Splines, chapters X and XIII.
 */
export function splineThrough(places: Float64Array, values: Float64Array, degree: number): Spline {
  const count = places.length
  if (count <= degree) throw new RangeError(`a spline of degree ${degree} needs more than ${count} points`)
  const knots = knotsOf(places, degree)
  const width = 2 * degree + 1
  const band = new Float64Array(count * width) // row i holds the columns i - degree .. i + degree
  const basis = new Float64Array(degree + 1)
  for (let row = 0, piece = degree; row < count; row++) {
    piece = pieceAt(knots, count, places[row], piece)
    fillBasis(basis, knots, piece, places[row])
    for (let at = 0; at <= degree; at++) {
      const offset = piece - degree + at - row + degree
      if (basis[at] !== 0) band[row * width + offset] = basis[at]
    }
  }
  return { degree, knots, weights: solveBand(band, values, degree) }
}

/** Values of the spline at `count` places from `start` on, `step` apart; the last must not lie behind its end. */
export function readSpline(spline: Spline, start: number, step: number, count: number): Float64Array {
  const { degree, knots, weights } = spline
  const basis = new Float64Array(degree + 1)
  const read = new Float64Array(count)
  for (let at = 0, piece = degree; at < count; at++) {
    const place = start + at * step
    piece = pieceAt(knots, weights.length, place, piece)
    fillBasis(basis, knots, piece, place)
    for (let part = 0; part <= degree; part++) read[at] += basis[part] * weights[piece - degree + part]
  }
  return read
}

function knotsOf(places: Float64Array, degree: number): Float64Array {
  const count = places.length
  const knots = new Float64Array(count + degree + 1)
  knots.fill(places[0], 0, degree + 1)
  const skipped = (degree + 1) / 2
  knots.set(places.subarray(skipped, count - skipped), degree + 1)
  knots.fill(places[count - 1], count)
  return knots
}

/** The piece that holds a place, searched upwards; the end of the curve belongs to its last piece. */
function pieceAt(knots: Float64Array, count: number, place: number, from: number): number {
  let piece = from
  while (piece < count - 1 && place >= knots[piece + 1]) piece++
  return piece
}

/** The degree + 1 B-splines that are not zero on a piece, by the recursion of Cox and de Boor. */
function fillBasis(basis: Float64Array, knots: Float64Array, piece: number, place: number): void {
  basis[0] = 1
  for (let degree = 1; degree < basis.length; degree++) {
    let carried = 0
    for (let at = 0; at < degree; at++) {
      const right = knots[piece + at + 1]
      const left = knots[piece + at + 1 - degree]
      const share = basis[at] / (right - left)
      basis[at] = carried + (right - place) * share
      carried = (place - left) * share
    }
    basis[degree] = carried
  }
}

/** Elimination in a band. No pivots: the matrix of B-splines at such places is totally positive (de Boor, XIII). */
function solveBand(band: Float64Array, values: Float64Array, reach: number): Float64Array {
  const count = values.length
  const width = 2 * reach + 1
  const solved = values.slice()
  for (let row = 0; row < count; row++) {
    const end = Math.min(count, row + reach + 1)
    for (let below = row + 1; below < end; below++) {
      const start = below * width + row - below + reach
      const factor = band[start] / band[row * width + reach]
      if (factor === 0) continue
      for (let column = 0; column < end - row; column++) {
        band[start + column] -= factor * band[row * width + reach + column]
      }
      solved[below] -= factor * solved[row]
    }
  }
  for (let row = count - 1; row >= 0; row--) {
    for (let column = row + 1; column < Math.min(count, row + reach + 1); column++) {
      solved[row] -= band[row * width + column - row + reach] * solved[column]
    }
    solved[row] /= band[row * width + reach]
  }
  return solved
}
