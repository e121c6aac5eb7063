import { fft } from './fft.ts'

/** Samples per segment, and how far one segment starts behind the other: an overlap of 50 % [endpoints 8]. */
const SEGMENT = 256
const HOP = SEGMENT / 2
/** Hann window whose next period would begin with the first sample again [P]. */
const WINDOW = Float64Array.from({ length: SEGMENT }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / SEGMENT))
const WINDOW_POWER = WINDOW.reduce((sum, weight) => sum + weight ** 2, 0)

/** Power per Hz at the frequencies 0, step, 2 step ... */
export interface Spectrum {
  readonly step: number
  readonly density: Float64Array
}

/**
 * Power spectral density by the method of Welch.
 *
 * Definition  mean over segments of 256 samples, each begun 128 after the last, of |FFT(window * samples)|^2 divided by
 *             (rate * sum of window^2), doubled between 0 and half the rate: one-sided, so that density * step adds up
 *             to the mean square, and a sine of amplitude A to A^2 / 2. Samples behind the last whole segment are left
 *             out. A segment's own mean is not taken off: under this window it stays in the lines 0 and 1 (up to
 *             0.016 Hz at 4 Hz), below every band in use.
 * Input       evenly spaced samples, without trend; rate: samples per second.
 * Output      squared unit of the samples per Hz. All NaN: fewer than 256 samples.
 * Throws      never.
 * Source      Welch, IEEE Trans Audio Electroacoust 1967;15:70-73; Hann, 256 and 50 %: [endpoints 8]; the rest [P].
 */
export function welch(samples: Float64Array, rate: number): Spectrum {
  const density = new Float64Array(HOP + 1)
  let segments = 0
  for (let start = 0; start + SEGMENT <= samples.length; start += HOP, segments++) {
    const real = WINDOW.map((weight, at) => weight * samples[start + at])
    const imaginary = new Float64Array(SEGMENT)
    fft(real, imaginary)
    for (let line = 0; line <= HOP; line++) density[line] += real[line] ** 2 + imaginary[line] ** 2
  }
  const scale = 1 / (segments * rate * WINDOW_POWER) // no segment: 0 * Infinity is NaN
  const scaled = density.map((sum, line) => sum * scale * (line === 0 || line === HOP ? 1 : 2))
  return { step: rate / SEGMENT, density: scaled }
}
