import { PAIN_KINDS } from '../windows/quantities.ts'

/** What a daily form says about headache on its date. */
export const FORM = { none: 0, unanswered: 1, no: 2, yes: 3 } as const

/** How an episode reaches a date: not at all, only by an imputed end (R-END), or by what the patient recorded. */
export const TOUCH = { none: 0, imputed: 1, recorded: 2 } as const

/**
 * Everything one subject's records say about each diary date, in arrays indexed by `day - start`, used again for the
 * next subject. `start` is a distance from the first treatment day. No object per day.
 *
 * Filled in this order: forms and intakes, episodes (which decide over forms, R-FORM), then `words` by judgeDays.
 */
export class SubjectDays {
  /** Distance from the first treatment day of position 0. */
  readonly start: number
  readonly length: number
  /** Day bits (DAY_BIT): what windows count. */
  readonly words: Int32Array
  readonly form: Uint8Array
  /** Of the form; -1: not given. */
  readonly formHours: Float64Array
  readonly formPeak: Int8Array
  readonly formPatient: Uint8Array
  /** Symptoms present, of form and headaches together. */
  readonly features: Uint16Array
  /** An aura of 5 to 60 minutes. */
  readonly aura: Uint8Array
  readonly touch: Uint8Array
  /** An episode of severity 0 (no pain) touches the date. */
  readonly noted: Uint8Array
  /** Symptoms of those episodes: of the date, but of no headache (`md.featureScope` episode). */
  readonly notedFeatures: Uint16Array
  /** PROVES bits of the headaches of the date. */
  readonly proves: Uint8Array
  /** Highest peak of the date; -1: not given. */
  readonly peak: Int8Array
  /** Hours with headache. */
  readonly hours: Float64Array
  /** Classes taken for headache; all classes taken. */
  readonly treated: Uint16Array
  readonly acute: Uint16Array
  readonly medicationAnswered: Uint8Array
  /** A migraine-specific medication took effect. */
  readonly effective: Uint8Array
  /** MARK bits: what the records of the date went through. */
  readonly marks: Uint16Array
  readonly attacks: Uint8Array
  readonly attackHours: Float64Array
  /** Daily rating per kind (order of PAIN_KINDS); NaN: not rated. */
  readonly pain: readonly Float64Array[]
  readonly ratings: readonly Uint8Array[]
  private readonly has: { readonly episodes: boolean; readonly pain: boolean }
  /** Nothing was written before this position. */
  private first = 0

  /** `has` says which records there are beside headache on forms: the places of others are never written to. */
  constructor(start: number, length: number, has = { episodes: true, pain: true }) {
    this.has = has
    this.start = start
    this.length = length
    this.words = new Int32Array(length)
    this.form = new Uint8Array(length)
    this.formHours = new Float64Array(length)
    this.formPeak = new Int8Array(length)
    this.formPatient = new Uint8Array(length)
    this.features = new Uint16Array(length)
    this.aura = new Uint8Array(length)
    this.touch = new Uint8Array(length)
    this.noted = new Uint8Array(length)
    this.notedFeatures = new Uint16Array(length)
    this.proves = new Uint8Array(length)
    this.peak = new Int8Array(length)
    this.hours = new Float64Array(length)
    this.treated = new Uint16Array(length)
    this.acute = new Uint16Array(length)
    this.medicationAnswered = new Uint8Array(length)
    this.effective = new Uint8Array(length)
    this.marks = new Uint16Array(length)
    this.attacks = new Uint8Array(length)
    this.attackHours = new Float64Array(length)
    this.pain = PAIN_KINDS.map(() => new Float64Array(length).fill(Number.NaN))
    this.ratings = PAIN_KINDS.map(() => new Uint8Array(length))
  }

  /** Forgets the subject before, and makes room for one whose records begin at position `from`. */
  clear(from: number): void {
    const dirty = this.first
    this.first = from
    this.words.fill(0, dirty)
    this.form.fill(0, dirty)
    this.formHours.fill(-1, dirty)
    this.formPeak.fill(-1, dirty)
    this.formPatient.fill(0, dirty)
    this.features.fill(0, dirty)
    this.aura.fill(0, dirty)
    this.proves.fill(0, dirty)
    this.peak.fill(-1, dirty)
    this.hours.fill(0, dirty)
    this.treated.fill(0, dirty)
    this.acute.fill(0, dirty)
    this.medicationAnswered.fill(0, dirty)
    this.effective.fill(0, dirty)
    this.marks.fill(0, dirty)
    this.attacks.fill(0, dirty)
    if (this.has.episodes) {
      this.touch.fill(0, dirty)
      this.noted.fill(0, dirty)
      this.notedFeatures.fill(0, dirty)
      this.attackHours.fill(0, dirty)
    }
    if (!this.has.pain) return
    for (const values of this.pain) values.fill(Number.NaN, dirty)
    for (const counts of this.ratings) counts.fill(0, dirty)
  }
}
