import type { HeadachePreset } from './headache-presets.ts'
import { MSHD_HOURS, meetsM3, metOfM2, TOLERANCE } from './headache-test.ts'
import { MIGRAINE_SPECIFIC } from './medication.ts'
import { FORM, type SubjectDays } from './subject-days.ts'

const FEATURE_SETS = 1 << 16

/**
 * Dates that only a form speaks about, judged once per combination of what matters: millions of dates are of a few hundred
 * kinds. The kind of a date is a number made of
 *
 * 2 bits  what the form says            3 bits  peak, from 1 on; 0: not given
 * 4 bits  how many of M2's symptoms, whether M3 is met, whether there is any symptom
 * 3 bits  hours reach those of a headache day, of a migraine, of a moderate or severe day
 * 2 bits  treated: not, by any medication, by a migraine-specific one, by one that took effect
 * 3 bits  the patient calls it migraine, aura, any acute medication
 */
export class FormDays {
  /** Words by kind, with JUDGED set; 0: not judged yet. */
  private readonly byKind = new Int32Array(1 << KIND_BITS)
  private readonly judge: (days: SubjectDays, i: number) => number
  private readonly dayHours: number
  private readonly migraineHours: number

  /** `judge` gives the word of a date from what makes its kind, and from nothing else. */
  constructor({ dayHours, migraineHours }: HeadachePreset, judge: (days: SubjectDays, i: number) => number) {
    this.judge = judge
    this.dayHours = dayHours
    this.migraineHours = migraineHours ?? 0
  }

  /**
   * Day bits of the dates from position `from` to `to` (not included), without those of medication, into `days.words`; also
   * their hours with headache.
   */
  read(days: SubjectDays, from: number, to: number): void {
    this.readKinds(days, from, to)
    const { words } = days
    const { byKind } = this
    for (let i = from; i < to; i++) {
      const kind = words[i] as number
      const word = byKind[kind] as number
      words[i] = (word !== 0 ? word : this.judgeKind(days, i, kind)) & ~JUDGED
    }
  }

  /** Kinds into `days.words`. */
  private readKinds(days: SubjectDays, from: number, to: number): void {
    const { words, form, formHours, formPeak, formPatient, features, aura, treated, acute, effective, hours } = days
    const { dayHours, migraineHours } = this
    for (let i = from; i < to; i++) {
      const said = form[i] as number
      const lasted = formHours[i] as number
      const taken = treated[i] as number
      const isMsm = Number((taken & MIGRAINE_SPECIFIC) !== 0)
      words[i] =
        said |
        (((formPeak[i] as number) + 1) << 2) |
        ((SYMPTOMS[features[i] as number] as number) << 5) |
        (Number(lasted + TOLERANCE >= dayHours) << 9) |
        (Number(lasted + TOLERANCE >= migraineHours) << 10) |
        (Number(lasted + TOLERANCE >= MSHD_HOURS) << 11) |
        ((Number(taken !== 0) + isMsm + (isMsm & (effective[i] as number))) << 12) |
        ((formPatient[i] as number) << 14) |
        ((aura[i] as number) << 15) |
        (Number(acute[i] !== 0) << 16)
      if (lasted > 0 && said === FORM.yes) hours[i] = lasted
    }
  }

  private judgeKind(days: SubjectDays, i: number, kind: number): number {
    const word = this.judge(days, i) | JUDGED
    this.byKind[kind] = word
    return word
  }
}

const KIND_BITS = 17
/** Above all day bits. */
const JUDGED = 1 << 30

/** By set of symptoms: how many of M2's, whether M3 is met, whether there is any. */
const SYMPTOMS = new Uint8Array(FEATURE_SETS)
for (let features = 1; features < FEATURE_SETS; features++) {
  SYMPTOMS[features] = metOfM2(features) | (Number(meetsM3(features)) << 2) | (1 << 3)
}
