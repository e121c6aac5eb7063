import type { AnalyticStudy } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import { explainSubject } from './explain/explain.ts'
import {
  type AttackRow,
  type Cell,
  daysOf,
  type EpisodeRow,
  FACTS,
  FULL_ATTACKS,
  FULL_EPISODES,
  FULL_FOLLOW_UPS,
  FULL_INTAKES,
  instant,
  type Patient,
  rowsOf,
  type StudyOptions,
  settledOf,
  sourceOf,
  studyOf,
} from './records.fixture.ts'

const march = instant('2026-03-01T00:00') / 86_400_000
/** A log of the days with an entry: forms that answer nothing themselves. */
const LOG = sourceOf('daily', ['date'])
const PLAIN_EPISODES = sourceOf('episodes', ['start', 'end', 'severity'])

type Preset = NonNullable<AnalyticStudy['cluster']>['preset']
const clusterStudy = (preset: Preset, options: StudyOptions = {}) =>
  studyOf({
    headache: null,
    cluster: { preset },
    condition: 'cluster',
    sources: [LOG, PLAIN_EPISODES, FULL_ATTACKS, FULL_FOLLOW_UPS, FULL_INTAKES],
    ...options,
  })

/** ISO text of a clock on a study day. */
function at(day: number, clock: string): string {
  const date = new Date((march + (day > 0 ? day - 1 : day)) * 86_400_000).toISOString().slice(0, 10)
  return `${date}T${clock}`
}

/** `n` attacks of half an hour on a study day. */
const attacksOn = (day: number, n: number): EpisodeRow[] =>
  Array.from({ length: n }, (_, k) => ({ start: at(day, `0${k + 1}:00`), end: at(day, `0${k + 1}:30`), severity: 3 }))

const log = (from: number, to: number, without: readonly number[] = []) =>
  daysOf(from, to, (day) => (without.includes(day) ? null : {}))

function rowsFor(code: string, patient: Omit<Patient, 'id'>, study = clusterStudy('preva'), facts = FACTS) {
  const { effects } = deriveSubjects(settledOf([{ id: 'P1', dayZero: march, ...patient }]), study, facts)
  return rowsOf(effects).filter((row) => row.PARAMCD === code)
}

