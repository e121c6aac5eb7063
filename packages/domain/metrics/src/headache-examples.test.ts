import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import {
  daysOf,
  type EpisodeRow,
  FACTS,
  FULL_EPISODES,
  FULL_FORM,
  FULL_INTAKES,
  instant,
  type Patient,
  rowOf,
  type StudyOptions,
  settledOf,
  studyOf,
  TYPICAL,
} from './records.fixture.ts'

const MIGRAINE = { headache: true, hours: 6, severity: 2, features: TYPICAL }
const NONE = { headache: false }

function effect(patient: Patient, options: StudyOptions, code: string, visit: number, facts = FACTS) {
  const { effects } = deriveSubjects(settledOf([patient]), studyOf(options), facts)
  return rowOf(effects, { PARAMCD: code, AVISITN: visit })
}

/** Baseline fully observed with 10 migraine days; period 1: 21 days with 6; period 2: 13 days with 2. */
const EX_H1: Patient = {
  id: 'P1',
  forms: [
    ...daysOf(-28, -1, (day) => (day <= -19 ? MIGRAINE : NONE)),
    ...daysOf(1, 21, (day) => (day <= 6 ? MIGRAINE : NONE)),
    ...daysOf(29, 41, (day) => (day <= 30 ? MIGRAINE : NONE)),
  ],
}

