import { describe, expect, it } from 'vitest'
import { deriveSubjects } from '../derive.ts'
import { FACTS, type Patient, rowsOf, settledOf, sourceOf, studyOf } from '../records.fixture.ts'

const STUDY = studyOf({
  headache: null,
  safety: { followUpDays: 30 },
  sources: [sourceOf('adverse-events', ['term', 'onset']), sourceOf('subjects', ['treatmentStart'])],
})

function safetyOf(patients: readonly Patient[], study = STUDY, facts = FACTS) {
  const { safety } = deriveSubjects(settledOf(patients), study, facts)
  if (safety === undefined) throw new Error('safety is off')
  return { events: rowsOf(safety.events), exposure: rowsOf(safety.exposure) }
}

describe('rows of adverse events', () => {
  it('EX-F4 three headaches of one subject are three events, one of them severe', () => {
    const headache = { term: 'Headache', class: 'Nervous system disorders' }
    const { events } = safetyOf([
      {
        id: 'P1',
        treatmentStart: 1,
        lastDay: 84,
        events: [
          { ...headache, start: 3, severity: 1 },
          { ...headache, start: 10, severity: 3 },
          { ...headache, start: 20, severity: 1 },
        ],
      },
    ])
    expect(events.map(({ AESEQ, ASTDY, AESEV, TRTEMFL }) => [AESEQ, ASTDY, AESEV, TRTEMFL])).toEqual([
      [1, 3, 'MILD', 'Y'],
      [2, 10, 'SEVERE', 'Y'],
      [3, 20, 'MILD', 'Y'],
    ])
  })

  it('count unknown as related, to each thing asked about and to any of them', () => {
    const { events } = safetyOf([
      {
        id: 'P1',
        treatmentStart: 1,
        events: [
          { term: 'a', start: 1, relDevice: 'unknown', relProcedure: 'unrelated' },
          { term: 'b', start: 2, relDevice: 'unrelated', relProcedure: 'unrelated' },
          { term: 'c', start: 3 },
        ],
      },
    ])
    expect(events.map(({ ARELDVFL, ARELPRFL, ARELSTFL, ARELFL }) => [ARELDVFL, ARELPRFL, ARELSTFL, ARELFL])).toEqual([
      ['Y', 'N', null, 'Y'],
      ['N', 'N', null, 'N'],
      [null, null, null, null],
    ])
  })

  it('say what of a date was imputed: the day, the month, or all of it', () => {
    const { events } = safetyOf([
      {
        id: 'P1',
        treatmentStart: 1,
        events: [
          { term: 'a' },
          { term: 'b', start: [-20, 10], end: [5, 10] },
          { term: 'c', start: [50, 400] },
          { term: 'd', start: 60 },
        ],
      },
    ])
    expect(events.map(({ AETERM, ASTDY, ASTDTF, AENDY, AENDTF }) => [AETERM, ASTDY, ASTDTF, AENDY, AENDTF])).toEqual([
      ['a', 1, 'Y', null, null],
      ['b', 1, 'D', 10, 'D'],
      ['c', 50, 'M', null, null],
      ['d', 60, null, null, null],
    ])
  })
})

describe('exposure', () => {
  const ends = (patient: Omit<Patient, 'id'>, facts = FACTS) =>
    safetyOf([{ id: 'P1', treatmentStart: 1, ...patient }], STUDY, facts).exposure[0]

  it('ends with the last stimulation as reported, else the last session, the last study day, the data cut', () => {
    const sessions = [{ day: 1 }, { day: 40 }, { day: 50, logGap: true }]
    const cut = { ...FACTS, cut: 99 }
    expect(ends({ treatmentEnd: 60, sessions, lastDay: 84 }, cut)).toMatchObject({ SAFFL: 'Y', EXFROM: 0, EXTO: 59 })
    expect(ends({ sessions, lastDay: 84 }, cut)).toMatchObject({ EXTO: 39 })
    expect(ends({ lastDay: 84 }, cut)).toMatchObject({ EXTO: 83 })
    expect(ends({}, cut)).toMatchObject({ EXTO: 99 })
    expect(ends({ treatmentEnd: 200 }, cut)).toMatchObject({ EXTO: 99 })
    expect(ends({})).toMatchObject({ EXTO: null })
  })

  it('is none for a subject who was randomised and never treated: outside the safety set', () => {
    const { exposure, events } = safetyOf([{ id: 'P1', lastDay: 84, events: [{ term: 'a', start: 3 }] }])
    expect(exposure).toEqual([{ SAFFL: 'N', EXFROM: null, EXTO: null }])
    expect(events[0]).toMatchObject({ TRTEMFL: 'N', APHASE: null })
  })
})
