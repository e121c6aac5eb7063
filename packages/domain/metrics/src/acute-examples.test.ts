import { describe, expect, it } from 'vitest'
import { deriveSubjects } from './derive.ts'
import { explainSubject } from './explain/explain.ts'
import {
  type AttackRow,
  type Cell,
  FACTS,
  FULL_ATTACKS,
  FULL_EPISODES,
  FULL_FOLLOW_UPS,
  FULL_FORM,
  FULL_INTAKES,
  instant,
  type Patient,
  rowsOf,
  type StudyOptions,
  settledOf,
  studyOf,
} from './records.fixture.ts'

const march = instant('2026-03-01T00:00') / 86_400_000
const T0 = '2026-03-02T10:00'
const WINDOWS = { '30': 10, '60': 15, '120': 30 }
const STANDARD = { preset: 'standard', minPain: 2, windows: WINDOWS } as const
const SOURCES = [FULL_ATTACKS, FULL_FOLLOW_UPS, FULL_FORM, FULL_EPISODES, FULL_INTAKES]

const acuteStudy = (options: StudyOptions = {}) =>
  studyOf({ headache: null, acute: STANDARD, sources: SOURCES, ...options })

/** AVALC of every parameter of attack n, else the reason; of subjects without a cut. */
function answersOf(patient: Omit<Patient, 'id'>, options: StudyOptions = {}, attack = 1): Record<string, Cell> {
  const settled = settledOf([{ id: 'P1', dayZero: march, ...patient }])
  const { effects } = deriveSubjects(settled, acuteStudy(options), { ...FACTS, attacks: 9 })
  const rows = rowsOf(effects).filter((row) => row.AVISITN === attack || row.AVISITN === 99)
  return Object.fromEntries(rows.map((row) => [row.PARAMCD as string, row.AVALC ?? row.AREASON ?? null]))
}

const one = (attack: Omit<AttackRow, 't0'>, more: Omit<Patient, 'id' | 'attacks'> = {}) => ({
  attacks: [{ t0: T0, ...attack }],
  ...more,
})
const OC = { responders: { missing: 'OC' } } as const

describe('examples of endpoints.md section 4', () => {
  it('EX-A1 pain 0 at 118 min, mild headache at 20 h: free and relieved at 2 h, not sustained, a relapse', () => {
    expect(answersOf(one({ pain: 2, readings: { 118: 0 }, headaches: [1200] }))).toMatchObject({
      PF2H: 'Y',
      PR2H: 'Y',
      SPF24: 'N',
      RELAP48: 'Y',
    })
  })

  it('EX-A2 rescue at 95 min, pain 0 at 120: neither free nor relieved', () => {
    expect(answersOf(one({ pain: 2, readings: { 120: 0 }, rescues: [95] }))).toMatchObject({ PF2H: 'N', PR2H: 'N' })
  })

  it('EX-A3 pain 1 and rescue at 120: relieved, not free, not sustained', () => {
    expect(answersOf(one({ pain: 2, readings: { 120: 1 }, rescues: [120] }))).toMatchObject({
      PF2H: 'N',
      PR2H: 'Y',
      SPF24: 'N',
    })
  })

  it('EX-A4 the only reading near 2 h at 141 min is used, one at 155 min is not: N under NRI', () => {
    expect(answersOf(one({ pain: 2, readings: { 141: 0 } }))).toMatchObject({ PF2H: 'Y' })
    expect(answersOf(one({ pain: 2, readings: { 155: 0 } }))).toMatchObject({ PF2H: 'N' })
    expect(answersOf(one({ pain: 2, readings: { 155: 0 } }), OC)).toMatchObject({ PF2H: 'MISSING_ITEMS' })
  })

  it('EX-A5 YNY / N / YY: at least half of the attacks free in 2 of 3 subjects', () => {
    const attacks = (answers: string): AttackRow[] =>
      [...answers].map((yes, k) => ({ t0: `2026-03-0${k + 2}T10:00`, pain: 2, readings: { 120: yes === 'Y' ? 0 : 1 } }))
    const patients = ['YNY', 'N', 'YY'].map((answers, k) => ({
      id: `P${k}`,
      dayZero: march,
      attacks: attacks(answers),
    }))
    const { effects } = deriveSubjects(settledOf(patients), acuteStudy(), { ...FACTS, attacks: 3 })
    const rows = rowsOf(effects)
    expect(rows.filter(({ PARAMCD }) => PARAMCD === 'PF2H').map(({ AVALC }) => AVALC)).toEqual([...'YNYNYY'])
    // 2 of 3, 0 of 1, 2 of 2
    const consistent = rows.filter(({ PARAMCD }) => PARAMCD === 'PF50ATT')
    const half = [
      { t0: T0, pain: 2, readings: { 120: 0 } },
      { t0: '2026-03-09T10:00', pain: 2, readings: { 120: 1 } },
    ]
    expect(answersOf({ attacks: half })).toMatchObject({ PF50ATT: 'Y' })
    expect(consistent.map(({ AVALC, NOBS, NEVT }) => [AVALC, NOBS, NEVT])).toEqual([
      ['Y', 3, 2],
      ['N', 1, 0],
      ['Y', 2, 2],
    ])
  })
})

