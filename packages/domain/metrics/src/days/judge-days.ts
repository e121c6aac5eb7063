import type { AnalyticStudy } from '@afferent/study'
import type { Inputs } from '../catalogue/inputs.ts'
import { mask } from './day-bits.ts'
import { FormDays } from './form-days.ts'
import { type HeadachePreset, headachePresetOf } from './headache-presets.ts'
import { type HeadacheTest, makeHeadacheTest, PROVES } from './headache-test.ts'
import { MEDICATION_DAY, MIGRAINE_SPECIFIC } from './medication.ts'
import { featuresOfDay } from './spread-headaches.ts'
import { FORM, type SubjectDays, TOUCH } from './subject-days.ts'

const OBSERVED = mask('observed')
const HEADACHE = mask('headache')
const HEADACHE_DAY = mask('headacheDay')
const MIGRAINE_DAY = mask('migraineDay')
const MODERATE_SEVERE_DAY = mask('moderateSevereDay')
const SEVERE_DAY = mask('severeDay')
const NON_MIGRAINE_DAY = mask('nonMigraineDay')
const HEADACHE_FREE = mask('headacheFree')
const CRYSTAL_CLEAR = mask('crystalClear')
const MEDICATION_OBSERVED = mask('medicationObserved')
const ENTRY = mask('entry')
const PEAK_KNOWN = mask('peakKnown')
const PEAK_LOW = mask('peakLow')
const PEAK_HIGH = mask('peakHigh')
const SEVERE = 3

/**
 * What each date is, once forms, medication and episodes of the subject are on `days`: writes `days.words`.
 *
 * observed        the form answers the headache question, an on-time episode touches the date other than by an imputed
 *                 end (`diary.episodeObserves`), or the log is declared complete there (`logFrom` to `logTo`)
 * headache        an episode touches the date; without one, the form says so (R-FORM)
 * headache day    the preset's test by one headache of the date, or its treatment rule; every migraine day is one
 * migraine day    the preset's test by one headache, its medication rule on a date with headache, or aura alone
 * MSHD            peak >= 2 and >= 4 h in one headache, or any headache treated with MSM
 * severe day      peak 3, any duration
 * headache-free   observed, no headache of any kind and no migraine day by aura alone
 * crystal-clear   headache-free, no symptom of any kind, no aura, no acute medication
 * Only days up to `last` (last study day, data cut) can be observed.
 */
export function makeDayJudge(study: AnalyticStudy, inputs: Inputs): DayJudge {
  const family = study.headache
  if (family === null) return () => {}
  const preset = headachePresetOf(family)
  const test = makeHeadacheTest(family)
  const { episodeObserves } = study.diary
  const ofDay = family.featureScope === 'day'
  const medicationApart = !inputs.medicationOnForms

  /** The date at position `i`, whatever records speak about it. */
  function judge(days: SubjectDays, i: number, last: number, logFrom: number, logTo: number): void {
    const said = days.form[i] as number
    const reached = days.touch[i] as number
    const byForm = reached === TOUCH.none && said === FORM.yes
    if (byForm) judgeForm(days, i, test, ofDay ? featuresOfDay(days, i) : (days.features[i] as number))
    const headache = byForm || reached !== TOUCH.none
    const observed =
      i <= last &&
      (said >= FORM.no ||
        ((reached === TOUCH.recorded || days.noted[i] === 1) && episodeObserves) ||
        (i >= logFrom && i <= logTo))
    let word = headache ? HEADACHE : 0
    if (observed) word |= OBSERVED | ENTRY | judgeDay(days, i, preset, headache)
    else days.hours[i] = 0
    if (i <= last && (days.medicationAnswered[i] === 1 || (observed && medicationApart))) {
      word |= MEDICATION_OBSERVED | ENTRY | (MEDICATION_DAY[days.treated[i] as number] as number)
    }
    days.words[i] = word
  }

  /** The same of a date that only a form speaks about, without its medication days. */
  function judgeByForm(days: SubjectDays, i: number): number {
    if ((days.form[i] as number) < FORM.no) return 0
    const headache = days.form[i] === FORM.yes
    if (headache) judgeForm(days, i, test, days.features[i] as number)
    return OBSERVED | ENTRY | (headache ? HEADACHE : 0) | judgeDay(days, i, preset, headache)
  }

  let forms: FormDays | null = null

  return (days, from, last, logFrom, logTo) => {
    const { touch, noted } = days
    const end = days.length
    forms ??= new FormDays(preset, judgeByForm)
    // A log declared complete says something about dates without any record.
    const formsEnd = logTo >= logFrom ? from : Math.min(end, last + 1)
    let i = from
    while (i < formsEnd) {
      const first = i
      while (i < formsEnd && touch[i] === TOUCH.none && noted[i] === 0) i++
      forms.read(days, first, i)
      addMedication(days, first, i, medicationApart)
      if (i < formsEnd) judge(days, i++, last, logFrom, logTo)
    }
    for (; i < end; i++) judge(days, i, last, logFrom, logTo)
  }
}

