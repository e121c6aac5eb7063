import type { AutonomicFamily } from '../study.ts'

/** Measures of heart rate variability (endpoints.md section 8), of the resting record without stimulation. */
export const HRV_CODES = ['SDNN', 'RMSSD', 'LNRMSSD', 'PNN50', 'HFPOW', 'LFPOW', 'HFNU', 'LFHF'] as const
export type HrvCode = (typeof HRV_CODES)[number]

/** PARAMCD of a measure: records during stimulation are parameters of their own, as they are never compared with others [P]. */
export const hrvParameter = (code: HrvCode, stimulation: AutonomicFamily['stimulation'][number]): string =>
  stimulation === 'off' ? code : `${code}S`