describe('readings of an attack', () => {
  const pf2h = (readings: AttackRow['readings']) => answersOf(one({ pain: 2, readings }), OC).PF2H

  it('count from 90 to 150 min, limits included', () => {
    expect([89, 90, 150, 151].map((at) => pf2h({ [at]: 0 }))).toEqual(['MISSING_ITEMS', 'Y', 'Y', 'MISSING_ITEMS'])
  })

  it('the nearest counts, of two equally near the later', () => {
    expect(pf2h({ 100: 0, 125: 1 })).toBe('N')
    expect(pf2h({ 110: 1, 130: 0 })).toBe('Y')
    expect(pf2h({ 110: 0, 130: 1 })).toBe('N')
  })

  it('have windows of their own at 30 and 60 min: 20 to 40 and 45 to 75', () => {
    expect(answersOf(one({ pain: 2, readings: { 40: 0, 45: 1, 120: 0 } }))).toMatchObject({ PF30: 'Y', PF60: 'N' })
    expect(answersOf(one({ pain: 2, readings: { 19: 0, 76: 0, 120: 0 } }), OC)).toMatchObject({
      PF30: 'MISSING_ITEMS',
      PF60: 'MISSING_ITEMS',
    })
  })

  it('of symptoms alone are no reading of pain', () => {
    const symptoms = { 120: { features: [] } } as const
    expect(answersOf(one({ pain: 2, mbs: 'nausea', readings: symptoms }), OC)).toMatchObject({
      PF2H: 'MISSING_ITEMS',
      MBSF2H: 'Y',
    })
  })
})

describe('attacks that are not evaluated', () => {
  it('are those of mild pain, unless early treatment is instructed; pain at t0 missing: MISSING_ITEMS, under NRI too', () => {
    const mild = one({ pain: 1, readings: { 120: 0 } })
    expect(answersOf(mild)).toMatchObject({ PF2H: 'NOT_EVALUABLE', RESC24: 'NOT_EVALUABLE', PF50ATT: 'NOT_EVALUABLE' })
    expect(answersOf(mild, { acute: { ...STANDARD, preset: 'early', minPain: 1 } })).toMatchObject({ PF2H: 'Y' })
    expect(answersOf(one({ readings: { 120: 0 } }))).toMatchObject({ PF2H: 'MISSING_ITEMS', SPF24: 'MISSING_ITEMS' })
  })

  it('relief from mild pain is freedom', () => {
    const early = { acute: { ...STANDARD, preset: 'early', minPain: 1 } } as const
    expect(answersOf(one({ pain: 1, readings: { 120: 1 } }), early)).toMatchObject({ PR2H: 'N', IMP1P: 'N' })
    expect(answersOf(one({ pain: 1, readings: { 120: 0 } }), early)).toMatchObject({ PR2H: 'Y', IMP1P: 'Y' })
  })
})

describe('rescue', () => {
  const rescue = (minutes: number) => answersOf(one({ pain: 3, readings: { 120: 0, 1440: 0 }, rescues: [minutes] }))

  it('at t0 itself is the treatment; at exactly 2 h it spoils sustained freedom alone', () => {
    expect(rescue(0)).toMatchObject({ PF2H: 'Y', SPF24: 'Y', RESC24: 'N' })
    expect(rescue(119)).toMatchObject({ PF2H: 'N', PR2H: 'N', SPF24: 'N', RESC24: 'Y' })
    expect(rescue(120)).toMatchObject({ PF2H: 'Y', PR2H: 'Y', SPF24: 'N', RESC24: 'Y' })
    expect(rescue(121)).toMatchObject({ PF2H: 'Y', SPF24: 'N', RESC24: 'Y' })
  })

  it('at 24 h counts for 24 h, after it no more', () => {
    expect(rescue(1440)).toMatchObject({ SPF24: 'N', RESC24: 'Y' })
    expect(rescue(1441)).toMatchObject({ SPF24: 'Y', RESC24: 'N' })
  })

  it('before 2 h decides without a reading, under OC too', () => {
    expect(answersOf(one({ pain: 2, rescues: [60] }), OC)).toMatchObject({ PF2H: 'N', IMP1P: 'MISSING_ITEMS' })
  })

  it('may be an intake with its time, not a device, nothing taken for something else, nothing without a time', () => {
    const intake = (given: Partial<NonNullable<Patient['intakes']>[number]>) =>
      answersOf(
        one(
          { pain: 2, readings: { 120: 0 } },
          { intakes: [{ day: 2, class: 'nsaid', taken: `2026-03-02T11:00`, ...given }] },
        ),
      ).PF2H
    expect(intake({})).toBe('N')
    expect(intake({ class: 'device' })).toBe('Y')
    expect(intake({ forHeadache: false })).toBe('Y')
    expect(intake({ taken: undefined })).toBe('Y')
    expect(intake({ taken: '2026-03-02T09:59' })).toBe('Y')
    expect(intake({ taken: T0 })).toBe('Y')
  })
})