describe('weekly attacks of cluster headache', () => {
  // Run-in: 2 attacks on each of 14 days. Days 15 to 28 without entries on 27 and 28: 12 attacks on 12 days.
  const preva: Omit<Patient, 'id'> = {
    forms: [...log(-14, -1), ...log(1, 28, [27, 28])],
    episodes: [...log(-14, -1), ...log(15, 26)].flatMap(({ day }) => attacksOn(day, day < 0 ? 2 : 1)),
  }

  it('EX-C1 28 attacks in 14 days are 14.0 a week, 12 in 12 observed days 7.0: a fall of 50 %', () => {
    const [base, end] = rowsFor('CHATT', preva)
    expect(base).toMatchObject({ AVISITN: 0, AVAL: 14, NOBS: 14, NEVT: 28, ABLFL: 'Y', AWLO: -14, AWHI: -1 })
    expect(end).toMatchObject({ AVISITN: 1, AVAL: 7, NOBS: 12, NEVT: 12, CHG: -7, PCHG: -50, AWLO: 15, AWHI: 28 })
    expect([1, 2, 3, 4].map((n) => end?.[`CRIT${n}FL`])).toEqual(['Y', 'Y', 'N', 'N'])
  })

  it('EX-C4 a week with 3 observed days has no value', () => {
    const patient = { forms: [...log(-7, -1), ...log(1, 3), ...log(8, 14)], episodes: attacksOn(2, 2) }
    const rows = rowsFor('CHATT', patient, clusterStudy('weekly'), { ...FACTS, weeks: 2 })
    expect(rows.map(({ AVISITN, AVAL, AREASON, NOBS }) => [AVISITN, AVAL, AREASON, NOBS])).toEqual([
      [0, 0, null, 7],
      [1, null, 'INSUFFICIENT_DAYS', 3],
      [2, 0, null, 7],
    ])
  })

  it('a window of 14 days needs 8 observed days', () => {
    const rows = (observed: number) => rowsFor('CHATT', { forms: [...log(-14, -1), ...log(15, 14 + observed)] })
    expect(rows(8)[1]).toMatchObject({ AVAL: 0, NOBS: 8 })
    expect(rows(7)[1]).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS' })
  })

  it('a baseline of 10 days needs 6 of them: 4 of 7, rounded up', () => {
    const weeks = { baseline: { visit: 0, label: 'Baseline', from: -10, to: -1 } }
    const base = (observed: number) =>
      rowsFor('CHATT', { forms: log(-observed, -1) }, clusterStudy('gal-ech', { weeks }))[0]
    expect(base(6)).toMatchObject({ AVAL: 0, NOBS: 6, AWLO: -10 })
    expect(base(5)).toMatchObject({ AVAL: null, AREASON: 'NO_BASELINE' })
  })

  it('gal-ech: the mean of the valid weeks of weeks 1 to 3, at least two; response at week 3', () => {
    // Baseline 14/wk; weeks 1 and 3: 7 attacks in 7 days, 3 in 6 (3.5/wk); week 2 has 3 observed days.
    const forms = [...log(-7, -1), ...log(1, 7), ...log(8, 10), ...log(15, 20)]
    const episodes = [
      ...log(-7, -1).flatMap(({ day }) => attacksOn(day, 2)),
      ...log(1, 7).flatMap(({ day }) => attacksOn(day, 1)),
      ...log(15, 17).flatMap(({ day }) => attacksOn(day, 1)),
    ]
    const study = clusterStudy('gal-ech')
    const rows = rowsFor('CHATT', { forms, episodes }, study, { ...FACTS, weeks: 0 })
    expect(rows.map(({ AVISITN, AVAL }) => [AVISITN, AVAL])).toEqual([
      [0, 14],
      [1, 7],
      [2, null],
      [3, 3.5],
      [99, 5.25],
    ])
    expect(rows[3]).toMatchObject({ PCHG: -75, CRIT3FL: 'Y', CRIT4FL: 'N', DTYPE: 'PRORATE' })
    expect(rows[1]).toMatchObject({ NOBS: 7, DTYPE: null })
    expect(rows[4]).toMatchObject({ PCHG: -62.5, CRIT2FL: 'Y', CRIT3FL: 'N' })
    const oneWeek = { forms: forms.filter(({ day }) => day < 8), episodes }
    expect(rowsFor('CHATT', oneWeek, study, { ...FACTS, weeks: 0 })[4]).toMatchObject({
      AVISITN: 99,
      AVAL: null,
      AREASON: 'INSUFFICIENT_DAYS',
    })
  })

  it('without forms or a log nothing is known about dates without an attack, unless the log is declared complete', () => {
    const sources = [PLAIN_EPISODES, FULL_ATTACKS]
    const patient = { episodes: [...attacksOn(-14, 2), ...attacksOn(15, 1)] }
    expect(rowsFor('CHATT', patient, clusterStudy('preva', { sources }))[1]).toMatchObject({ AREASON: 'NOT_EVALUABLE' })
    const complete = clusterStudy('preva', { sources, diary: { logComplete: true } })
    const [base, end] = rowsFor('CHATT', patient, complete, { ...FACTS, cut: march + 40 })
    expect(base).toMatchObject({ AVAL: 1, NOBS: 14 })
    expect(end).toMatchObject({ AVAL: 0.5, NOBS: 14 })
    const treated: Omit<Patient, 'id'> = { attacks: [-14, -14, 15].map((day, k) => ({ t0: at(day, `0${k}:00`) })) }
    expect(rowsFor('CHATT', treated, complete, { ...FACTS, cut: march + 40 })[0]).toMatchObject({ AVAL: 1, NOBS: 14 })
  })

  it('attacks on dates that are not observed do not count; a date with an attack is observed by it', () => {
    const patient = { forms: [...log(-14, -1), ...log(15, 22)], episodes: attacksOn(24, 3) }
    expect(rowsFor('CHATT', patient)[1]).toMatchObject({ NOBS: 9, NEVT: 3, AVAL: 21 / 9 })
    const study = clusterStudy('preva', { diary: { episodeObserves: false } })
    expect(rowsFor('CHATT', patient, study)[1]).toMatchObject({ NOBS: 8, NEVT: 0, AVAL: 0 })
    const treated = { forms: patient.forms, attacks: [{ t0: at(24, '10:00'), pain: 3 }] }
    expect(rowsFor('CHATT', treated)[1]).toMatchObject({ NOBS: 9, NEVT: 1 })
  })

  it('overlapping and touching records are one attack, no others are joined, and episodes count with treated attacks', () => {
    const forms = [...log(-14, -1), ...log(15, 28)]
    const nevt = (episodes: EpisodeRow[], attacks: AttackRow[] = []) =>
      rowsFor('CHATT', { forms, episodes, attacks })[1]?.NEVT
    const episode = (from: string, to?: string): EpisodeRow => ({
      start: at(15, from),
      ...(to === undefined ? {} : { end: at(15, to) }),
    })
    expect(nevt([episode('10:00', '11:00'), episode('11:00', '11:30'), episode('11:20', '12:00')])).toBe(1)
    expect(nevt([episode('10:00', '11:00'), episode('11:01', '11:30')])).toBe(2)
    // An imputed end merges nothing.
    expect(nevt([episode('10:00'), episode('10:30', '11:00')])).toBe(2)
    expect(nevt([episode('10:00', '11:00')], [{ t0: at(15, '10:20') }, { t0: at(15, '11:00') }])).toBe(1)
    expect(nevt([episode('10:00', '11:00')], [{ t0: at(15, '09:50') }, { t0: at(15, '11:01') }])).toBe(3)
    expect(nevt([episode('10:00')], [{ t0: at(15, '10:00') }, { t0: at(15, '10:10') }])).toBe(2)
  })

  it('an imputed end lasts at most 180 min, and observes no date', () => {
    const patient = { forms: log(-14, -1), episodes: [{ start: at(15, '23:00') }] }
    expect(rowsFor('CHATT', patient)[1]).toMatchObject({ NOBS: 1, NEVT: 1 })
  })

  it('are not reached, or discontinued, as other windows are', () => {
    const [, end] = rowsFor('CHATT', preva, clusterStudy('preva'), { ...FACTS, cut: march + 28 })
    expect(end).toMatchObject({ AVAL: null, AREASON: 'NOT_REACHED', PROVFL: 'Y' })
    expect(rowsFor('CHATT', { ...preva, lastDay: 14 })[1]).toMatchObject({
      AREASON: 'DISCONTINUED',
      CRIT2FL: 'N',
      DTYPE: 'NRI',
    })
    expect(rowsFor('CHATT', { dayZero: null })[0]).toMatchObject({ AREASON: 'NOT_EVALUABLE' })
  })

  it('tell the attacks they count, those they leave, and the forms that observe', () => {
    const patient = {
      id: 'P1',
      dayZero: march,
      forms: log(15, 22),
      episodes: [...attacksOn(16, 1), ...attacksOn(24, 1)],
    }
    const study = clusterStudy('preva', { diary: { episodeObserves: false } })
    const [found] = explainSubject(settledOf([patient]), study, FACTS, 'P1', 'CHATT', 1)
    expect(found?.records.filter(({ table }) => table === 'episodes')).toEqual([
      { table: 'episodes', row: 0, counted: true, note: 'day 16: attack' },
      { table: 'episodes', row: 1, counted: false, note: 'day 24: attack, but the date is not observed' },
    ])
    expect(found?.records.filter(({ table }) => table === 'diary')).toHaveLength(8)
  })
})

