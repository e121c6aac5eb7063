import { describe, expect, it } from 'vitest'
import {
  daysOf,
  FACTS,
  FULL_EPISODES,
  FULL_FORM,
  instant,
  type Patient,
  settledOf,
  studyOf,
  TYPICAL,
} from '../records.fixture.ts'
import { explainSubject } from './explain.ts'

const march = instant('2026-03-01T00:00') / 86_400_000

const patient: Patient = {
  id: 'P1',
  dayZero: march,
  lastDay: 25,
  forms: [...daysOf(-28, -1, (day) => ({ headache: day < -26 })), ...daysOf(1, 20, () => ({ headache: false }))],
  episodes: [
    { start: '2026-03-03T08:00', end: '2026-03-03T12:00', severity: 2, features: TYPICAL },
    { start: '2026-03-03T12:00', end: '2026-03-03T20:00', severity: 1 },
    { start: '2026-03-22T08:00', end: '2026-03-22T10:00' },
  ],
}
const study = studyOf({ sources: [FULL_FORM, FULL_EPISODES], headache: { preset: 'any' } })

describe('explainSubject', () => {
  const [found] = explainSubject(settledOf([{ id: 'P0' }, patient]), study, FACTS, 'P1', 'MHD', 1)

  it('shows the row itself and its arithmetic', () => {
    // 20 forms and one day of an episode without a form are 21 observed days; 2 headache days: 28 * 2 / 21
    expect(found?.row).toMatchObject({ NOBS: 21, NEVT: 2, BASE: 2 })
    expect(found?.formula).toContain(`28 * 2 / 21 = ${(28 * 2) / 21}`)
    expect(found?.label).toBe('Weeks 1 to 4')
  })

  it('adds up to the row, day by day', () => {
    const window = found?.windows.find(({ visit }) => visit === 1)
    expect(window?.days).toHaveLength(28)
    expect(window?.days.filter(({ counted }) => counted)).toHaveLength(21)
    expect(window?.days.reduce((sum, { adds }) => sum + adds, 0)).toBe(2)
    expect(found?.windows.map(({ visit }) => visit)).toEqual([0, 1])
  })

  it('names the records of a day: its form and all episodes that were merged', () => {
    const day = found?.windows[1]?.days.find(({ day }) => day === 3)
    expect(day).toMatchObject({ counted: true, adds: 1, diary: [30], episodes: [0, 1] })
  })

  it('says why a day was not counted', () => {
    const days = found?.windows[1]?.days ?? []
    expect(days.find(({ day }) => day === 21)).toMatchObject({ counted: false, why: 'no entry' })
    expect(days.find(({ day }) => day === 26)).toMatchObject({ counted: false, why: 'after the last study day' })
  })

  it('tells a day whose entry came too late from a day without one (R-LATE)', () => {
    const late: Patient = { ...patient, marks: [{ day: 23, kind: 'late.diary' }] }
    const [one] = explainSubject(settledOf([late]), study, FACTS, 'P1', 'MHD', 1)
    const why = (of: number) => one?.windows[1]?.days.find(({ day }) => day === of)?.why
    expect([why(23), why(24)]).toEqual(['no entry in time (late-entry)', 'no entry'])
  })

  it('explains every parameter and visit without failing', () => {
    const settled = settledOf([patient])
    const full = studyOf({ sources: [FULL_FORM, FULL_EPISODES], pain: {} })
    for (const code of ['MMDP', 'SUSR50', 'HSEV', 'MATTDUR', 'DIARYCMP', 'PNAVGW', 'TTRESP', 'AMD']) {
      expect(explainSubject(settled, full, FACTS, 'P1', code).length, code).toBeGreaterThan(0)
    }
    expect(explainSubject(settled, full, FACTS, 'P1', 'NOSUCH')).toEqual([])
    expect(explainSubject(settled, full, FACTS, 'P9', 'MHD')).toEqual([])
  })
})
