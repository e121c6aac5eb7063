import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parametersOf } from '../../catalogue/parameters.ts'
import { deriveSubjects } from '../../derive.ts'
import {
  FACTS,
  FULL_SESSIONS,
  type Patient,
  rowOf,
  rowsOf,
  type SessionRow,
  type StudyOptions,
  settledOf,
  sourceOf,
  studyOf,
} from '../../records.fixture.ts'

const ONE_PERIOD = { ...FACTS, periods: 1 }
const THREE_A_DAY: StudyOptions = {
  headache: null,
  adherence: { sessionsPerDay: 3, sessionMinutes: 2 },
  sources: [FULL_SESSIONS],
}

function effectsOf(patient: Omit<Patient, 'id'>, options: StudyOptions = THREE_A_DAY, facts = ONE_PERIOD) {
  return deriveSubjects(settledOf([{ id: 'P1', ...patient }]), studyOf(options), facts).effects
}
const adherence = (patient: Omit<Patient, 'id'>, options?: StudyOptions) =>
  rowOf(effectsOf(patient, options), { PARAMCD: 'STIMADH', AVISITN: 1 })
const minutes = (patient: Omit<Patient, 'id'>, options?: StudyOptions) =>
  rowOf(effectsOf(patient, options), { PARAMCD: 'STIMMIN', AVISITN: 1 })

/** `count` sessions on each day from `from` to `to`. */
const sessions = (from: number, to: number, count: number, more: Partial<SessionRow> = {}): SessionRow[] =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    Array.from({ length: count }, (_, k) => ({ day: from + i, session: k + 1, ...more })),
  ).flat()