describe('the most bothersome symptom', () => {
  const mbs = (features: AttackRow['features'], at2h: NonNullable<AttackRow['features']>) =>
    answersOf(one({ pain: 2, mbs: 'photophobia', features, readings: { 120: { pain: 0, features: at2h } } })).MBSF2H

  it('was there at t0 and is gone at 2 h', () => {
    expect(mbs(['photophobia'], ['nausea'])).toBe('Y')
    expect(mbs(['photophobia'], ['photophobia'])).toBe('N')
  })

  it('that was not there at t0 has no answer; where t0 was not asked, naming it says it was there', () => {
    expect(mbs(['nausea'], [])).toBe('NOT_EVALUABLE')
    expect(mbs(undefined, [])).toBe('Y')
  })

  it('of an attack without pain at t0 lacks an item first, whatever the symptom (R-NOPOST)', () => {
    expect(answersOf(one({ mbs: 'photophobia', features: ['nausea'], readings: { 120: 0 } })).MBSF2H).toBe(
      'MISSING_ITEMS',
    )
  })

  it('is not free after a rescue, nor where the reading does not ask for it (NRI)', () => {
    const attack = { pain: 2, mbs: 'nausea', features: ['nausea'] } as const
    expect(answersOf(one({ ...attack, readings: { 120: { features: [] } }, rescues: [90] })).MBSF2H).toBe('N')
    expect(answersOf(one({ ...attack, readings: { 120: 0 } })).MBSF2H).toBe('N')
    expect(answersOf(one({ ...attack, readings: { 120: 0 } }), OC).MBSF2H).toBe('MISSING_ITEMS')
    expect(answersOf(one({ pain: 2, readings: { 120: 0 } })).MBSF2H).toBe('MISSING_ITEMS')
  })
})

