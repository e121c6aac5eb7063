import { chiSquareQuantile } from '@afferent/distributions'

export interface Rate {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/**
 * A rate of events with its exact Poisson interval (95 %).
 *
 * Definition  lower = X2(0.025; 2 x) / 2, upper = X2(0.975; 2 x + 2) / 2, both divided by the exposure, X2 quantiles of the
 *             chi-square distribution. No event: the lower limit is 0.
 * Input       `events`, a whole number; `exposure` in person-years, or whatever the rate is per; `per` of those, as in
 *             100 person-years.
 * Undefined   exposure not above 0: null.
 * Source      Garwood, Biometrika 1936;28:437-442.
 */
export function garwoodInterval(events: number, exposure: number, per = 1): Rate | null {
  if (!(exposure > 0)) return null
  const scale = per / exposure
  return {
    estimate: events * scale,
    lower: events === 0 ? 0 : (chiSquareQuantile(0.025, 2 * events) / 2) * scale,
    upper: (chiSquareQuantile(0.975, 2 * events + 2) / 2) * scale,
  }
}