describe('uses and free weeks', () => {
  const forms = [...log(-14, -1), ...log(1, 28)]

  it('uses are counted one by one, not by the day', () => {
    const intakes = [
      { day: 15, class: 'oxygen', taken: at(15, '10:00') },
      { day: 15, class: 'oxygen', taken: at(15, '15:00') },
      { day: 16, class: 'oxygen', forHeadache: false },
      { day: 17, class: 'triptan' },
    ] as const
    // 7 * 2 / 14 and 7 * 1 / 14
    expect(rowsFor('CHO2', { forms, intakes })[1]).toMatchObject({ AVAL: 1, NEVT: 2, NOBS: 14, BASE: 0, CHG: 1 })
    expect(rowsFor('CHTRP', { forms, intakes })[1]).toMatchObject({ AVAL: 0.5, NEVT: 1, CRIT1FL: null })
  })

  it('come from episodes where intakes are not logged', () => {
    const study = clusterStudy('preva', { sources: [LOG, FULL_EPISODES] })
    const episodes = attacksOn(15, 3).map((episode) => ({ ...episode, medication: ['triptan'] as const }))
    expect(rowsFor('CHTRP', { forms, episodes }, study)[1]).toMatchObject({ NEVT: 3 })
    expect(rowsFor('CHO2', { forms, episodes }, study)).toEqual([])
  })

  it('free weeks are valid weeks without an attack', () => {
    // Week 1 has an attack, week 2 three observed days, weeks 3 and 4 are free.
    const some = [...log(1, 7), ...log(8, 10), ...log(15, 28)]
    const rows = rowsFor('CHFREE', { forms: some, episodes: attacksOn(3, 1) })
    expect(rows).toMatchObject([{ AVISITN: 99, AVAL: 2, NOBS: 21, NEVT: 1, AWLO: 1, AWHI: 28 }])
    expect(rowsFor('CHFREE', {})).toMatchObject([{ AVAL: null, AREASON: 'INSUFFICIENT_DAYS' }])
    const open = { ...FACTS, cut: march + 20 }
    expect(rowsFor('CHFREE', { forms: some }, clusterStudy('preva'), open)).toMatchObject([{ AREASON: 'NOT_REACHED' }])
  })
})