/** Medication days of dates that only a form speaks about; `apart`: observed dates answer it, intakes are logged apart. */
function addMedication(days: SubjectDays, from: number, to: number, apart: boolean): void {
  const { medicationAnswered, treated, words } = days
  const byDate = Number(apart)
  for (let i = from; i < to; i++) {
    const word = words[i] as number
    const answered = (medicationAnswered[i] as number) | (byDate & Number(word !== 0))
    const medication = MEDICATION_OBSERVED | ENTRY | (MEDICATION_DAY[treated[i] as number] as number)
    words[i] = word | (-answered & medication)
  }
}

/** Positions: first to judge, last that can be observed, first and last of a log declared complete. */
export type DayJudge = (days: SubjectDays, from: number, last: number, logFrom: number, logTo: number) => void

/** A form with headache is an episode of its date, lasting `hours` (R-FORM). */
function judgeForm(days: SubjectDays, i: number, test: HeadacheTest, features: number): void {
  const hours = days.formHours[i] as number
  const peak = days.formPeak[i] as number
  days.proves[i] = test(hours, peak, features, days.formPatient[i] === 1, days.aura[i] === 1)
  days.peak[i] = peak
  if (hours > 0) days.hours[i] = hours
}

/** Event bits of an observed date. */
function judgeDay(days: SubjectDays, i: number, preset: HeadachePreset, headache: boolean): number {
  const byAura = preset.migraineAura && days.aura[i] === 1
  if (!headache && !byAura) return isCrystalClear(days, i) ? HEADACHE_FREE | CRYSTAL_CLEAR : HEADACHE_FREE
  const proves = days.proves[i] as number
  const treated = headache ? (days.treated[i] as number) : 0
  const withMsm = (treated & MIGRAINE_SPECIFIC) !== 0
  const migraine =
    byAura ||
    (proves & PROVES.migraine) !== 0 ||
    (withMsm && (preset.migraineMsm === 'always' || (preset.migraineMsm === 'effective' && days.effective[i] === 1)))
  const headacheDay =
    migraine ||
    (proves & PROVES.headacheDay) !== 0 ||
    (preset.dayTreated === 'acute' && treated !== 0) ||
    (preset.dayTreated === 'msm' && withMsm)
  let word = 0
  if (migraine) word |= MIGRAINE_DAY
  if (headacheDay) word |= HEADACHE_DAY | peakBits(days.peak[i] as number)
  if (headacheDay && !migraine) word |= NON_MIGRAINE_DAY
  if ((proves & PROVES.moderateSevere) !== 0 || withMsm) word |= MODERATE_SEVERE_DAY
  if (days.peak[i] === SEVERE) word |= SEVERE_DAY
  return word
}

const isCrystalClear = (days: SubjectDays, i: number): boolean =>
  featuresOfDay(days, i) === 0 && days.aura[i] === 0 && days.acute[i] === 0

function peakBits(peak: number): number {
  if (peak < 0) return 0
  return PEAK_KNOWN | ((peak & 1) === 1 ? PEAK_LOW : 0) | ((peak & 2) === 2 ? PEAK_HIGH : 0)
}
