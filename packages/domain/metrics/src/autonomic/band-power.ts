import type { Spectrum } from './welch.ts'

/** From the first frequency on, up to and without the second, Hz. */
export type Band = readonly [from: number, to: number]

/** Low and high frequency of heart rate variability: Task Force, Eur Heart J 1996;17:354-381 [C 45]. */
export const LOW_FREQUENCY: Band = [0.04, 0.15]
export const HIGH_FREQUENCY: Band = [0.15, 0.4]

/**
 * Power of a band of frequencies.
 *
 * Definition  sum of density * step over the lines inside the band, the lower limit included. A sum and not trapezes:
 *             by it the bands add up to the whole power. With 4 Hz and 256 samples no line stands on a limit: LF are
 *             the lines 3-9 (0.0469-0.1406 Hz), HF 10-25 (0.1563-0.3906 Hz).
 * Output      squared unit of the samples. NaN: no spectrum.
 * Throws      never.
 * Source      limits [endpoints 8]; the sum is [P].
 */
export function bandPower({ step, density }: Spectrum, [from, to]: Band): number {
  return density.reduce((sum, one, line) => (line * step >= from && line * step < to ? sum + one * step : sum), 0)
}