describe('endpoint examples, headache', () => {
  it('EX-H1 6 migraine days on 21 of 28 observed days are 8.0, a fall of 20 % from 10, and no 50 % response', () => {
    expect(effect(EX_H1, {}, 'MMD', 0)).toMatchObject({ AVAL: 10, NOBS: 28, NEVT: 10, DTYPE: null, ABLFL: 'Y' })
    // 28 * 6 / 21 = 8; 100 * (8 - 10) / 10 = -20
    expect(effect(EX_H1, {}, 'MMD', 1)).toMatchObject({
      AVAL: 8,
      BASE: 10,
      CHG: -2,
      PCHG: -20,
      CRIT2FL: 'N',
      DTYPE: 'PRORATE',
      NOBS: 21,
      NEVT: 6,
      AREASON: null,
    })
  })

  it('EX-H2 13 observed days are too few: no value, N under NRI, null under OC', () => {
    const nri = effect(EX_H1, {}, 'MMD', 2)
    expect(nri).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS', CRIT2FL: 'N', DTYPE: 'NRI' })
    const oc = effect(EX_H1, { responders: { missing: 'OC' } }, 'MMD', 2)
    expect(oc).toMatchObject({ AVAL: null, AREASON: 'INSUFFICIENT_DAYS', CRIT2FL: null, DTYPE: null })
  })

  const march = instant('2026-03-01T00:00') / 86_400_000
  const forms = daysOf(1, 28, () => ({ headache: false }))
  const onEpisodes = (episodes: readonly EpisodeRow[]): Patient => ({ id: 'P1', dayZero: march, forms, episodes })
  const sources = [FULL_FORM, FULL_EPISODES]
  const overMidnight = onEpisodes([
    { start: '2026-03-04T22:00', end: '2026-03-05T03:00', severity: 3, features: TYPICAL },
  ])

  it('EX-H3 a severe migraine from 22:00 to 03:00 is two headache and migraine days by episode, none by day, and 5 h', () => {
    for (const [durationBasis, days] of [
      ['episode', 2],
      ['day', 0],
    ] as const) {
      const options: StudyOptions = { headache: { durationBasis }, sources }
      expect(effect(overMidnight, options, 'MHD', 1)).toMatchObject({ AVAL: days })
      expect(effect(overMidnight, options, 'MMD', 1)).toMatchObject({ AVAL: days })
      expect(effect(overMidnight, options, 'HHRS', 1)).toMatchObject({ AVAL: 5, NEVT: 5 })
    }
  })

  it('EX-H4 an episode from 20:00 to 24:00 is one headache day and leaves the next date untouched', () => {
    const patient = onEpisodes([{ start: '2026-03-04T20:00', end: '2026-03-05T00:00', severity: 2 }])
    expect(effect(patient, { sources }, 'MHD', 1)).toMatchObject({ AVAL: 1 })
    expect(effect(patient, { sources }, 'HFD', 1)).toMatchObject({ AVAL: 27 })
  })

  // 2026-03-02 is a Monday.
  const attacks = (treated: boolean): Patient =>
    onEpisodes([
      { start: '2026-03-02T08:00', end: '2026-03-02T14:00', severity: 2, features: TYPICAL },
      {
        start: '2026-03-03T09:00',
        end: '2026-03-03T13:00',
        severity: 2,
        features: TYPICAL,
        ...(treated ? { medication: ['nsaid'] } : {}),
      },
      { start: '2026-03-05T11:00', end: '2026-03-05T15:00', severity: 2, features: TYPICAL },
    ])

  it('EX-H5 migraines on Monday, Tuesday and Thursday with gaps of 19 h and 46 h are two attacks', () => {
    expect(effect(attacks(false), { sources }, 'MATT', 1)).toMatchObject({ AVAL: 2, NEVT: 2 })
    // Monday 08:00 to Tuesday 13:00 is 29 h, Thursday 4 h: mean 16.5 h
    expect(effect(attacks(false), { sources }, 'MATTDUR', 1)).toMatchObject({ AVAL: 16.5 })
  })

  it('EX-H5 Tuesday treated and pain-free, Thursday within 48 h of it is a relapse: one attack', () => {
    const options: StudyOptions = { headache: { relapseHours: 48 }, sources }
    expect(effect(attacks(true), options, 'MATT', 1)).toMatchObject({ AVAL: 1 })
    expect(effect(attacks(false), options, 'MATT', 1)).toMatchObject({ AVAL: 2 })
  })

  it('any headache within 48 h of a treated one is its relapse, a short one without features too (section 3, Relapse)', () => {
    const options: StudyOptions = { headache: { relapseHours: 48 }, sources }
    const [monday, tuesday, thursday] = attacks(true).episodes as readonly EpisodeRow[]
    const wednesday: EpisodeRow = { start: '2026-03-04T20:00', end: '2026-03-04T21:00', severity: 1 }
    const hours = (rows: readonly (EpisodeRow | undefined)[], given: StudyOptions) =>
      effect(onEpisodes(rows as EpisodeRow[]), given, 'MATTDUR', 1)
    // Monday 08:00 to Wednesday 21:00 is 61 h, to Tuesday 13:00 29 h
    expect(hours([monday, tuesday, wednesday], options)).toMatchObject({ AVAL: 61 })
    expect(hours([monday, tuesday, wednesday], { sources })).toMatchObject({ AVAL: 29 })
    // Thursday is still within 48 h of the treated end on Tuesday: Monday 08:00 to Thursday 15:00 is 79 h
    expect(hours([monday, tuesday, wednesday, thursday], options)).toMatchObject({ AVAL: 79 })
  })

  it('EX-H6 triptan on 9 dates and ibuprofen on 9, 4 shared: TRPD 9, NSAD 9, AMD 14, MULTD 14, MOSTAT MULTI', () => {
    const patient: Patient = {
      id: 'P1',
      forms: daysOf(1, 28, () => NONE),
      intakes: [
        ...daysOf(1, 9, () => ({})).map(({ day }) => ({ day, class: 'triptan' as const })),
        ...daysOf(6, 14, () => ({})).map(({ day }) => ({ day, class: 'nsaid' as const })),
        // a second tablet on the same date
        { day: 6, class: 'nsaid' },
      ],
    }
    const options: StudyOptions = { sources: [FULL_FORM, FULL_INTAKES] }
    for (const [code, value] of [
      ['TRPD', 9],
      ['NSAD', 9],
      ['AMD', 14],
      ['MULTD', 14],
      ['SMPD', 9],
      ['MSMD', 9],
      ['OPID', 0],
    ] as const) {
      expect(effect(patient, options, code, 1), code).toMatchObject({ AVAL: value })
    }
    expect(effect(patient, options, 'MOSTAT', 1)).toMatchObject({ AVALC: 'MULTI', AVAL: 1, NOBS: 28 })
  })
})
