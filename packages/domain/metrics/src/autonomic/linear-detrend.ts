/**
 * Samples without their straight trend, so that a drift over minutes is not taken for a slow rhythm.
 *
 * Definition  samples minus their least-squares line over sample numbers.
 * Input       evenly spaced samples.
 * Output      as many, with mean and slope 0. A single one becomes 0.
 * Throws      never.
 * Source      [endpoints 8].
 */
export function linearDetrend(samples: Float64Array): Float64Array {
  const centre = (samples.length - 1) / 2
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length
  let moment = 0
  let spread = 0
  for (let at = 0; at < samples.length; at++) {
    moment += (at - centre) * (samples[at] - mean)
    spread += (at - centre) ** 2
  }
  const slope = spread === 0 ? 0 : moment / spread
  return samples.map((sample, at) => sample - mean - slope * (at - centre))
}