describe('sustained freedom and relapse', () => {
  const free = { pain: 2, readings: { 120: 0 } } as const

  it('need a later look: null without one, under NRI too', () => {
    expect(answersOf(one(free))).toMatchObject({
      SPF24: 'MISSING_ITEMS',
      SPF48: 'MISSING_ITEMS',
      RELAP48: 'MISSING_ITEMS',
    })
    expect(answersOf(one({ pain: 2, readings: { 120: 0, 1439: 0 } })).SPF24).toBe('MISSING_ITEMS')
    expect(answersOf(one({ pain: 2, readings: { 120: 0, 1440: 0 } }))).toMatchObject({
      SPF24: 'Y',
      SPF48: 'MISSING_ITEMS',
    })
    expect(answersOf(one({ pain: 2, readings: { 120: 0, 2880: 0 } }))).toMatchObject({
      SPF24: 'Y',
      SPF48: 'Y',
      RELAP48: 'N',
    })
  })

  it('PF2H = N is N without one, and has no relapse', () => {
    expect(answersOf(one({ pain: 2, readings: { 120: 1 } }))).toMatchObject({ SPF24: 'N', RELAP48: 'NOT_EVALUABLE' })
  })

  it('a second dose ends sustained freedom, and is no relapse', () => {
    expect(answersOf(one({ pain: 2, readings: { 120: 0, 2880: 0 }, doses: [180] }))).toMatchObject({
      SPF24: 'N',
      RELAP48: 'N',
    })
  })

  it('pain at a later reading, an episode and a later attack are headaches', () => {
    expect(answersOf(one({ pain: 2, readings: { 120: 0, 1440: 1 } }))).toMatchObject({ SPF24: 'N', RELAP48: 'Y' })
    const episode = (start: string, end?: string, severity = 1) =>
      answersOf(one(free, { episodes: [{ start, ...(end === undefined ? {} : { end }), severity }] })).SPF24
    expect(episode('2026-03-02T20:00')).toBe('N')
    expect(episode('2026-03-02T20:00', undefined, 0)).toBe('MISSING_ITEMS')
    // Its own episode: over at 2 h, or within the time in which the reading is sought; or it went on.
    expect(episode('2026-03-02T09:00', '2026-03-02T12:30')).toBe('MISSING_ITEMS')
    expect(episode('2026-03-02T09:00', '2026-03-02T12:31')).toBe('N')
    const painless = {
      attacks: [
        { t0: T0, ...free },
        { t0: '2026-03-02T20:00', pain: 0 },
      ],
    }
    expect(answersOf(painless).SPF24).toBe('MISSING_ITEMS')
    const two = {
      attacks: [
        { t0: T0, ...free },
        { t0: '2026-03-03T20:00', pain: 2 },
      ],
    }
    expect(answersOf(two)).toMatchObject({ SPF24: 'MISSING_ITEMS', SPF48: 'N', RELAP48: 'Y' })
  })

  it('pain that another attack records is a headache, whichever attack the reading belongs to', () => {
    const again = (t0: string, readings: NonNullable<AttackRow['readings']>, pain: number) =>
      answersOf({
        attacks: [
          { t0: T0, pain: 2, readings: { 100: 0, 2880: 0 } },
          { t0, pain, readings },
        ],
      })
    // Treated again at 110 min: 110 + 120 = 230 min is after 2 h, 110 + 10 = 120 min is not.
    expect(again('2026-03-02T11:50', { 120: 1 }, 2)).toMatchObject({ PF2H: 'Y', SPF24: 'N', RELAP48: 'Y' })
    expect(again('2026-03-02T11:50', { 10: 1 }, 2)).toMatchObject({ SPF24: 'Y', RELAP48: 'N' })
    // Painless at 10 h: 600 + 840 = 1440 min is 24 h; a minute later is outside 24 h and inside 48 h.
    expect(again('2026-03-02T20:00', { 840: 1 }, 0)).toMatchObject({ SPF24: 'N', SPF48: 'N' })
    expect(again('2026-03-02T20:00', { 841: 1 }, 0)).toMatchObject({ SPF24: 'Y', SPF48: 'N', RELAP48: 'Y' })
  })

  describe('with daily forms', () => {
    // t0 on study day 2, 10:00: 24 h end on day 3, 48 h on day 4.
    const forms = (...given: [number, boolean][]) =>
      answersOf(one(free, { forms: given.map(([day, headache]) => ({ day, headache })) }))

    it('a form for a date that ends later is the look', () => {
      expect(forms([2, true])).toMatchObject({ SPF24: 'MISSING_ITEMS' })
      expect(forms([3, false])).toMatchObject({ SPF24: 'Y', SPF48: 'MISSING_ITEMS' })
      expect(forms([2, true], [3, false], [4, false])).toMatchObject({ SPF24: 'Y', SPF48: 'Y', RELAP48: 'N' })
    })

    it('a headache on a whole date inside is one; on a date partly inside nobody knows', () => {
      expect(forms([3, true])).toMatchObject({ SPF24: 'MISSING_ITEMS', SPF48: 'N', RELAP48: 'Y' })
      expect(forms([3, false], [4, true])).toMatchObject({ SPF24: 'Y', SPF48: 'MISSING_ITEMS' })
    })

    it('a date that ends exactly at 24 h (48 h) lies inside, and is no later look', () => {
      const midnight = { t0: '2026-03-02T00:00', ...free }
      const at = (forms: Patient['forms']) => answersOf({ attacks: [midnight], forms })
      expect(at([{ day: 2, headache: true }])).toMatchObject({ SPF24: 'MISSING_ITEMS' })
      expect(at([{ day: 3, headache: true }])).toMatchObject({ SPF48: 'N', RELAP48: 'Y' })
      expect(at([{ day: 3, headache: false }])).toMatchObject({ SPF24: 'Y', SPF48: 'MISSING_ITEMS' })
    })

    it('headache on the next date is the attack itself where its two hours reach into it', () => {
      const late = { attacks: [{ t0: '2026-03-02T23:00', ...free }] }
      const forms = [3, 4, 5].map((day) => ({ day, headache: day === 3 }))
      expect(answersOf({ ...late, forms })).toMatchObject({ SPF24: 'Y', SPF48: 'Y' })
    })

    it('a form gives way to a record of that date that tells the time (R-FORM)', () => {
      const at30h = one({ ...free, headaches: [1800] }, { forms: [{ day: 3, headache: true }] })
      expect(answersOf(at30h)).toMatchObject({ SPF24: 'Y', SPF48: 'N' })
    })
  })
})

