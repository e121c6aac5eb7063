import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../derive.ts'
import {
  daysOf,
  type EpisodeRow,
  FACTS,
  FULL_EPISODES,
  FULL_FORM,
  instant,
  type Patient,
  rowOf,
  type StudyOptions,
  settledOf,
  sourceOf,
  studyOf,
  TYPICAL,
} from '../records.fixture.ts'

const march = instant('2026-03-01T00:00') / 86_400_000
const options: StudyOptions = { sources: [FULL_FORM, FULL_EPISODES], flags: ['ENDFL', 'STATMFL', 'GAPFL'] }

function effect(code: string, visit: number, episodes: readonly EpisodeRow[], given: StudyOptions = {}) {
  const forms = daysOf(1, 56, () => ({ headache: false }))
  const patient: Patient = { id: 'P1', dayZero: march, forms, episodes }
  const { effects } = deriveSubjects(settledOf([patient]), studyOf({ ...options, ...given }), FACTS)
  return rowOf(effects, { PARAMCD: code, AVISITN: visit })
}

describe('record flags', () => {
  it('ENDFL is I in the windows that a headache with an imputed end touches', () => {
    const episodes = [{ start: '2026-03-10T20:00', severity: 2 }]
    expect(effect('MHD', 1, episodes)).toMatchObject({ ENDFL: 'I', STATMFL: null })
    expect(effect('MHD', 2, episodes)).toMatchObject({ ENDFL: null })
    expect(effect('MHD', 1, [{ start: '2026-03-10T20:00', end: '2026-03-10T21:00' }])).toMatchObject({ ENDFL: null })
  })

  it('STATMFL is Y for more than 72 h, not for 72 h', () => {
    const of = (end: string) => effect('MHD', 1, [{ start: '2026-03-04T08:00', end, severity: 2 }]).STATMFL
    expect(of('2026-03-07T08:00')).toBeNull()
    expect(of('2026-03-07T08:01')).toBe('Y')
  })

  it('STATMFL looks past a remission of at most 12 h by sleep or medication', () => {
    const two = (first: Partial<EpisodeRow>, restart: string) =>
      effect('MHD', 1, [
        { start: '2026-03-04T08:00', end: '2026-03-06T20:00', severity: 2, ...first },
        { start: restart, end: '2026-03-07T12:00', severity: 2 },
      ]).STATMFL
    expect(two({}, '2026-03-07T06:00')).toBeNull()
    expect(two({ endReason: 'asleep' }, '2026-03-07T06:00')).toBe('Y')
    expect(two({ medication: ['nsaid'] }, '2026-03-07T06:00')).toBe('Y')
    expect(two({ endReason: 'asleep' }, '2026-03-07T08:01')).toBeNull()
  })

  it('GAPFL marks attacks counted across a missing date, on attack rows alone', () => {
    const migraine = { headache: true, hours: 6, severity: 2, features: TYPICAL }
    const forms = daysOf(1, 28, (day) => (day === 4 ? null : day === 3 || day === 5 ? migraine : { headache: false }))
    const study = studyOf({ headache: { attackRule: 'freeDay' }, sources: [FULL_FORM], flags: ['GAPFL'] })
    const { effects } = deriveSubjects(settledOf([{ id: 'P1', forms }]), study, FACTS)
    expect(rowOf(effects, { PARAMCD: 'MATT', AVISITN: 1 })).toMatchObject({ NEVT: 1, GAPFL: 'Y' })
    expect(rowOf(effects, { PARAMCD: 'MMD', AVISITN: 1 })).toMatchObject({ GAPFL: null })
  })

  it('TZFL, LATEFL and DUPFL follow the marks of validation, of the records that a value rests on', () => {
    const patient: Patient = {
      id: 'P2',
      forms: daysOf(1, 28, () => ({ headache: false, avg: 5 })),
      marks: [
        { day: -400, kind: 'late.events' },
        { day: -300, kind: 'late.diary' },
        { day: 3, kind: 'late.events' },
        { day: 30, kind: 'conflict.diary' },
        { day: 31, kind: 'clock.events' },
      ],
    }
    const study = studyOf({ pain: {}, flags: ['TZFL', 'LATEFL', 'DUPFL', 'UNITFL'] })
    const settled = settledOf([patient, { id: 'P3', forms: patient.forms ?? [] }])
    const { effects } = deriveSubjects(settled, study, FACTS)
    const flags = (code: string, visit: number, subject = 0) => {
      const row = rowOf(effects, { PARAMCD: code, AVISITN: visit, SUBJECT: subject })
      return [row.TZFL, row.LATEFL, row.DUPFL, row.UNITFL]
    }
    expect(flags('MHD', 1)).toEqual([null, 'Y', null, null])
    expect(flags('MHD', 2)).toEqual(['Y', null, 'Y', null])
    // pain rests on daily forms alone
    expect(flags('PND4', 1)).toEqual([null, null, null, null])
    expect(flags('PND4', 2)).toEqual([null, null, 'Y', null])
    expect(flags('MHD', 0)).toEqual([null, null, null, null])
    expect(flags('MHD', 1, 1)).toEqual([null, null, null, null])
  })

  it('UNITFL is VAS where pain was rated on the visual scale', () => {
    const form = sourceOf('daily', ['date', 'painAvg'])
    const vas = {
      ...form,
      fields: form.fields.map((one) => (one.field === 'painAvg' ? { ...one, unit: 'vas' as const } : one)),
    }
    const study = studyOf({ headache: null, pain: {}, sources: [vas], flags: ['UNITFL'] })
    const { effects } = deriveSubjects(
      settledOf([{ id: 'P1', forms: daysOf(-7, 7, () => ({ avg: 6.3 })) }]),
      study,
      FACTS,
    )
    expect(rowOf(effects, { PARAMCD: 'PNAVGW', AVISITN: 1 })).toMatchObject({ UNITFL: 'VAS' })
    expect(rowOf(effects, { PARAMCD: 'PNAVGW', AVISITN: 2 })).toMatchObject({ UNITFL: null })
  })

  it('are no columns unless the study asks for them', () => {
    expect(Object.keys(effect('MHD', 1, [], { flags: [] }))).not.toContain('ENDFL')
  })
})

