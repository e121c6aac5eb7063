import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import {
  daysOf,
  type EpisodeRow,
  FACTS,
  type FormRow,
  FULL_EPISODES,
  FULL_FORM,
  FULL_INTAKES,
  instant,
  type Patient,
  rowOf,
  type StudyOptions,
  settledOf,
  sourceOf,
  studyOf,
  TYPICAL,
} from './records.fixture.ts'

const ANY: StudyOptions = { headache: { preset: 'any' } }
const dayOf = (iso: string): number => instant(`${iso}T00:00`) / 86_400_000
const NO_HEADACHE = daysOf(1, 28, () => ({ headache: false }))

interface Given {
  readonly from: string
  readonly episodes: readonly EpisodeRow[]
  readonly forms?: readonly FormRow[]
  readonly intakes?: Patient['intakes']
  readonly enrolled?: number
  readonly lastDay?: number
}

/** Values of period 1 that starts on `from`. */
function period1(given: Given, options: StudyOptions = ANY, facts = FACTS) {
  const { from, ...records } = given
  const patient: Patient = { id: 'P1', dayZero: dayOf(from), forms: NO_HEADACHE, ...records }
  const study = studyOf({ sources: [FULL_FORM, FULL_EPISODES, FULL_INTAKES], ...options })
  const { effects } = deriveSubjects(settledOf([patient]), study, facts)
  return (code: string) => rowOf(effects, { PARAMCD: code, AVISITN: 1 })
}

