import { bandPower, HIGH_FREQUENCY, LOW_FREQUENCY } from './band-power.ts'
import { findArtefacts } from './find-artefacts.ts'
import { linearDetrend } from './linear-detrend.ts'
import { pnn50 } from './pnn50.ts'
import { resample, SAMPLE_RATE } from './resample.ts'
import { rmssd } from './rmssd.ts'
import { sdnn } from './sdnn.ts'
import { successiveDifferences } from './successive-differences.ts'
import { tachogramOf } from './tachogram.ts'
import { welch } from './welch.ts'

/** Clean seconds that the time domain and the frequency domain need, themselves enough [endpoints 8]. */
const TIME_SECONDS = 60
const FREQUENCY_SECONDS = 240
/** Share of removed intervals above which a record is flagged, and above which it says nothing [endpoints 8]. */
const FLAGGED_SHARE = 0.05
const USELESS_SHARE = 0.2
/** R-NUM; as a power (ms^2) or a difference (ms), what lies below is rounding and counts as no variation [P]. */
const TOLERANCE = 1e-9

/** Why a measure has no value. */
export type HrvReason = 'too-many-artefacts' | 'too-short' | 'gap-too-long' | 'no-variation'

/** The measures of one record; a measure without a value is NaN, and the reason of its group says why. */
export interface Hrv {
  /** ms; pnn50 in percent. */
  readonly sdnn: number
  readonly rmssd: number
  readonly pnn50: number
  readonly timeReason: HrvReason | null
  /** Natural logarithm of RMSSD in ms. */
  readonly lnRmssd: number
  readonly logReason: HrvReason | null
  /** ms^2. */
  readonly lf: number
  readonly hf: number
  readonly frequencyReason: HrvReason | null
  /** HF / (LF + HF), a share and not percent; LF / HF. */
  readonly hfnu: number
  readonly lfhf: number
  readonly ratioReason: HrvReason | null
  /** Sum of the accepted intervals. */
  readonly cleanSeconds: number
  readonly intervals: number
  readonly removed: number
  /** Removed of all intervals, 0 to 1; NaN for none. */
  readonly correctedShare: number
  /** More than 5 % removed. */
  readonly corrected: boolean
  /** There are values, from less than 4 min (ULTRAFL). */
  readonly ultraShort: boolean
  /** One byte per interval: 1 accepted as NN, 0 removed. */
  readonly accepted: Uint8Array
}

/**
 * Heart rate variability of one record.
 *
 * Definition  each measure as its own file says; here is decided which of them the record can bear.
 * Input       RR intervals of one record in ms, in order.
 * Output      SDNN, RMSSD, ln RMSSD, pNN50, LF, HF, HF/(LF+HF), LF/HF; what was removed; how much is clean.
 * Undefined   'too-many-artefacts': more than 20 % removed, nothing has a value. It goes before the others.
 *             'too-short': less than 60 s clean (time domain), less than 4 min (frequency domain).
 *             'gap-too-long': 64 s without an accepted interval (frequency domain).
 *             'no-variation': RMSSD is 0 and has no logarithm; HF is 0 and the ratios say nothing.
 * Throws      never.
 * Source      [endpoints 8]; 'gap-too-long' and 'no-variation' are [P].
 */
export function heartRateVariability(rr: Float64Array): Hrv {
  const artefacts = findArtefacts(rr)
  const removed = artefacts.reduce((count, one) => count + one, 0)
  const correctedShare = removed / rr.length
  const cleanSeconds = rr.reduce((sum, interval, at) => (artefacts[at] === 0 ? sum + interval : sum), 0) / 1000
  const refusal = (seconds: number): HrvReason | null => {
    if (correctedShare > USELESS_SHARE + TOLERANCE) return 'too-many-artefacts'
    return cleanSeconds < seconds - TOLERANCE ? 'too-short' : null
  }
  const time = timeDomain(rr, artefacts, refusal(TIME_SECONDS))
  return {
    ...time,
    ...frequencyDomain(rr, artefacts, refusal(FREQUENCY_SECONDS)),
    cleanSeconds,
    intervals: rr.length,
    removed,
    correctedShare,
    corrected: correctedShare > FLAGGED_SHARE + TOLERANCE,
    ultraShort: time.timeReason === null && cleanSeconds < FREQUENCY_SECONDS - TOLERANCE,
    accepted: artefacts.map((one) => 1 - one),
  }
}

type TimeDomain = Pick<Hrv, 'sdnn' | 'rmssd' | 'pnn50' | 'timeReason' | 'lnRmssd' | 'logReason'>

function timeDomain(rr: Float64Array, artefacts: Uint8Array, refusal: HrvReason | null): TimeDomain {
  if (refusal !== null) {
    const none = Number.NaN
    return { sdnn: none, rmssd: none, pnn50: none, timeReason: refusal, lnRmssd: none, logReason: refusal }
  }
  const differences = successiveDifferences(rr, artefacts)
  const root = rmssd(differences)
  const still = root <= TOLERANCE
  return {
    sdnn: sdnn(rr, artefacts),
    rmssd: root,
    pnn50: pnn50(differences),
    timeReason: null,
    lnRmssd: still ? Number.NaN : Math.log(root),
    logReason: still ? 'no-variation' : null,
  }
}

type FrequencyDomain = Pick<Hrv, 'lf' | 'hf' | 'frequencyReason' | 'hfnu' | 'lfhf' | 'ratioReason'>

function frequencyDomain(rr: Float64Array, artefacts: Uint8Array, refusal: HrvReason | null): FrequencyDomain {
  const beats = refusal === null ? tachogramOf(rr, artefacts) : null
  if (beats === null) {
    const [none, reason] = [Number.NaN, refusal ?? 'gap-too-long']
    return { lf: none, hf: none, frequencyReason: reason, hfnu: none, lfhf: none, ratioReason: reason }
  }
  const spectrum = welch(linearDetrend(resample(beats)), SAMPLE_RATE)
  const lf = bandPower(spectrum, LOW_FREQUENCY)
  const hf = bandPower(spectrum, HIGH_FREQUENCY)
  const still = hf <= TOLERANCE
  return {
    lf,
    hf,
    frequencyReason: null,
    hfnu: still ? Number.NaN : hf / (lf + hf),
    lfhf: still ? Number.NaN : lf / hf,
    ratioReason: still ? 'no-variation' : null,
  }
}
