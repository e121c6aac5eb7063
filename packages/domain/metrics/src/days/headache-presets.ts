import type { HeadacheFamily } from '@afferent/study'

/**
 * When a date with headache is a headache day, and when it is a migraine day (endpoints.md section 3).
 *
 * `dayHours`, `dayPeak`   a headache day needs one headache of at least these hours and this peak (0-3) ...
 * `dayTreated`            ... or any headache, treated that date with: any acute medication, a migraine-specific one (MSM)
 * `migraineHours`         M1, the least duration of a migraine; null: the patient's own yes or no
 * `migraineMsm`           a migraine-specific medication makes a headache a migraine day: if it took effect, or always
 * `migraineAura`          an aura of 5 to 60 minutes makes a migraine day (and so a headache day), even without headache
 *
 * Sources: ihs-4h Tassorelli 2018; leiden-30m van der Arend 2023 and thesis p. 105 [C2]; cm-mod4h NCT02621931 [C1].
 */
export interface HeadachePreset {
  readonly dayHours: number
  readonly dayPeak: 0 | 2
  readonly dayTreated: 'acute' | 'msm' | 'none'
  readonly migraineHours: number | null
  readonly migraineMsm: 'effective' | 'always' | 'none'
  readonly migraineAura: boolean
}

export const HEADACHE_PRESETS: Readonly<Record<HeadacheFamily['preset'], HeadachePreset>> = {
  any: {
    dayHours: 0,
    dayPeak: 0,
    dayTreated: 'none',
    migraineHours: null,
    migraineMsm: 'none',
    migraineAura: false,
  },
  'ihs-4h': {
    dayHours: 4,
    dayPeak: 0,
    dayTreated: 'acute',
    migraineHours: 4,
    migraineMsm: 'effective',
    migraineAura: false,
  },
  'leiden-30m': {
    dayHours: 1,
    dayPeak: 0,
    dayTreated: 'acute',
    migraineHours: 0.5,
    migraineMsm: 'always',
    migraineAura: true,
  },
  'cm-mod4h': {
    dayHours: 4,
    dayPeak: 2,
    dayTreated: 'msm',
    migraineHours: 4,
    migraineMsm: 'always',
    migraineAura: false,
  },
}

/** The preset with `md.source = patient` applied: criteria, medication and aura then do not make a migraine day. */
export function headachePresetOf(family: HeadacheFamily): HeadachePreset {
  const preset = HEADACHE_PRESETS[family.preset]
  if (family.migraineSource === 'criteria') return preset
  return { ...preset, migraineHours: null, migraineMsm: 'none', migraineAura: false }
}