describe('episodes on dates', () => {
  it('counts elapsed hours on a date of 23 hours and on one of 25 (Berlin, 29 March and 25 October 2026)', () => {
    const berlin = { ...ANY, timezone: 'Europe/Berlin' }
    const spring = period1(
      { from: '2026-03-20', episodes: [{ start: '2026-03-29T00:00+01:00', end: '2026-03-30T00:00+02:00' }] },
      berlin,
    )
    expect(spring('HHRS')).toMatchObject({ NEVT: 23 })
    expect(spring('MHD')).toMatchObject({ NEVT: 1 })
    const autumn = period1(
      { from: '2026-10-20', episodes: [{ start: '2026-10-25T00:00+02:00', end: '2026-10-26T00:00+01:00' }] },
      berlin,
    )
    expect(autumn('HHRS')).toMatchObject({ NEVT: 25 })
    expect(autumn('MHD')).toMatchObject({ NEVT: 1 })
  })

  it('takes midnights of the home zone where both instants fit it: 3 h before and 5 h after a midnight of the clock change', () => {
    const options: StudyOptions = { headache: { preset: 'ihs-4h', durationBasis: 'day' }, timezone: 'Europe/Berlin' }
    // 28 March 21:00 to 29 March 06:00 summer time: 3 h, then 5 h although the clock shows 6
    const found = period1(
      { from: '2026-03-20', episodes: [{ start: '2026-03-28T21:00+01:00', end: '2026-03-29T06:00+02:00' }] },
      options,
    )
    expect(found('HHRS')).toMatchObject({ NEVT: 8 })
    expect(found('MHD')).toMatchObject({ NEVT: 1 })
  })

  it('dates an episode by its own offset when the patient travels', () => {
    // starts 23:00 in New York, ends 4 h later at 09:00 in Paris: two local dates
    const found = period1({
      from: '2026-03-01',
      episodes: [{ start: '2026-03-04T23:00-05:00', end: '2026-03-05T09:00+01:00' }],
    })
    expect(found('MHD')).toMatchObject({ NEVT: 2 })
    expect(found('HHRS')).toMatchObject({ NEVT: 4 })
  })

  it('merges touching and overlapping episodes: two of 2 h in a row are one of 4 h', () => {
    const touching = [
      { start: '2026-03-04T08:00', end: '2026-03-04T10:00' },
      { start: '2026-03-04T10:00', end: '2026-03-04T12:00' },
    ]
    const apart = [touching[0] as EpisodeRow, { start: '2026-03-04T10:01', end: '2026-03-04T12:00' }]
    const options: StudyOptions = {}
    expect(period1({ from: '2026-03-01', episodes: touching }, options)('MHD')).toMatchObject({ NEVT: 1 })
    expect(period1({ from: '2026-03-01', episodes: apart }, options)('MHD')).toMatchObject({ NEVT: 0 })
    const inside = [{ start: '2026-03-04T08:00', end: '2026-03-04T14:00' }, touching[1] as EpisodeRow]
    expect(period1({ from: '2026-03-01', episodes: inside }, options)('HHRS')).toMatchObject({ NEVT: 6 })
  })

  it('unites severity and symptoms of merged episodes, not of separate ones of a day', () => {
    const first: EpisodeRow = {
      start: '2026-03-04T08:00',
      end: '2026-03-04T12:00',
      features: ['unilateral', 'pulsating'],
    }
    const second: EpisodeRow = { start: '2026-03-04T12:00', end: '2026-03-04T16:00', features: ['nausea'] }
    const later: EpisodeRow = { ...second, start: '2026-03-04T12:30', end: '2026-03-04T16:30' }
    const mmd = (episodes: EpisodeRow[], options: StudyOptions = {}) =>
      period1({ from: '2026-03-01', episodes }, options)('MMD').NEVT
    expect(mmd([first, second])).toBe(1)
    expect(mmd([first, later])).toBe(0)
    expect(mmd([first, later], { headache: { featureScope: 'day' } })).toBe(1)
  })

  it('ends an episode without an end at midnight of the first later date whose form says no headache (R-END)', () => {
    const forms = NO_HEADACHE.filter(({ day }) => day < 4 || day > 5)
    const found = period1({ from: '2026-03-01', episodes: [{ start: '2026-03-04T20:00' }], forms })
    // 4 March 20:00 to 6 March 00:00; 5 March is reached only by the imputed end and is not observed
    expect(found('HHRS')).toMatchObject({ NEVT: 4, NOBS: 27 })
    expect(found('MHD')).toMatchObject({ NEVT: 1, NOBS: 27 })
  })

  it('observes the date on which an episode without an end begins, also where one before ends at that midnight', () => {
    const forms = NO_HEADACHE.filter(({ day }) => day < 5 || day > 6)
    const episodes = [{ start: '2026-03-04T20:00', end: '2026-03-05T00:00' }, { start: '2026-03-05T00:00' }]
    // one headache until 7 March 00:00 by form; the start on 5 March is recorded, 6 March is reached by the imputed end alone
    expect(period1({ from: '2026-03-01', episodes, forms })('HHRS')).toMatchObject({ NEVT: 28, NOBS: 27 })
  })

  it('ends it after 72 h at the latest, after 180 min in cluster headache, and at the next start', () => {
    const forms = NO_HEADACHE.filter(({ day }) => day < 4 || day > 20)
    const hours = (episodes: EpisodeRow[], options = ANY) =>
      period1(
        { from: '2026-03-01', episodes, forms: [...forms, ...daysOf(4, 20, () => ({ headache: true }))] },
        options,
      )('HHRS').NEVT
    expect(hours([{ start: '2026-03-04T20:00' }])).toBe(72)
    expect(hours([{ start: '2026-03-04T20:00' }], { ...ANY, condition: 'cluster' })).toBe(3)
    expect(hours([{ start: '2026-03-04T20:00' }, { start: '2026-03-05T02:00', end: '2026-03-05T03:00' }])).toBe(7)
  })

  it('does not merge two records because an imputed end touches the next start', () => {
    const episodes = [
      { start: '2026-03-04T08:00', severity: 3, features: TYPICAL },
      { start: '2026-03-04T10:00', end: '2026-03-04T12:00' },
    ]
    expect(period1({ from: '2026-03-01', episodes }, {})('MHD')).toMatchObject({ NEVT: 0 })
  })

  it('believes the episode against a form that says no headache, and a form with headache on a date without episode', () => {
    const forms = [...NO_HEADACHE.filter(({ day }) => day !== 10), { day: 10, headache: true, hours: 5 }]
    const found = period1(
      { from: '2026-03-01', episodes: [{ start: '2026-03-04T08:00', end: '2026-03-04T13:00' }], forms },
      {},
    )
    expect(found('MHD')).toMatchObject({ NEVT: 2, NOBS: 28 })
    expect(found('HHRS')).toMatchObject({ NEVT: 10 })
  })

  it('observes a date without a form through an episode, unless diary.episodeObserves is off', () => {
    const forms = NO_HEADACHE.filter(({ day }) => day !== 4)
    const episodes = [{ start: '2026-03-04T08:00', end: '2026-03-04T13:00' }]
    expect(period1({ from: '2026-03-01', episodes, forms })('MHD')).toMatchObject({ NEVT: 1, NOBS: 28 })
    const off = { ...ANY, diary: { episodeObserves: false } }
    expect(period1({ from: '2026-03-01', episodes, forms }, off)('MHD')).toMatchObject({ NEVT: 0, NOBS: 27 })
  })

  it('knows nothing about other dates from episodes alone, unless the log is declared complete (R-LOG)', () => {
    const given: Given = {
      from: '2026-03-01',
      forms: [],
      enrolled: -28,
      episodes: [{ start: '2026-03-04T08:00', end: '2026-03-04T13:00' }],
    }
    const alone: StudyOptions = { ...ANY, sources: [FULL_EPISODES] }
    expect(period1(given, alone)('MHD')).toMatchObject({ AVAL: null, AREASON: 'NOT_EVALUABLE' })
    const complete = { ...alone, diary: { logComplete: true } }
    expect(period1(given, complete)('MHD')).toMatchObject({ AVAL: 1, NOBS: 28, BASE: 0 })
    expect(period1({ ...given, lastDay: 20 }, complete)('MHD')).toMatchObject({ AVAL: 1.4, NOBS: 20 })
  })

  it('takes a bare log of days with an entry for observed days', () => {
    const sources = [sourceOf('daily', ['date']), FULL_EPISODES]
    const forms = daysOf(1, 20, () => ({}))
    const found = period1(
      { from: '2026-03-01', forms, episodes: [{ start: '2026-03-04T08:00', end: '2026-03-04T13:00' }] },
      { ...ANY, sources },
    )
    expect(found('MHD')).toMatchObject({ NEVT: 1, NOBS: 20 })
    expect(found('HFD')).toMatchObject({ NEVT: 19 })
  })

  it('observes nothing after the cut through an episode that runs on', () => {
    const episodes = [{ start: '2026-03-27T08:00', end: '2026-03-31T08:00' }]
    const facts = { ...FACTS, cut: dayOf('2026-03-30') }
    const found = period1({ from: '2026-03-01', forms: [], episodes }, ANY, facts)
    expect(found('MHD').NEVT).toBe(2)
  })
})

