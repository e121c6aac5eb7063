import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../../derive.ts'
import { explainSubject } from '../../explain/explain.ts'
import {
  type Cell,
  daysOf,
  FACTS,
  type FormRow,
  FULL_FORM,
  FULL_INTAKES,
  type IntakeRow,
  type Patient,
  rowOf,
  type StudyOptions,
  settledOf,
  studyOf,
} from '../../records.fixture.ts'
import { startOfLongRun } from './long-run.ts'
import { overuseStatus } from './overuse-status.ts'

const SOURCES: StudyOptions = { sources: [FULL_FORM, FULL_INTAKES] }
const SIX_PERIODS = { ...FACTS, periods: 6 }
const HEADACHE = { headache: true, hours: 6, severity: 2, features: ['unilateral', 'pulsating', 'nausea'] as const }

function effect(patient: Patient, code: string, visit: number, options = SOURCES, facts = SIX_PERIODS) {
  const { effects } = deriveSubjects(settledOf([patient]), studyOf(options), facts)
  return rowOf(effects, { PARAMCD: code, AVISITN: visit })
}

const taken = (medicationClass: IntakeRow['class'], days: readonly number[]): IntakeRow[] =>
  days.map((day) => ({ day, class: medicationClass }))
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const observed = (from: number, to: number): FormRow[] => daysOf(from, to, () => ({ headache: false }))

describe('MOSTAT', () => {
  const month = observed(1, 28)

  it('is Y from 10 triptan days on, N with 9', () => {
    expect(effect({ id: 'P1', forms: month, intakes: taken('triptan', range(1, 10)) }, 'MOSTAT', 1)).toMatchObject({
      AVALC: 'Y',
      AVAL: 1,
    })
    expect(effect({ id: 'P1', forms: month, intakes: taken('triptan', range(1, 9)) }, 'MOSTAT', 1)).toMatchObject({
      AVALC: 'N',
      AVAL: 0,
    })
  })

  it('counts paracetamol, ASA and NSAIDs together, from 15 days on', () => {
    const intakes = [...taken('nsaid', range(1, 8)), ...taken('paracetamol', range(9, 15))]
    expect(effect({ id: 'P1', forms: month, intakes }, 'MOSTAT', 1)).toMatchObject({ AVALC: 'Y' })
    // 14 days with simple analgesics alone are one class: no combined rule
    expect(effect({ id: 'P1', forms: month, intakes: intakes.slice(1) }, 'MOSTAT', 1)).toMatchObject({ AVALC: 'N' })
  })

  it('goes by days per 28: 6 triptan days on 14 observed ones are 12, 7 on 21 are 9.33', () => {
    const intakes = taken('triptan', range(1, 6))
    expect(effect({ id: 'P1', forms: observed(1, 14), intakes }, 'MOSTAT', 1)).toMatchObject({ AVALC: 'Y', NOBS: 14 })
    const seven = taken('triptan', range(1, 7))
    expect(effect({ id: 'P1', forms: observed(1, 21), intakes: seven }, 'MOSTAT', 1)).toMatchObject({ AVALC: 'N' })
  })

  it('takes gepants for overused only where the study says so', () => {
    const patient: Patient = { id: 'P1', forms: month, intakes: taken('gepant', range(1, 12)) }
    expect(effect(patient, 'MOSTAT', 1)).toMatchObject({ AVALC: 'N' })
    const other: StudyOptions = { ...SOURCES, headache: { overuseOther: 10 } }
    expect(effect(patient, 'MOSTAT', 1, other)).toMatchObject({ AVALC: 'Y' })
  })

  it('asks under overuseRegular for two intake days in every week with at least five diary days', () => {
    const regular: StudyOptions = { ...SOURCES, headache: { overuseRegular: true } }
    // 7 + 3 + 0 + 0 days: 10 triptan days, but two weeks without
    const early: Patient = { id: 'P1', forms: month, intakes: taken('triptan', range(1, 10)) }
    expect(effect(early, 'MOSTAT', 1)).toMatchObject({ AVALC: 'Y' })
    expect(effect(early, 'MOSTAT', 1, regular)).toMatchObject({ AVALC: 'N' })
    const spread: Patient = { id: 'P1', forms: month, intakes: taken('triptan', [1, 2, 3, 8, 9, 10, 15, 16, 22, 23]) }
    expect(effect(spread, 'MOSTAT', 1, regular)).toMatchObject({ AVALC: 'Y' })
    // a week of four diary days asks for nothing: 10 triptan days on 25 observed ones
    const short: Patient = {
      id: 'P1',
      forms: [...observed(1, 21), ...observed(22, 25)],
      intakes: taken('triptan', [1, 2, 3, 8, 9, 10, 15, 16, 17, 18]),
    }
    expect(effect(short, 'MOSTAT', 1, regular)).toMatchObject({ AVALC: 'Y' })
  })

  it('says nothing about a period with too few days, and says why', () => {
    expect(effect({ id: 'P1', forms: observed(1, 13) }, 'MOSTAT', 1)).toMatchObject({
      AVAL: null,
      AVALC: null,
      AREASON: 'INSUFFICIENT_DAYS',
      NOBS: 13,
    })
    expect(effect({ id: 'P1' }, 'MOSTAT', 0)).toMatchObject({ AREASON: 'NO_BASELINE' })
    expect(effect({ id: 'P1', lastDay: 20, forms: month }, 'MOSTAT', 2)).toMatchObject({ AREASON: 'DISCONTINUED' })
  })

  it('rests on the days of the classes', () => {
    const settled = settledOf([{ id: 'P1', forms: month, intakes: taken('triptan', range(1, 10)) }])
    const [found] = explainSubject(settled, studyOf(SOURCES), FACTS, 'P1', 'MOSTAT', 1)
    expect(found?.restsOn).toContainEqual({ code: 'TRPD', visit: 1 })
  })

  it('never turns better with one intake day more', () => {
    const worse: Record<string, number> = { N: 0, MULTI: 1, Y: 2 }
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 28 })
    const code = fc.constantFrom('triptan' as const, 'nsaid' as const, 'opioid' as const)
    fc.assert(
      fc.property(days, days, fc.integer({ min: 1, max: 28 }), code, fc.boolean(), (one, two, more, added, strict) => {
        const options: StudyOptions = { ...SOURCES, headache: { overuseRegular: strict } }
        const intakes = [...taken('triptan', one), ...taken('nsaid', two)]
        const before = effect({ id: 'P1', forms: month, intakes }, 'MOSTAT', 1, options).AVALC
        const patient: Patient = { id: 'P1', forms: month, intakes: [...intakes, ...taken(added, [more])] }
        const after = effect(patient, 'MOSTAT', 1, options).AVALC
        expect(worse[after as string]).toBeGreaterThanOrEqual(worse[before as string] as number)
      }),
      { numRuns: 60 },
    )
  })
})