describe('adherence to stimulation', () => {
  it('names in METHOD a nominal length only where there is one', () => {
    const methodOf = (sessionMinutes: number | null) => {
      const study = studyOf({ ...THREE_A_DAY, adherence: { sessionsPerDay: 3, sessionMinutes } })
      return parametersOf(study, ONE_PERIOD).find(({ code }) => code === 'STIMMIN')?.method
    }
    expect(methodOf(2)).toBe('period prorate14; session of 2 min where not recorded')
    expect(methodOf(null)).toBe('period prorate14; minutes as recorded')
  })

  it('EX-F2 62 of 84 prescribed sessions are 73.81 %: at least 67 %, not 80 %', () => {
    // 20 days with 3, one with 2, seven with none: 62; 3 x 28 = 84; 100 x 62 / 84 = 73.8095
    const row = adherence({ sessions: [...sessions(1, 20, 3), ...sessions(21, 21, 2)] })
    expect(row.AVAL).toBeCloseTo(73.80952380952381, 12)
    expect(row).toMatchObject({ ADH66FL: 'Y', ADH67FL: 'Y', ADH80FL: 'N', NEVT: 62, NOBS: 28, AREASON: null })
  })

  it('caps a day at its prescription: 6 sessions on one day and none on the next are 3 of 6', () => {
    const options = { ...THREE_A_DAY, periods: { windows: [{ visit: 1, label: 'Two days', from: 1, to: 2 }] } }
    expect(adherence({ sessions: sessions(1, 1, 6) }, options)).toMatchObject({ AVAL: 50, NEVT: 3 })
  })

  it('does not expect days after stimulation ended, nor after the last study day', () => {
    const halfway = sessions(1, 14, 3)
    expect(adherence({ sessions: halfway, treatmentEnd: 14 })).toMatchObject({ AVAL: 100, NOBS: 14 })
    expect(adherence({ sessions: halfway, lastDay: 14 })).toMatchObject({ AVAL: 100, NOBS: 14 })
    expect(adherence({ sessions: halfway })).toMatchObject({ AVAL: 50, NOBS: 28 })
  })

  it('of a period after stimulation ended has no value: DISCONTINUED', () => {
    const { effects } = deriveSubjects(
      settledOf([{ id: 'P1', sessions: sessions(1, 14, 3), treatmentEnd: 14 }]),
      studyOf(THREE_A_DAY),
      { ...FACTS, periods: 2 },
    )
    for (const code of ['STIMADH', 'STIMMIN', 'STIMCHG']) {
      expect(rowOf(effects, { PARAMCD: code, AVISITN: 2 })).toMatchObject({ AVAL: null, AREASON: 'DISCONTINUED' })
    }
  })

  it('is null where a day of the device log is lost and no diary tells of it', () => {
    const log: SessionRow[] = [...sessions(1, 9, 3), { day: 10, logGap: true }, ...sessions(11, 28, 3)]
    expect(adherence({ sessions: log })).toMatchObject({
      AVAL: null,
      AREASON: 'NOT_EVALUABLE',
      ADH67FL: null,
      NOBS: 27,
    })
    const told: SessionRow[] = [...log, { day: 10, origin: 'diary', delivered: 0 }]
    expect(adherence({ sessions: told }).AVAL).toBeCloseTo((100 * 81) / 84, 12)
  })

  it('takes the device log where diary and log both tell of a day', () => {
    const diary: SessionRow[] = sessions(1, 28, 1, { origin: 'diary', delivered: 3 })
    expect(adherence({ sessions: [...sessions(1, 28, 1), ...diary] }).AVAL).toBeCloseTo(100 / 3, 12)
  })

  it('of a subject without any row of a log is not 0 but null: NOT_EVALUABLE', () => {
    expect(adherence({})).toMatchObject({ AVAL: null, AREASON: 'NOT_EVALUABLE' })
  })

  it('takes the prescription of the day, on days without a row that of the last day before', () => {
    // Days 1 to 14 prescribed 2, the row of day 15 says 4, and so for 14 days: 28 + 56 = 84; delivered 2 x 14 + 4 = 32
    const log = [...sessions(1, 14, 2, { prescribed: 2 }), ...sessions(15, 15, 4, { prescribed: 4 })]
    const recorded = { ...THREE_A_DAY, adherence: {} }
    expect(adherence({ sessions: log }, recorded)).toMatchObject({ AVAL: (100 * 32) / 84, NEVT: 32 })
  })

  it('does not count sessions broken off or shorter than minMinutes', () => {
    const log = [
      ...sessions(1, 28, 1),
      ...sessions(1, 28, 1, { completed: false }),
      ...sessions(1, 28, 1, { minutes: 0.5 }),
    ]
    const options = { ...THREE_A_DAY, adherence: { sessionsPerDay: 3, minMinutes: 1 } }
    expect(adherence({ sessions: log.map((row, i) => ({ ...row, session: i })) }, options)).toMatchObject({ NEVT: 28 })
  })

  it('is not a parameter of a study that knows no prescription', () => {
    const source = sourceOf('stimulation', ['start', 'minutes'])
    const effects = effectsOf({ sessions: [] }, { headache: null, adherence: {}, sources: [source] })
    expect(new Set(rowsOf(effects).map((row) => row.PARAMCD))).toEqual(new Set(['STIMMIN']))
  })

  it('of a diary with one row a day, without a device, is null where a day has no row', () => {
    const source = sourceOf('stimulation', ['date', 'delivered'])
    const reported = sourceOf('stimulation', ['reportedBy']).fields.map((field) => ({
      ...field,
      column: null,
      constant: 'diary',
    }))
    const options = { ...THREE_A_DAY, sources: [{ ...source, fields: [...source.fields, ...reported] }] }
    const diary = sessions(1, 28, 1, { origin: 'diary', delivered: 3 })
    expect(adherence({ sessions: diary }, options).AVAL).toBe(100)
    expect(adherence({ sessions: diary.slice(1) }, options)).toMatchObject({ AVAL: null, AREASON: 'NOT_EVALUABLE' })
  })

  it('lies from 0 to 100, and never falls when a session is added', () => {
    const anyDays = fc.array(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 120 })
    fc.assert(
      fc.property(anyDays, fc.integer({ min: 1, max: 28 }), (days, added) => {
        const log = days.map((day, i) => ({ day, session: i }))
        const before = adherence({ sessions: log }).AVAL as number
        const after = adherence({ sessions: [...log, { day: added, session: 999 }] }).AVAL as number
        expect(before).toBeGreaterThanOrEqual(0)
        expect(after).toBeLessThanOrEqual(100)
        expect(after).toBeGreaterThanOrEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the dose of stimulation', () => {
  const pulses = { current: 2, pulseWidth: 250, frequency: 25 }

  it('is minutes and charge for 28 days, sessions beyond the prescription included', () => {
    // 4 sessions of 2 min on 28 days: 224 min; each 1.5 mC: 168 mC
    const log = sessions(1, 28, 4, { minutes: 2, ...pulses })
    expect(minutes({ sessions: log })).toMatchObject({ AVAL: 224, DTYPE: null, NOBS: 28, NEVT: 224 })
    expect(rowOf(effectsOf({ sessions: log }), { PARAMCD: 'STIMCHG', AVISITN: 1 }).AVAL).toBeCloseTo(168, 9)
  })

  it('of 14 known days is scaled to 28 (PRORATE); of 13 there is none', () => {
    const gaps = (from: number): SessionRow[] => sessions(from, 28, 1, { logGap: true })
    expect(minutes({ sessions: [...sessions(1, 14, 3), ...gaps(15)] })).toMatchObject({ AVAL: 168, DTYPE: 'PRORATE' })
    expect(minutes({ sessions: [...sessions(1, 13, 3), ...gaps(14)] })).toMatchObject({
      AVAL: null,
      AREASON: 'INSUFFICIENT_DAYS',
    })
  })

  it('has no charge on a day with a session whose current is not told', () => {
    const log = [...sessions(1, 20, 1, { minutes: 2, ...pulses }), ...sessions(21, 28, 1, { minutes: 2 })]
    // 20 days of 1.5 mC known: 28 x 30 / 20 = 42
    expect(rowOf(effectsOf({ sessions: log }), { PARAMCD: 'STIMCHG', AVISITN: 1 })).toMatchObject({
      AVAL: expect.closeTo(42, 9),
      NOBS: 20,
    })
  })
})