describe('headache and migraine days', () => {
  const events = (
    code: string,
    preset: 'ihs-4h' | 'leiden-30m' | 'cm-mod4h' | 'any',
    form: Omit<FormRow, 'day'>,
    intakes: Patient['intakes'] = [],
  ) =>
    period1(
      {
        from: '2026-03-01',
        episodes: [],
        forms: [...NO_HEADACHE.filter(({ day }) => day !== 4), { ...form, day: 4 }],
        intakes,
      },
      { headache: { preset } },
    )(code).NEVT
  const full = { headache: true, hours: 4, severity: 2, features: TYPICAL } as const

  it('ihs-4h: 4 h make a headache day, 3.9 h do not, treatment does at any duration', () => {
    expect(events('MHD', 'ihs-4h', full)).toBe(1)
    expect(events('MHD', 'ihs-4h', { ...full, hours: 3.9 })).toBe(0)
    expect(events('MHD', 'ihs-4h', { ...full, hours: 0.5, medication: ['paracetamol'] })).toBe(1)
  })

  it('ihs-4h: a triptan makes a migraine day only if it took effect', () => {
    const short = { headache: true, hours: 1 }
    expect(events('MMD', 'ihs-4h', short, [{ day: 4, class: 'triptan', effective: true }])).toBe(1)
    expect(events('MMD', 'ihs-4h', short, [{ day: 4, class: 'triptan' }])).toBe(0)
    expect(events('MMD', 'leiden-30m', short, [{ day: 4, class: 'triptan' }])).toBe(1)
    expect(events('MMD', 'ihs-4h', short, [{ day: 4, class: 'nsaid', effective: true }])).toBe(0)
  })

  it('treats only the date of the intake, and only a date with headache', () => {
    expect(events('MHD', 'ihs-4h', { headache: true, hours: 1 }, [{ day: 5, class: 'triptan' }])).toBe(0)
    expect(events('AMD', 'ihs-4h', { headache: true, hours: 1 }, [{ day: 5, class: 'triptan' }])).toBe(1)
    expect(events('AMD', 'ihs-4h', { headache: true }, [{ day: 5, class: 'triptan', forHeadache: false }])).toBe(0)
  })

  it('leiden-30m: an aura of 5 to 60 min makes a migraine and headache day without headache', () => {
    const aura = { headache: false, auraMinutes: 20 }
    expect(events('MMD', 'leiden-30m', aura)).toBe(1)
    expect(events('MHD', 'leiden-30m', aura)).toBe(1)
    expect(events('HFD', 'leiden-30m', aura)).toBe(27)
    expect(events('MMD', 'leiden-30m', { ...aura, auraMinutes: 61 })).toBe(0)
    expect(events('MMD', 'leiden-30m', { ...aura, auraMinutes: 4 })).toBe(0)
  })

  it('leiden-30m: a headache recorded with an aura of 5 to 60 min is a migraine on each of its dates', () => {
    const counted = (code: string, auraMinutes: number) =>
      period1(
        {
          from: '2026-03-01',
          episodes: [
            { start: '2026-03-04T22:00', end: '2026-03-05T03:00', severity: 1, auraMinutes },
            { start: '2026-03-05T03:00', end: '2026-03-05T04:00', severity: 1 },
          ],
        },
        { headache: { preset: 'leiden-30m' } },
      )(code).NEVT
    expect([4, 5, 60, 61].map((minutes) => counted('MMD', minutes))).toEqual([0, 2, 2, 0])
    expect([4, 5].map((minutes) => counted('MATT', minutes))).toEqual([0, 1])
  })

  it('leiden-30m: a migraine of 30 min counts as a headache day although 60 min are asked for', () => {
    expect(events('MHD', 'leiden-30m', { ...full, hours: 0.5 })).toBe(1)
    expect(events('MHD', 'leiden-30m', { headache: true, hours: 0.5 })).toBe(0)
  })

  it('cm-mod4h: a headache day needs 4 h and moderate pain in one headache, or a triptan', () => {
    expect(events('MHD', 'cm-mod4h', { ...full, features: [] })).toBe(1)
    expect(events('MHD', 'cm-mod4h', { headache: true, hours: 8, severity: 1 })).toBe(0)
    expect(events('MHD', 'cm-mod4h', { headache: true, hours: 1, severity: 1, medication: ['triptan'] })).toBe(1)
    expect(events('MHD', 'cm-mod4h', { headache: true, hours: 1, severity: 1, medication: ['nsaid'] })).toBe(0)
  })

  it('any: migraine is what the patient calls so', () => {
    expect(events('MMD', 'any', { ...full, migraine: false })).toBe(0)
    expect(events('MMD', 'any', { headache: true, migraine: true })).toBe(1)
  })

  it('needs two of four pain features and one of two accompanying ones (ICHD-3 C and D)', () => {
    expect(events('MMD', 'ihs-4h', { ...full, features: ['unilateral', 'nausea'] })).toBe(1)
    expect(events('MMD', 'ihs-4h', { ...full, severity: 1, features: ['unilateral', 'nausea'] })).toBe(0)
    expect(events('MMD', 'ihs-4h', { ...full, features: ['unilateral', 'photophobia'] })).toBe(0)
    expect(events('MMD', 'ihs-4h', { ...full, features: ['unilateral', 'photophobia', 'phonophobia'] })).toBe(1)
  })

  it('counts MSHD, SEVHD, NMHD, CCD and mean severity as defined', () => {
    expect(events('MSHD', 'ihs-4h', { headache: true, hours: 4, severity: 2 })).toBe(1)
    expect(events('MSHD', 'ihs-4h', { headache: true, hours: 1, medication: ['triptan'] })).toBe(1)
    expect(events('SEVHD', 'ihs-4h', { headache: true, hours: 1, severity: 3 })).toBe(1)
    expect(events('NMHD', 'ihs-4h', { headache: true, hours: 6, severity: 1 })).toBe(1)
    expect(events('CCD', 'ihs-4h', { headache: false })).toBe(28)
    expect(events('CCD', 'ihs-4h', { headache: false, features: ['prodrome'] })).toBe(27)
    expect(events('CCD', 'ihs-4h', { headache: false }, [{ day: 4, class: 'nsaid' }])).toBe(27)
  })

  it('means severity over headache days on which it is known, and has no value without any', () => {
    const forms = daysOf(1, 28, (day) =>
      day > 3 ? { headache: false } : { headache: true, ...(day < 3 ? { severity: day + 1 } : {}) },
    )
    expect(period1({ from: '2026-03-01', episodes: [], forms })('HSEV')).toMatchObject({ AVAL: 2.5, NOBS: 28 })
    expect(period1({ from: '2026-03-01', episodes: [] })('HSEV')).toMatchObject({
      AVAL: null,
      AREASON: 'NOT_EVALUABLE',
    })
  })
})

