import { INSTRUMENTS } from '@afferent/instruments'
import { standardAnalyte } from '@afferent/study'
import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../derive.ts'
import {
  daysOf,
  FACTS,
  FULL_ANSWERS,
  FULL_ATTACKS,
  FULL_EPISODES,
  FULL_FOLLOW_UPS,
  FULL_FORM,
  FULL_INTAKES,
  FULL_SESSIONS,
  type Patient,
  questionnairesOf,
  rowsOf,
  settledOf,
  sourceOf,
  studyOf,
} from '../records.fixture.ts'
import { CATALOGUE } from './catalogue.ts'
import { parametersOf } from './parameters.ts'
import { visitsOf } from './visits.ts'

/** A study of every family whose exports hold every field. */
const everything = studyOf({
  pain: { kinds: ['avg', 'worst', 'least', 'now'], daily: true },
  acute: { preset: 'standard', minPain: 2, windows: { '30': 10, '60': 15, '120': 30 } },
  cluster: { preset: 'weekly' },
  individual: {
    parameters: ['MMD'],
    series: ['PNAVG'],
    reliableChange: { MMD: { sd: 3, r: 0.8, source: 'hand-made' } },
    randomisation: { minBaseline: 14, minTreatment: 14 },
  },
  adherence: {},
  sources: [FULL_FORM, FULL_EPISODES, FULL_INTAKES, FULL_SESSIONS, FULL_ATTACKS, FULL_FOLLOW_UPS, FULL_ANSWERS],
  questionnaires: questionnairesOf(
    ...INSTRUMENTS.map(({ code, scores }) => ({
      code,
      scores: scores.map((score) => score.code),
      ...(code === 'PGIC' ? { choices: { orientation: '1best' } } : {}),
    })),
  ),
  mood: { scale: 'PHQ9', pain: 'MMD', painCut: 50 },
  fibromyalgia: {
    pain: 'PNAVGM',
    function: 'FIQRF',
    sleep: 'ISI',
    fatigue: null,
    depression: 'PHQ9',
    anxiety: null,
    cognition: null,
    tenderness: null,
    global: null,
  },
  laboratory: {
    blq: 'sqrt2',
    analytes: ['CRP', 'IL1B', 'IL6', 'NE', 'SEROT', 'TNFA'].flatMap((code) => standardAnalyte(code) ?? []),
  },
  autonomic: { preset: 'standard', stimulation: ['off', 'on'] },
})
/** Who rates pain on every day of the windows, and treated an attack: only these have rows of daily pain and of attacks. */
const PATIENT: Patient = {
  id: 'P1',
  forms: daysOf(-28, 84, () => ({ headache: false, avg: 5, worst: 7, least: 2, now: 4 })),
  attacks: [{ t0: '1970-01-01T10:00' }],
}
const facts = { ...FACTS, attacks: 1 }
const codesIn = (study = everything): Set<unknown> => {
  const { effects, events } = deriveSubjects(settledOf([PATIENT]), study, facts)
  return new Set([...rowsOf(effects), ...rowsOf(events)].map((row) => row.PARAMCD))
}

describe('the catalogue', () => {
  it('holds every code that comes out, and every code of it comes out', () => {
    expect([...codesIn()].sort()).toEqual(CATALOGUE.map(({ code }) => code))
    expect(parametersOf(everything, facts).map(({ code }) => code)).toEqual(CATALOGUE.map(({ code }) => code))
  })

  it('has codes of at most 8 letters and digits, in byte order, each once', () => {
    const codes = CATALOGUE.map(({ code }) => code)
    for (const code of codes) expect(code).toMatch(/^[A-Z][A-Z0-9]{0,7}$/)
    expect([...new Set(codes)].sort()).toEqual(codes)
  })

  it('says of every parameter what it is and where that stands, in at most 200 bytes', () => {
    for (const parameter of parametersOf(everything, facts)) {
      for (const text of [parameter.label, parameter.method, parameter.source, parameter.category]) {
        expect(text.length, parameter.code).toBeGreaterThan(0)
        expect(text.length, parameter.code).toBeLessThanOrEqual(200)
      }
      expect(parameter.definition.length, parameter.code).toBeGreaterThan(20)
    }
  })

  it('names a visit for every row, and only visits that can come out', () => {
    const { effects } = deriveSubjects(settledOf([PATIENT]), everything, facts)
    const written = new Set(rowsOf(effects).map((row) => `${row.PARAMCD} ${row.AVISITN}`))
    const named = new Set(visitsOf(everything, facts).map(({ parameter, visit }) => `${parameter} ${visit}`))
    expect([...written].sort()).toEqual([...named].sort())
  })

  it('leaves out what nobody records, and keeps as MISSING_ITEMS what no field can meet', () => {
    // Headache yes or no is all there is: only day counts under preset any have a meaning (R-FORM).
    const bare = studyOf({ headache: { preset: 'any' }, sources: [sourceOf('daily', ['studyDay', 'headache'])] })
    const { effects } = deriveSubjects(
      settledOf([{ id: 'P1', forms: Array.from({ length: 28 }, (_, i) => ({ day: i + 1, headache: i < 7 })) }]),
      bare,
      FACTS,
    )
    const first = rowsOf(effects).filter((row) => row.AVISITN === 1)
    const byCode = Object.fromEntries(first.map((row) => [row.PARAMCD, row.AVAL ?? row.AREASON]))
    expect(byCode).toEqual({
      CMPAT: 'MISSING_ITEMS',
      CMSTAT: 'MISSING_ITEMS',
      DIARYCMP: 100,
      DIARYOBS: 28,
      HFD: 21,
      MATT: 'MISSING_ITEMS',
      MHD: 7,
      MMD: 'MISSING_ITEMS',
      MSHD: 'MISSING_ITEMS',
      NMHD: 'MISSING_ITEMS',
      SEVHD: 'MISSING_ITEMS',
      WORSE: 'MISSING_ITEMS',
    })
  })

  it('makes headache days null under ihs-4h when no field holds a duration', () => {
    const study = studyOf({ sources: [sourceOf('daily', ['studyDay', 'headache', 'triptan'])] })
    const { effects } = deriveSubjects(settledOf([{ id: 'P1' }]), study, FACTS)
    const rows = rowsOf(effects).filter((row) => row.PARAMCD === 'MHD')
    expect(new Set(rows.map((row) => row.AREASON))).toEqual(new Set(['MISSING_ITEMS']))
  })

  it('writes the presets into METHOD', () => {
    const method = parametersOf(everything, facts).find(({ code }) => code === 'MMD')?.method
    expect(method).toBe(
      'ihs-4h; duration per episode; features per episode; period prorate14; baseline >= 20 days; NRI; zero baseline exclude',
    )
  })
})