describe('treated attacks of cluster headache', () => {
  const OC = { responders: { missing: 'OC' } } as const
  function answersOf(attack: Omit<AttackRow, 't0'>, options: StudyOptions = {}, more: Partial<Patient> = {}) {
    const patient = { id: 'P1', dayZero: march, attacks: [{ t0: at(2, '10:00'), ...attack }], ...more }
    const facts = { ...FACTS, attacks: 1 }
    const { effects } = deriveSubjects(settledOf([patient]), clusterStudy('attacks', options), facts)
    return Object.fromEntries(
      rowsOf(effects).map((row): [Cell | undefined, Cell | undefined] => [row.PARAMCD, row.AVALC ?? row.AREASON]),
    )
  }

  it('EX-C2 pain 3, 1 at 15, 30 and 60 min, no rescue: response, not pain-free, sustained', () => {
    expect(answersOf({ pain: 3, readings: { 15: 1, 30: 1, 60: 1 } })).toEqual({
      CHPR15: 'Y',
      CHPF15: 'N',
      CHSUS60: 'Y',
    })
  })

  it('EX-C3 pain 3, 0 at 15 min, oxygen at 40 min: no response, pain-free at 15 min', () => {
    const oxygen = { intakes: [{ day: 2, class: 'oxygen', taken: at(2, '10:40') }] } as const
    expect(answersOf({ pain: 3, readings: { 15: 0 } }, {}, oxygen)).toMatchObject({ CHPR15: 'N', CHPF15: 'Y' })
    expect(answersOf({ pain: 3, readings: { 15: 0 }, rescues: [40] })).toMatchObject({ CHPR15: 'N', CHPF15: 'Y' })
  })

  it('rescue: through 60 min for the response, before 15 min for freedom', () => {
    const rescue = (minutes: number) => answersOf({ pain: 4, readings: { 15: 0, 60: 0 }, rescues: [minutes] })
    expect(rescue(14)).toMatchObject({ CHPR15: 'N', CHPF15: 'N', CHSUS60: 'N' })
    expect(rescue(15)).toMatchObject({ CHPR15: 'N', CHPF15: 'Y', CHSUS60: 'N' })
    expect(rescue(60)).toMatchObject({ CHPR15: 'N' })
    expect(rescue(61)).toMatchObject({ CHPR15: 'Y', CHSUS60: 'Y' })
  })

  it('the reading at 15 min lies from 10 to 20 min; missing it is N under NRI, null under OC', () => {
    for (const at of [10, 20]) expect(answersOf({ pain: 2, readings: { [at]: 1 } })).toMatchObject({ CHPR15: 'Y' })
    for (const at of [9, 21]) expect(answersOf({ pain: 2, readings: { [at]: 1 } })).toMatchObject({ CHPR15: 'N' })
    expect(answersOf({ pain: 2, readings: { 21: 1 } }, OC)).toEqual({
      CHPR15: 'MISSING_ITEMS',
      CHPF15: 'MISSING_ITEMS',
      CHSUS60: 'MISSING_ITEMS',
    })
    expect(answersOf({ pain: 1, readings: { 15: 0 } })).toMatchObject({ CHPR15: 'NOT_EVALUABLE' })
  })

  it('a response is sustained if no later reading up to 60 min is above 1, and null without one', () => {
    const sustained = (readings: AttackRow['readings']) => answersOf({ pain: 3, readings }).CHSUS60
    expect(sustained({ 15: 1 })).toBe('MISSING_ITEMS')
    expect(sustained({ 15: 1, 20: 1 })).toBe('MISSING_ITEMS')
    expect(sustained({ 15: 1, 18: 2 })).toBe('N')
    expect(sustained({ 5: 3, 15: 1, 30: 0 })).toBe('Y')
    expect(sustained({ 15: 1, 30: 2, 60: 0 })).toBe('N')
    expect(sustained({ 15: 1, 62: 1 })).toBe('Y')
    expect(sustained({ 15: 1, 62: 2 })).toBe('N')
    expect(sustained({ 15: 1, 60: 1, 70: 3 })).toBe('Y')
    expect(sustained({ 15: 1, 76: 1 })).toBe('MISSING_ITEMS')
    expect(sustained({ 15: 2, 60: 0 })).toBe('N')
  })
})