describe('an episode of severity 0', () => {
  const painless: EpisodeRow = { start: '2026-03-10T20:00', end: '2026-03-10T20:30', severity: 0, auraMinutes: 30 }

  it('is no headache: the date is headache-free, but not crystal-clear', () => {
    expect(effect('MHD', 1, [painless], { headache: { preset: 'any' } })).toMatchObject({ AVAL: 0, NOBS: 28 })
    expect(effect('HFD', 1, [painless])).toMatchObject({ AVAL: 28 })
    expect(effect('CCD', 1, [painless])).toMatchObject({ AVAL: 27 })
    expect(effect('HHRS', 1, [painless])).toMatchObject({ AVAL: 0 })
  })

  it('is a migraine day by aura alone under leiden-30m, and so no headache-free one', () => {
    const leiden: StudyOptions = { headache: { preset: 'leiden-30m' } }
    expect(effect('MMD', 1, [painless], leiden)).toMatchObject({ AVAL: 1 })
    expect(effect('MHD', 1, [painless], leiden)).toMatchObject({ AVAL: 1 })
    expect(effect('HFD', 1, [painless], leiden)).toMatchObject({ AVAL: 27 })
  })

  it('observes its date where there is no form, and joins no headaches', () => {
    const forms = daysOf(1, 20, () => ({ headache: false }))
    const episodes: EpisodeRow[] = [
      { start: '2026-03-22T08:00', end: '2026-03-22T10:00', severity: 2 },
      { start: '2026-03-22T10:00', end: '2026-03-22T12:00', severity: 0 },
      { start: '2026-03-22T12:00', end: '2026-03-22T14:00', severity: 2 },
      { start: '2026-03-24T08:00', end: '2026-03-24T09:00', severity: 0 },
    ]
    const study = studyOf({ sources: [FULL_FORM, FULL_EPISODES] })
    const settled = settledOf([{ id: 'P1', dayZero: march, forms, episodes }])
    const { effects } = deriveSubjects(settled, study, FACTS)
    // two headaches of 2 h are none of 4 h; days 1 to 20, 22 and 24 are observed
    expect(rowOf(effects, { PARAMCD: 'MHD', AVISITN: 1 })).toMatchObject({ NEVT: 0, NOBS: 22 })
  })

  it('lends its symptoms to no headache of the form: features are tested within one episode (section 3)', () => {
    // A mild headache of 5 h without symptoms by the form, an aura with typical features and no pain on the same date.
    const forms = daysOf(1, 28, (day) => (day === 10 ? { headache: true, hours: 5, severity: 1 } : { headache: false }))
    const episodes: EpisodeRow[] = [{ ...painless, features: TYPICAL }]
    const settled = settledOf([{ id: 'P1', dayZero: march, forms, episodes }])
    const migraineDays = (headache: StudyOptions['headache']) =>
      rowOf(deriveSubjects(settled, studyOf({ ...options, headache }), FACTS).effects, { PARAMCD: 'MMD', AVISITN: 1 })
    expect(migraineDays({ preset: 'ihs-4h' })).toMatchObject({ AVAL: 0 })
    expect(migraineDays({ preset: 'ihs-4h', featureScope: 'day' })).toMatchObject({ AVAL: 1 })
  })
})