describe('attacks of date-only diaries', () => {
  const attacks = (states: string) => {
    // M migraine, H other headache, . headache-free, - missing
    const forms = [...states].flatMap((state, i): FormRow[] =>
      state === '-' ? [] : [{ day: i + 1, headache: state !== '.', migraine: state === 'M' }],
    )
    const options: StudyOptions = { headache: { preset: 'any', attackRule: 'freeDay' }, sources: [FULL_FORM] }
    return period1({ from: '2026-03-01', episodes: [], forms }, options)('MATT').NEVT
  }

  it.each([
    ['MM...M...', 2, 'headache-free dates part attacks'],
    ['M-M......', 1, 'one missing date does not'],
    ['M--M.....', 2, 'two missing dates do'],
    ['HHM..H...', 1, 'a run counts at its first migraine date, one without migraine not at all'],
    ['M.-M.....', 2, 'a free date parts even next to a missing one'],
  ])('%s has %i: %s', (states, count) => {
    expect(attacks(states.padEnd(28, '.'))).toBe(count)
  })

  it('counts an attack in the period of its onset, not in the one it runs into', () => {
    const forms = [
      ...daysOf(-28, -2, () => ({ headache: false })),
      ...daysOf(-1, 3, () => ({ headache: true, migraine: true })),
      ...daysOf(4, 28, () => ({ headache: false })),
    ]
    const options: StudyOptions = { headache: { preset: 'any', attackRule: 'freeDay' }, sources: [FULL_FORM] }
    const found = period1({ from: '2026-03-01', episodes: [], forms }, options)
    expect(found('MATT')).toMatchObject({ NEVT: 0, BASE: 1 })
    expect(found('MMD')).toMatchObject({ NEVT: 3 })
  })
})
