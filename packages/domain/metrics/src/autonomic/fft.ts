/**
 * Fourier transform in place, of as many complex numbers as a power of two.
 *
 * Definition  X[k] = sum over j of x[j] * exp(-2 pi i j k / n), without a factor.
 * Input       real and imaginary parts, of equal length n = 2, 4, 8 ...; both are overwritten.
 * Throws      RangeError, for another length.
 * Source      Cooley and Tukey, Math Comput 1965;19:297-301.
 */
export function fft(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length
  if (n < 2 || (n & (n - 1)) !== 0) throw new RangeError(`${n} is not a power of two`)
  reverseBits(real, imaginary)
  for (let half = 1; half < n; half *= 2) {
    for (let turn = 0; turn < half; turn++) {
      const cos = Math.cos((Math.PI * turn) / half)
      const sin = -Math.sin((Math.PI * turn) / half)
      for (let low = turn; low < n; low += 2 * half) {
        const high = low + half
        const re = real[high] * cos - imaginary[high] * sin
        const im = real[high] * sin + imaginary[high] * cos
        real[high] = real[low] - re
        imaginary[high] = imaginary[low] - im
        real[low] += re
        imaginary[low] += im
      }
    }
  }
}

/** Puts every number at the place whose binary digits are those of its own place, read backwards. */
function reverseBits(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length
  for (let at = 0, mirror = 0; at < n; at++) {
    if (at < mirror) {
      swap(real, at, mirror)
      swap(imaginary, at, mirror)
    }
    let bit = n >> 1
    while (bit > 0 && (mirror & bit) !== 0) {
      mirror ^= bit
      bit >>= 1
    }
    mirror |= bit
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one]
  values[one] = values[other]
  values[other] = kept
}
