import type { HeadacheFamily, Zone } from '@afferent/study'
import type { HeadacheTest } from './headache-test.ts'
import type { Headaches } from './headaches.ts'
import { fits, HOUR_MS, midnightOf } from './midnights.ts'
import { type SubjectDays, TOUCH } from './subject-days.ts'

/**
 * Headaches onto the dates they touch: hours of the union (split at midnight, elapsed time), the highest peak, symptoms,
 * and what each headache proves about the date.
 *
 * `hd.durationBasis`   episode: the whole headache is tested on every date it touches; day: its part on that date.
 * `md.featureScope`    episode: symptoms of that headache; day: all symptoms reported for the date.
 * A headache the patient did not call migraine in a diary whose episodes do not ask takes the form's answer.
 */
export function spreadHeadaches(
  days: SubjectDays,
  headaches: Headaches,
  family: HeadacheFamily,
  test: HeadacheTest,
  homeZone: Zone | null,
  zero: number,
  episodesAskPatient: boolean,
): void {
  for (let k = 0; k < headaches.count; k++) {
    const last = Math.min(headaches.lastDate[k] as number, days.length - 1)
    for (let i = Math.max(0, headaches.firstDate[k] as number); i <= last; i++) {
      days.touch[i] = Math.max(
        days.touch[i] as number,
        i <= (headaches.lastRecordedDate[k] as number) ? TOUCH.recorded : TOUCH.imputed,
      )
      days.hours[i] = (days.hours[i] as number) + hoursOn(headaches, k, i, homeZone, zero + days.start)
      days.peak[i] = Math.max(days.peak[i] as number, headaches.peak[k] as number)
      days.features[i] = (days.features[i] as number) | (headaches.features[k] as number)
    }
  }
  const ofDay = family.featureScope === 'day'
  const byEpisode = family.durationBasis === 'episode'
  for (let k = 0; k < headaches.count; k++) {
    const whole = ((headaches.end[k] as number) - (headaches.start[k] as number)) / HOUR_MS
    const last = Math.min(headaches.lastDate[k] as number, days.length - 1)
    for (let i = Math.max(0, headaches.firstDate[k] as number); i <= last; i++) {
      const hours = byEpisode ? whole : hoursOn(headaches, k, i, homeZone, zero + days.start)
      const features = ofDay ? featuresOfDay(days, i) : (headaches.features[k] as number)
      const patient = headaches.patient[k] === 1 || (!episodesAskPatient && days.formPatient[i] === 1)
      const proves = test(hours, headaches.peak[k] as number, features, patient, headaches.aura[k] === 1)
      days.proves[i] = (days.proves[i] as number) | proves
      headaches.proves[k] = (headaches.proves[k] as number) | proves
    }
  }
}

/** All symptoms reported for a date, by its form, its headaches and episodes without pain. */
export const featuresOfDay = (days: SubjectDays, i: number): number =>
  (days.features[i] as number) | (days.notedFeatures[i] as number)

/** Elapsed hours of a headache on the date at position `i`. */
function hoursOn(headaches: Headaches, k: number, i: number, homeZone: Zone | null, shift: number): number {
  const start = headaches.start[k] as number
  const end = headaches.end[k] as number
  const offset = headaches.startOffset[k] as number
  const inZone = fits(homeZone, start, offset) && fits(homeZone, end, headaches.endOffset[k] as number)
  const zone = inZone ? homeZone : null
  const from = i === headaches.firstDate[k] ? start : midnightOf(i + shift, zone, offset)
  const to = i === headaches.lastDate[k] ? end : midnightOf(i + 1 + shift, zone, offset)
  return Math.max(0, Math.min(to, end) - from) / HOUR_MS
}
