import type { Areason } from '@afferent/records'
import type { HrvCode } from '@afferent/study'
import type { Hrv, HrvReason } from '../../autonomic/heart-rate-variability.ts'

const REASONS: Readonly<Record<HrvReason, Areason>> = {
  'too-many-artefacts': 'NOT_EVALUABLE',
  'too-short': 'INSUFFICIENT_DAYS',
  'gap-too-long': 'NOT_EVALUABLE',
  'no-variation': 'NOT_EVALUABLE',
}

/** Why a measure has no value, in words. */
export const HRV_WHY: Readonly<Record<HrvReason, string>> = {
  'too-many-artefacts': 'more than 20 % of its intervals are artefacts',
  'too-short': 'too little of it is clean',
  'gap-too-long': 'it has 64 s without an accepted interval',
  'no-variation': 'it does not vary',
}

interface Measured {
  readonly value: number
  readonly why: HrvReason | null
}

/** One measure of a record. */
export function measureOf(hrv: Hrv, code: HrvCode): Measured {
  switch (code) {
    case 'SDNN':
      return { value: hrv.sdnn, why: hrv.timeReason }
    case 'RMSSD':
      return { value: hrv.rmssd, why: hrv.timeReason }
    case 'LNRMSSD':
      return { value: hrv.lnRmssd, why: hrv.logReason }
    case 'PNN50':
      return { value: hrv.pnn50, why: hrv.timeReason }
    case 'HFPOW':
      return { value: hrv.hf, why: hrv.frequencyReason }
    case 'LFPOW':
      return { value: hrv.lf, why: hrv.frequencyReason }
    case 'HFNU':
      return { value: hrv.hfnu, why: hrv.ratioReason }
    case 'LFHF':
      return { value: hrv.lfhf, why: hrv.ratioReason }
  }
}

export const toAreason = (why: HrvReason): Areason => REASONS[why]
