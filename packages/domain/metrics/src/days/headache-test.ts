import { FEATURES } from '@afferent/records'
import type { HeadacheFamily } from '@afferent/study'
import { headachePresetOf } from './headache-presets.ts'

/** What one headache proves about a date it touches. Bits. */
export const PROVES = {
  /** The headache day test of the preset, by duration and peak. */
  headacheDay: 1,
  /** The migraine test of the preset, by the headache itself. */
  migraine: 2,
  /** MSHD: peak at least moderate and at least 4 h [C1]. */
  moderateSevere: 4,
} as const

/** Least duration of a moderate or severe headache day [C1]. */
export const MSHD_HOURS = 4
const MODERATE = 2
/** R-NUM: hours are compared with this tolerance. */
export const TOLERANCE = 1e-9

const NAUSEA = FEATURES.nausea | FEATURES.vomiting
const LIGHT_AND_SOUND = FEATURES.photophobia | FEATURES.phonophobia

/**
 * M2 (ICHD-3 1.1 C): at least two of unilateral, pulsating, peak at least moderate, aggravated by routine activity.
 * An unknown feature is not present.
 */
export const meetsM2 = (features: number, peak: number): boolean => metOfM2(features) + (peak >= MODERATE ? 1 : 0) >= 2

/** How many of M2's three symptoms are there. */
export function metOfM2(features: number): number {
  let met = 0
  if (features & FEATURES.unilateral) met++
  if (features & FEATURES.pulsating) met++
  if (features & FEATURES.aggravated) met++
  return met
}

/** M3 (ICHD-3 1.1 D): nausea or vomiting, or photophobia and phonophobia. */
export function meetsM3(features: number): boolean {
  return (features & NAUSEA) !== 0 || (features & LIGHT_AND_SOUND) === LIGHT_AND_SOUND
}

export type HeadacheTest = (hours: number, peak: number, features: number, patient: boolean, aura: boolean) => number

/**
 * The test of one headache under a study's preset.
 *
 * Input   hours: its qualifying duration, -1 if unknown; peak 0-3, -1 if unknown; features: bits present;
 *         patient: whether the patient calls it migraine; aura: one of 5 to 60 minutes.
 * Output  bits of PROVES. What is unknown proves nothing.
 * M1-M3 must be met by the same headache; with `md.probable` one of the three may be missing. Where aura makes a migraine
 * (leiden-30m), a headache with it is one on every date it touches.
 */
export function makeHeadacheTest(family: HeadacheFamily): HeadacheTest {
  const preset = headachePresetOf(family)
  const needed = family.probable ? 2 : 3
  const { dayHours, dayPeak, migraineHours } = preset

  function isMigraine(hours: number, peak: number, features: number): boolean {
    const m1 = hours + TOLERANCE >= (migraineHours as number) ? 1 : 0
    const m2 = meetsM2(features, peak) ? 1 : 0
    const m3 = meetsM3(features) ? 1 : 0
    return m1 + m2 + m3 >= needed
  }

  return (hours, peak, features, patient, aura) => {
    let proves = 0
    const severeEnough = dayPeak === 0 || peak >= dayPeak
    if (dayHours === 0 || (severeEnough && hours + TOLERANCE >= dayHours)) proves |= PROVES.headacheDay
    if (migraineHours === null ? patient : isMigraine(hours, peak, features)) proves |= PROVES.migraine
    if (preset.migraineAura && aura) proves |= PROVES.migraine
    if (peak >= MODERATE && hours + TOLERANCE >= MSHD_HOURS) proves |= PROVES.moderateSevere
    return proves
  }
}
