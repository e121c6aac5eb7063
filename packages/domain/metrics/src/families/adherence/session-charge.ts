/** mA x us is nC a pulse, 1e-6 mC. */
const MILLICOULOMBS = 1e-6
const MINUTE_SECONDS = 60

/** What runs through the electrodes; NaN: not told. */
export interface Pulses {
  /** Milliamperes. */
  readonly current: number
  /** Microseconds. */
  readonly pulseWidth: number
  /** Hertz. */
  readonly frequency: number
  /** Share of the time that pulses run, 0 to 1. */
  readonly onShare: number
}

/**
 * Charge of some minutes of stimulation, in millicoulombs.
 *
 * Definition  current x pulse width x frequency x on-time; on-time = seconds of stimulation x share of the time that pulses run.
 * Input       milliamperes, microseconds, hertz, minutes. Charge of one phase of the pulse: the returning one is not counted [P].
 * Output      mC; NaN where any of them is not told.
 * Source      endpoints.md section 11.
 */
export const sessionCharge = (minutes: number, { current, pulseWidth, frequency, onShare }: Pulses): number =>
  current * pulseWidth * frequency * (minutes * MINUTE_SECONDS * onShare) * MILLICOULOMBS