describe('overuseStatus', () => {
  it('is MULTI only if two of the classes were taken', () => {
    const none = { days: 0, threshold: 10, regular: true }
    const ten = { days: 10, threshold: 10, regular: true }
    expect(overuseStatus([none], { ...ten, taken: 2 }, 28, false)).toBe('MULTI')
    expect(overuseStatus([none], { ...ten, taken: 1 }, 28, false)).toBe('N')
  })
})

describe('four periods in a row', () => {
  /** 16 migraine days a period with a triptan on each, in the periods named; forms on every day. */
  function chronic(periods: readonly number[], missing: readonly number[] = []): Patient {
    const isIn = (day: number): boolean => periods.includes(Math.ceil(day / 28)) && (day - 1) % 28 < 16
    const forms = daysOf(1, 168, (day) =>
      missing.includes(Math.ceil(day / 28)) ? null : isIn(day) ? HEADACHE : { headache: false },
    )
    return { id: 'P1', forms, intakes: taken('triptan', range(1, 168).filter(isIn)) }
  }
  const answers = (patient: Patient, code: string): Cell[] =>
    range(1, 6).map((visit) => {
      const row = effect(patient, code, visit)
      return (row.AVALC ?? row.AREASON) as Cell
    })
  const unknown = 'NOT_EVALUABLE'

  it('CMPAT needs 15 headache and 8 migraine days', () => {
    expect(answers(chronic([1, 3]), 'CMPAT')).toEqual(['Y', 'N', 'Y', 'N', 'N', 'N'])
    const tension: Patient = {
      id: 'P1',
      forms: daysOf(1, 28, (day) => (day <= 7 ? HEADACHE : { headache: day <= 20, hours: 5 })),
    }
    expect(effect(tension, 'MHD', 1)).toMatchObject({ AVAL: 20 })
    expect(effect(tension, 'CMPAT', 1)).toMatchObject({ AVALC: 'N' })
  })

  it('CMSTAT and MOHCRIT are Y after four periods (112 days), not after three (84), and unknown before', () => {
    for (const code of ['CMSTAT', 'MOHCRIT']) {
      expect(answers(chronic([1, 2, 3, 4, 5]), code)).toEqual([unknown, unknown, unknown, 'Y', 'Y', 'N'])
      expect(answers(chronic([1, 2, 3]), code)).toEqual([unknown, unknown, unknown, 'N', 'N', 'N'])
    }
  })

  it('without four consecutive valid periods there is no answer, not N', () => {
    for (const code of ['CMSTAT', 'MOHCRIT']) {
      const found = answers(chronic([3, 4, 5, 6], [2]), code)
      expect(found).toEqual([unknown, unknown, unknown, 'INSUFFICIENT_DAYS', 'INSUFFICIENT_DAYS', 'Y'])
    }
  })

  it('names the periods it rests on, and its window', () => {
    expect(effect(chronic([1, 2, 3, 4]), 'MOHCRIT', 5)).toMatchObject({ AWLO: 29, AWHI: 140 })
    const [found] = explainSubject(settledOf([chronic([1])]), studyOf(SOURCES), SIX_PERIODS, 'P1', 'MOHCRIT', 4)
    expect(found?.restsOn).toContainEqual({ code: 'MHD', visit: 1 })
    expect(found?.restsOn).toHaveLength(8)
  })

  it('periods of another length are as many as last 112 days; a gap between two breaks the run', () => {
    const span = (visit: number, from: number, to: number) => ({ visit, label: '', from, to, minObserved: 1 })
    const base = span(0, -28, -1)
    // 0..55, 56..111
    expect(startOfLongRun([base, span(1, 0, 55), span(2, 56, 111)], 2)).toBe(1)
    expect(startOfLongRun([base, span(1, 0, 55), span(2, 57, 112)], 2)).toBe(-1)
    expect(startOfLongRun([base, span(1, 0, 27), span(2, 28, 55), span(3, 56, 83)], 3)).toBe(-1)
  })
})
