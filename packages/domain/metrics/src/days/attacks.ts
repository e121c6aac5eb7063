import type { HeadacheFamily } from '@afferent/study'
import { DAY_BIT } from './day-bits.ts'
import type { HeadachePreset } from './headache-presets.ts'
import { PROVES } from './headache-test.ts'
import type { Headaches } from './headaches.ts'
import { MIGRAINE_SPECIFIC } from './medication.ts'
import { HOUR_MS } from './midnights.ts'
import { MARK } from './record-marks.ts'
import type { SubjectDays } from './subject-days.ts'

const OBSERVED = 1 << DAY_BIT.observed
const HEADACHE = 1 << DAY_BIT.headache
const MIGRAINE_DAY = 1 << DAY_BIT.migraineDay

/**
 * Migraine attacks by pain-free gaps (R-ATT `gapHours`, for diaries with times).
 *
 * An attack is a maximal chain of migraine headaches, each meeting the migraine test by itself with the intakes of its
 * dates, in which the longest stretch without any headache between two of them is shorter than `attack.gapHours` (24).
 * With `attack.relapseHours` > 0 any headache, a migraine or not, that starts less than that many hours after the pain-free
 * end of a treated one of the attack belongs to the same attack. Counted at onset, on observed dates; hours run from the first start to the last end.
 *
 * Source  van der Arend 2023 [C2 p. 105]; relapse: ICHD-3 definition of terms [C6].
 */
export function countAttacksByGap(days: SubjectDays, headaches: Headaches, family: HeadacheFamily): void {
  const gapMs = family.gapHours * HOUR_MS
  const relapseMs = family.relapseHours * HOUR_MS
  let onset = -1
  let first = 0
  let lastPart = -1
  let freeMs = 0
  let painUntil = 0
  let relapseBefore = -Infinity
  for (let k = 0; k < headaches.count; k++) {
    const start = headaches.start[k] as number
    if (lastPart >= 0) freeMs = Math.max(freeMs, start - painUntil)
    painUntil = Math.max(painUntil, headaches.end[k] as number)
    const isRelapse = start < relapseBefore
    if (headaches.migraine[k] === 0 && !isRelapse) continue
    if (lastPart < 0 || (freeMs >= gapMs && !isRelapse)) {
      if (lastPart >= 0) addAttack(days, onset, (headaches.end[lastPart] as number) - first)
      onset = headaches.firstDate[k] as number
      first = start
      relapseBefore = -Infinity
    }
    lastPart = k
    if (headaches.relieved[k] === 1) relapseBefore = Math.max(relapseBefore, (headaches.end[k] as number) + relapseMs)
    freeMs = 0
  }
  if (lastPart >= 0) addAttack(days, onset, (headaches.end[lastPart] as number) - first)
}

function addAttack(days: SubjectDays, onset: number, durationMs: number): void {
  if (onset < 0 || onset >= days.length || ((days.words[onset] as number) & OBSERVED) === 0) return
  days.attacks[onset] = (days.attacks[onset] as number) + 1
  days.attackHours[onset] = (days.attackHours[onset] as number) + durationMs / HOUR_MS
}

/**
 * Migraine attacks by headache-free dates (R-ATT `freeDay`, for diaries of dates).
 *
 * A new attack needs at least one entire observed headache-free date before it [C6]. A missing date is not a free date:
 * headache dates separated by at most `attack.maxMissing` (1) missing dates are one run, by more they are two. Onset is
 * the first migraine date of the run; a run without one is no attack [P]. The date behind the gap is marked GAPFL.
 */
export function countAttacksByFreeDay(days: SubjectDays, from: number, maxMissing: number): void {
  let inRun = false
  let hasOnset = false
  let missing = 0
  for (let i = from; i < days.length; i++) {
    const word = days.words[i] as number
    const headache = (word & (HEADACHE | MIGRAINE_DAY)) !== 0
    if (!headache) {
      if (word & OBSERVED) inRun = false
      else missing++
      continue
    }
    if (!inRun || missing > maxMissing) {
      inRun = true
      hasOnset = false
    } else if (missing > 0) days.marks[i] = (days.marks[i] as number) | MARK.GAPFL
    missing = 0
    if (hasOnset || (word & MIGRAINE_DAY) === 0) continue
    hasOnset = true
    days.attacks[i] = 1
  }
}

/** Marks the headaches that are migraines by themselves, with the intakes (and the aura) of their dates. */
export function judgeHeadaches(days: SubjectDays, headaches: Headaches, preset: HeadachePreset): void {
  for (let k = 0; k < headaches.count; k++) {
    let migraine = ((headaches.proves[k] as number) & PROVES.migraine) !== 0
    let treated = false
    const last = Math.min(headaches.lastDate[k] as number, days.length - 1)
    for (let i = Math.max(0, headaches.firstDate[k] as number); i <= last; i++) {
      const taken = days.treated[i] as number
      if (taken !== 0) treated = true
      if (taken & MIGRAINE_SPECIFIC) migraine ||= countsAsMigraine(preset, days.effective[i] === 1)
      if (preset.migraineAura && days.aura[i] === 1) migraine = true
    }
    headaches.migraine[k] = migraine ? 1 : 0
    headaches.relieved[k] = treated && headaches.endsFree[k] === 1 ? 1 : 0
  }
}

const countsAsMigraine = (preset: HeadachePreset, effective: boolean): boolean =>
  preset.migraineMsm === 'always' || (preset.migraineMsm === 'effective' && effective)