describe('attacks near the data cut', () => {
  const at = (cut: number) => {
    const settled = settledOf([
      { id: 'P1', dayZero: march, attacks: [{ t0: T0, pain: 2, readings: { 120: 0, 2880: 0 } }] },
    ])
    const { effects } = deriveSubjects(settled, acuteStudy(), { ...FACTS, attacks: 1, cut: march + cut })
    const rows = rowsOf(effects).filter(({ AVISITN }) => AVISITN === 1)
    return Object.fromEntries(rows.map((row) => [row.PARAMCD, row.AVALC ?? `${row.AREASON} ${row.PROVFL}`]))
  }

  it('have no answer until their window is over for lateHours (48): 2 March is 1, 24 h end on 3, 48 h on 4 March', () => {
    expect(at(2)).toMatchObject({ PF2H: 'NOT_REACHED Y', SPF24: 'NOT_REACHED Y' })
    expect(at(3)).toMatchObject({ PF2H: 'Y', SPF24: 'NOT_REACHED Y', RESC24: 'NOT_REACHED Y' })
    expect(at(4)).toMatchObject({ PF2H: 'Y', SPF24: 'Y', SPF48: 'NOT_REACHED Y', RELAP48: 'NOT_REACHED Y' })
    expect(at(5)).toMatchObject({ SPF48: 'Y', RELAP48: 'N' })
  })

  it('are DISCONTINUED for a window that begins after the last study day', () => {
    const attacks = (t0: string) => ({ attacks: [{ t0, pain: 2, readings: { 120: 0, 1440: 0 } }], lastDay: 2 })
    expect(answersOf(attacks('2026-03-02T21:59'))).toMatchObject({ PF2H: 'Y', SPF24: 'Y' })
    expect(answersOf(attacks('2026-03-02T22:30'))).toMatchObject({ PF2H: 'Y', SPF24: 'DISCONTINUED' })
  })
})

describe('rows of attacks', () => {
  const patients: Patient[] = [
    { id: 'P1', dayZero: march },
    {
      id: 'P2',
      dayZero: march,
      attacks: [
        { t0: '2026-03-09T10:00+01:00', pain: 2, readings: { 120: 1 } },
        { t0: '2026-03-05T23:30+01:00', pain: 2 },
        { t0: '2026-02-28T23:30+00:00', pain: 2, readings: { 120: 0 } },
        { t0: '2026-02-28T23:30-01:00', pain: 2, readings: { 120: 0 } },
        { t0: '2026-03-01T00:10+01:00', pain: 2, readings: { 120: 0 } },
      ],
    },
  ]
  const { effects } = deriveSubjects(settledOf(patients), acuteStudy(), { ...FACTS, attacks: 3 })
  const rows = rowsOf(effects)

  it('count attacks by t0 from study day 1 on, on the day of t0', () => {
    const pf2h = rows.filter(({ PARAMCD }) => PARAMCD === 'PF2H')
    expect(pf2h.map(({ SUBJECT, AVISITN, ADY, AVALC, DTYPE }) => [SUBJECT, AVISITN, ADY, AVALC, DTYPE])).toEqual([
      [1, 1, 1, 'Y', null],
      [1, 2, 5, 'N', 'NRI'],
      [1, 3, 9, 'N', null],
    ])
  })

  it('a subject without an attack has its row of PF50ATT alone', () => {
    expect(rows.filter(({ SUBJECT }) => SUBJECT === 0).map(({ PARAMCD, AREASON }) => [PARAMCD, AREASON])).toEqual([
      ['PF50ATT', 'NOT_EVALUABLE'],
    ])
  })

  it('tell what they were made of, and what was looked at and left', () => {
    const settled = settledOf([
      { id: 'P1', dayZero: march, attacks: [{ t0: T0, pain: 2, readings: { 30: 1, 119: 0, 141: 1 } }] },
    ])
    const [found] = explainSubject(settled, acuteStudy(), { ...FACTS, attacks: 1 }, 'P1', 'PF2H', 1)
    expect(found?.records).toEqual([
      { table: 'attacks', row: 0, counted: true, note: 'pain 2 at t0' },
      { table: 'followUps', row: 1, counted: true, note: 'pain 0 at 119 min' },
      { table: 'followUps', row: 2, counted: false, note: '141 min: another reading is nearer' },
    ])
  })
})
