import { openCompute } from '@afferent/compute'
import { createLook, createPerform, type Ports } from '@afferent/pipeline'
import { digest } from '@afferent/runtime'
import { memoryVault } from '@afferent/vault'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, answerOf, givenText, type Row } from '../testkit/analyze.ts'

/** Adherence, adverse events and blinding from the files to the tables (endpoints.md section 11). */
const STUDY = `
study: stim
preset: headache-diary
timezone: none
arms: { A: nVNS, S: { name: Sham, reference: true } }
adherence: { sessionsPerDay: 3, sessionMinutes: 2 }
periods: { count: 1 }
dataCut: 2026-06-30
sources:
  - files: 'subjects*.csv'
    layout: subjects
    columns: { subject: id, arm: arm, treated: got, guess: guess, treatmentStart: start, treatmentEnd: stop, lastDay: last }
  - files: 'log*.csv'
    layout: stimulation
    columns: { subject: id, start: start }
  - files: 'ae*.csv'
    layout: adverse-events
    columns: { subject: id, eventNumber: no, onset: from, resolved: to, term: term, organClass: soc, eventSeverity: sev,
      serious: ser, relDevice: rel }
`
const SUBJECTS = 'id,arm,got,guess,start,stop,last'
const LOG = 'id,start'
const AE = 'id,no,from,to,term,soc,sev,ser,rel'
const file = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`

interface Export {
  readonly subjects: readonly string[]
  readonly log?: readonly string[]
  readonly events?: readonly string[]
}

const analyse = (
  { subjects, log = [`${nameOf(subjects[0])},2026-03-02T08:00`], events }: Export,
  threads = 1,
): Promise<Answer> =>
  answerOf(
    STUDY,
    [
      givenText('subjects.csv', file(SUBJECTS, subjects)),
      givenText('log.csv', file(LOG, log)),
      ...(events === undefined ? [] : [givenText('ae.csv', file(AE, events))]),
    ],
    threads,
  )

const nameOf = (row = ''): string => row.split(',')[0] as string

function cohortRow(answer: Answer, keys: Readonly<Record<string, string>>): Row {
  const all = { ARM: '', REFARM: '', SUBGRP: '', ...keys }
  const found = answer.rows('cohort').filter((row) => Object.entries(all).every(([name, value]) => row[name] === value))
  if (found.length !== 1) throw new Error(`${found.length} rows hold ${JSON.stringify(all)}`)
  return found[0] as Row
}

const number = (row: Row | undefined, name: string): number => Number(row?.[name])

/** 2 March is day 1; 28 days. */
const dayOf = (day: number): string => new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10)

describe('adherence to stimulation', () => {
  it('EX-F2 of 62 logged sessions with 3 a day prescribed is 73.81 %: 67 % Y, 80 % N', async () => {
    const log = Array.from({ length: 62 }, (_, i) => `P1,${dayOf(1 + Math.floor(i / 3))}T${10 + (i % 3)}:00`)
    const answer = await analyse({ subjects: ['P1,A,,,2026-03-02,,2026-03-29'], log })
    const [row] = answer.rows('adeff').filter(({ PARAMCD }) => PARAMCD === 'STIMADH')
    expect(number(row, 'AVAL')).toBeCloseTo(73.80952380952381, 10)
    expect(row).toMatchObject({ AVISITN: '1', ADH66FL: 'Y', ADH67FL: 'Y', ADH80FL: 'N', NEVT: '62', NOBS: '28' })
    // 62 sessions of 2 min, nominal
    const [dose] = answer.rows('adeff').filter(({ PARAMCD }) => PARAMCD === 'STIMMIN')
    expect(number(dose, 'AVAL')).toBe(124)
    expect(cohortRow(answer, { PARAMCD: 'STIMADH', STAT: 'ADH67' })).toMatchObject({ NUMER: '1', DENOM: '1' })
  })
})

describe('adverse events', () => {
  const two = ['P1,A,,,2026-03-02,2026-05-24,2026-05-24', 'P2,A,,,2026-03-02,2026-05-24,2026-05-24']
  const headaches = [
    'P1,1,2026-03-05,2026-03-05,Headache,Nervous system disorders,mild,N,possible',
    'P1,2,2026-03-11,2026-03-12,Headache,Nervous system disorders,severe,N,possible',
    'P1,3,2026-04-01,,Headache,Nervous system disorders,mild,N,unrelated',
  ]

  it('EX-F4 two mild and one severe headache of a subject: incidence counts 1, severity severe, events 3', async () => {
    const answer = await analyse({ subjects: two, events: headaches })
    expect(answer.rows('adae').map(({ AESEQ, AESEV, TRTEMFL }) => [AESEQ, AESEV, TRTEMFL])).toEqual([
      ['1', 'MILD', 'Y'],
      ['2', 'SEVERE', 'Y'],
      ['3', 'MILD', 'Y'],
    ])
    const headache = { SUBGRP: 'AETERM', SUBGLVL: 'Headache' }
    expect(cohortRow(answer, { ANALYSIS: 'AEINC', ...headache })).toMatchObject({
      NUMER: '1',
      DENOM: '2',
      ESTIMATE: '0.5',
    })
    const severe = { ANALYSIS: 'AEINC', SUBGRP: 'AETERM/AESEV', SUBGLVL: 'Headache/SEVERE' }
    expect(cohortRow(answer, severe)).toMatchObject({ NUMER: '1', DENOM: '2' })
    expect(cohortRow(answer, { ...severe, SUBGLVL: 'Headache/MILD' }).NUMER).toBe('0')
    expect(cohortRow(answer, { ANALYSIS: 'AEINC', SUBGRP: 'AESEV', SUBGLVL: 'MILD' }).NUMER).toBe('0')
    expect(cohortRow(answer, { ANALYSIS: 'EAER', STAT: 'RATE', ...headache }).NUMER).toBe('3')
    const classwise = { SUBGRP: 'AEBODSYS', SUBGLVL: 'Nervous system disorders' }
    expect(cohortRow(answer, { ANALYSIS: 'AEINC', ...classwise }).NUMER).toBe('1')
  })

  it('are related rate by exposure: 84 days each, the first event on day 4', async () => {
    const answer = await analyse({ subjects: two, events: headaches })
    // EAIR: 1 subject in 4 + 84 days; EAER: 3 events in 168 days; exact limits of 1 event 0.0253 to 5.5716
    const incidence = cohortRow(answer, { ANALYSIS: 'EAIR', STAT: 'RATE' })
    expect(number(incidence, 'ESTIMATE')).toBeCloseTo((100 * 365.25) / 88, 9)
    expect(number(incidence, 'UPPER') / number(incidence, 'ESTIMATE')).toBeCloseTo(5.5716, 3)
    expect(number(cohortRow(answer, { ANALYSIS: 'EAER', STAT: 'RATE' }), 'ESTIMATE')).toBeCloseTo(
      (300 * 365.25) / 168,
      9,
    )
    expect(number(cohortRow(answer, { ANALYSIS: 'EAER', STAT: 'PYEARS' }), 'ESTIMATE')).toBeCloseTo(168 / 365.25, 12)
  })

  it('of the arm treated in, not of that allocated; a subject never treated is in no set', async () => {
    const subjects = ['P1,S,A,,2026-03-02,2026-05-24,', 'P2,S,,,2026-03-02,2026-05-24,', 'P3,A,,,,,2026-05-24']
    const study = STUDY.replace(
      'treatmentStart: start',
      "treatmentStart: start, randomised: { constant: '2026-03-01' }",
    )
    const events = ['P1,1,2026-03-05,,Rash,Skin,mild,N,possible', 'P3,1,2026-03-05,,Rash,Skin,mild,N,possible']
    const answer = await answerOf(study, [
      givenText('subjects.csv', file(SUBJECTS, subjects)),
      givenText('log.csv', file(LOG, ['P1,2026-05-24T08:00'])),
      givenText('ae.csv', file(AE, events)),
    ])
    expect(cohortRow(answer, { ANALYSIS: 'AEINC', ARM: 'nVNS' })).toMatchObject({ NUMER: '1', DENOM: '1', NSET: '1' })
    expect(cohortRow(answer, { ANALYSIS: 'AEINC', ARM: 'Sham' })).toMatchObject({ NUMER: '0', DENOM: '1' })
    // 1/1 less 0/1, by the arm treated in.
    const difference = cohortRow(answer, { ANALYSIS: 'AEINC', STAT: 'RD', ARM: 'nVNS', REFARM: 'Sham' })
    expect(difference).toMatchObject({ ESTIMATE: '1', NUMER: '1', DENOM: '1', N: '2' })
    expect(Number(difference.LOWER)).toBeLessThan(0.5)
    expect(answer.rows('adae')).toMatchObject([
      { USUBJID: 'stim-P1', TRTP: 'Sham', TRTA: 'nVNS', SAFFL: 'Y', TRTEMFL: 'Y' },
      { USUBJID: 'stim-P3', TRTP: 'nVNS', TRTA: 'nVNS', SAFFL: 'N', TRTEMFL: 'N' },
    ])
    const adsl = answer.rows('adsl')
    expect(adsl.map(({ TRTA, SAFFL, TRTEDT }) => [TRTA, SAFFL, TRTEDT])).toEqual([
      ['nVNS', 'Y', '2026-05-24'],
      ['Sham', 'Y', '2026-05-24'],
      ['nVNS', 'N', ''],
    ])
    expect(new Set(answer.rows('adeff').map(({ USUBJID, TRTP, TRTA }) => `${USUBJID} ${TRTP} ${TRTA}`))).toEqual(
      new Set(['stim-P1 Sham nVNS', 'stim-P2 Sham Sham', 'stim-P3 nVNS nVNS']),
    )
  })

  it('are written only when the study analyses safety', async () => {
    const off = STUDY.replace('dataCut', 'safety: none\ndataCut')
    const given = [givenText('subjects.csv', file(SUBJECTS, two)), givenText('ae.csv', file(AE, headaches))]
    const answer = await answerOf(off, given)
    expect([...answer.files.keys()].filter((name) => name.startsWith('adae'))).toEqual([])
    expect(answer.rows('dictionary').some(({ DATASET }) => DATASET === 'adae')).toBe(false)
    const on = await answerOf(STUDY, given)
    expect([...on.files.keys()].filter((name) => name.startsWith('adae'))).toEqual(['adae.arrow', 'adae.csv'])
    expect(on.rows('dictionary').filter(({ DATASET }) => DATASET === 'adae').length).toBe(
      Object.keys(on.rows('adae')[0] as Row).length,
    )
  })
})

describe('blinding', () => {
  it('EX-F3 is 0.25 (0.0402 to 0.4598) in the active arm and -0.0833 in the sham arm', async () => {
    const guesses = [
      ...Array.from({ length: 60 }, (_, i) => ['A', i < 30 ? 'A' : i < 45 ? 'S' : 'unknown']),
      ...Array.from({ length: 60 }, (_, i) => ['S', i < 20 ? 'S' : i < 45 ? 'A' : 'unknown']),
    ]
    const subjects = guesses.map(([arm, guess], i) => `P${100 + i},${arm},,${guess},2026-03-02,,`)
    const answer = await analyse({ subjects })
    const active = cohortRow(answer, { ANALYSIS: 'BANGBI', STAT: 'INDEX', ARM: 'nVNS' })
    expect(number(active, 'ESTIMATE')).toBeCloseTo(0.25, 12)
    expect(number(active, 'SE')).toBeCloseTo(0.107, 4)
    expect(number(active, 'LOWER')).toBeCloseTo(0.0402, 4)
    expect(number(active, 'UPPER')).toBeCloseTo(0.4598, 4)
    const sham = cohortRow(answer, { ANALYSIS: 'BANGBI', STAT: 'INDEX', ARM: 'Sham' })
    expect(number(sham, 'ESTIMATE')).toBeCloseTo(-0.0833, 4)
    expect(number(sham, 'SE')).toBeCloseTo(0.1113, 4)
    expect(cohortRow(answer, { ANALYSIS: 'BANGBI', STAT: 'BLINDED', ARM: 'Sham' }).ESTIMATE).toBe('1')
    // u + w g^2 / (2 d): u 1/4, w 1/3, g 3/4, d = 55/120 * 45/120 + 35/120 * 45/120 = 9/32; 1/4 + (1/3)(9/16)(16/9) = 7/12
    expect(number(cohortRow(answer, { ANALYSIS: 'JAMESBI' }), 'ESTIMATE')).toBeCloseTo(7 / 12, 12)
  })
})

describe('a dose-response slope', () => {
  it('is given for the active arm alone, with its caution, when there is a primary outcome', async () => {
    const study = `${STUDY.replace('periods:', 'primary: { parameter: PAIN, visit: 1 }\nperiods:')}
  - files: 'pain*.csv'
    layout: visits
    columns: { subject: id }
    values: { PAIN: { label: Pain, unit: points, direction: lower-is-better, visits: { 0: base, 1: end } } }
`
    const ids = ['P1', 'P2', 'P3', 'P4', 'P5']
    const answer = await answerOf(study, [
      givenText(
        'subjects.csv',
        file(
          SUBJECTS,
          ids.map((id) => `${id},${id === 'P5' ? 'S' : 'A'},,,2026-03-02,,2026-03-29`),
        ),
      ),
      givenText(
        'log.csv',
        file(
          LOG,
          ids.flatMap((id, i) =>
            Array.from(
              { length: 10 * (i + 1) },
              (_, k) => `${id},${dayOf(1 + (k % 28))}T${10 + Math.floor(k / 28)}:00`,
            ),
          ),
        ),
      ),
      // A fall of 1 point per 10 sessions, whatever the baseline: adherence 100 x sessions / 84, so -0.1 / (100 / 84) a percent point
      givenText('pain.csv', file('id,base,end', ['P1,6,5', 'P2,8,6', 'P3,7,4', 'P4,8,4', 'P5,9,9'])),
    ])
    const rows = answer.rows('cohort').filter(({ ANALYSIS }) => ANALYSIS === 'DOSERESP')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ ARM: 'nVNS', PARAMCD: 'PAIN', N: '4', DF: '1', STAT: 'SLOPE' })
    expect(rows[0]?.METHOD).toContain('caution: adherence is measured after randomisation, not causal')
    expect(number(rows[0], 'ESTIMATE')).toBeCloseTo(-0.084, 9)
  })
})

/** A trial of some subjects with events of every kind, from a seed of fast-check. */
const trial = fc
  .array(
    fc.record({
      arm: fc.constantFrom('A', 'S'),
      stop: fc.constantFrom('', '2026-04-20'),
      sessions: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
      events: fc.array(
        fc.record({
          from: fc.constantFrom(
            '',
            '2026',
            '2026-02',
            '2026-03',
            '2026-03-01',
            '2026-03-02',
            '2026-04-11',
            '2026-06-01',
          ),
          term: fc.constantFrom('Headache', 'Rash', 'Nausea'),
          severity: fc.constantFrom('mild', 'severe', ''),
        }),
        { maxLength: 5 },
      ),
    }),
    { minLength: 3, maxLength: 8 },
  )
  .map((given): Required<Export> => {
    const id = (i: number): string => `P${100 + i}`
    return {
      subjects: given.map(({ arm, stop }, i) => `${id(i)},${arm},,,2026-03-02,${stop},2026-04-26`),
      log: [
        `${id(0)},2026-03-02T08:00`,
        ...given.flatMap(({ sessions }, i) =>
          sessions.map((day, k) => `${id(i)},${dayOf(day)}T${10 + (k % 12)}:${10 + k}`),
        ),
      ],
      events: [
        `${id(0)},0,2026-03-03,,Headache,Nervous,mild,N,possible`,
        ...given.flatMap(({ events }, i) =>
          events.map(
            ({ from, term, severity }, k) => `${id(i)},${k + 1},${from},,${term},${term} class,${severity},N,`,
          ),
        ),
      ],
    }
  })

const tables = ({ files }: Answer): [string, string][] =>
  [...files].filter(([name]) => !/^(findings\.|manifest)/.test(name)).map(([name, bytes]) => [name, digest(bytes)])

const rates = (answer: Answer): Row[] => answer.rows('cohort').filter(({ STAT }) => STAT === 'RATE')

describe('laws of safety', () => {
  it('subjects with an event are never more than subjects treated, nor more than events', async () => {
    await fc.assert(
      fc.asyncProperty(trial, async (given) => {
        const answer = await analyse(given)
        for (const row of answer.rows('cohort').filter(({ ANALYSIS }) => ANALYSIS === 'AEINC')) {
          expect(number(row, 'NUMER')).toBeLessThanOrEqual(number(row, 'DENOM'))
        }
        const all = rates(answer)
        for (const row of all.filter(({ ANALYSIS }) => ANALYSIS === 'EAIR')) {
          const events = all.find(
            (o) => o.ANALYSIS === 'EAER' && o.ARM === row.ARM && o.SUBGRP === row.SUBGRP && o.SUBGLVL === row.SUBGLVL,
          )
          expect(number(row, 'NUMER')).toBeLessThanOrEqual(number(events, 'NUMER'))
          if (row.ESTIMATE !== '') expect(number(row, 'LOWER')).toBeLessThanOrEqual(number(row, 'ESTIMATE'))
        }
      }),
      { numRuns: 6 },
    )
  })

  it('another event never lowers the exposure-adjusted incidence', async () => {
    await fc.assert(
      fc.asyncProperty(trial, fc.nat(), fc.integer({ min: 1, max: 80 }), async (given, who, day) => {
        const subject = nameOf(given.subjects[who % given.subjects.length])
        const more = [...given.events, `${subject},99,${dayOf(day)},,Headache,Nervous,mild,N,possible`]
        const [before, after] = [await analyse(given), await analyse({ ...given, events: more })]
        const any = { ANALYSIS: 'EAIR', STAT: 'RATE' }
        expect(number(cohortRow(after, any), 'ESTIMATE')).toBeGreaterThanOrEqual(
          number(cohortRow(before, any), 'ESTIMATE') - 1e-9,
        )
      }),
      { numRuns: 6 },
    )
  })

  it('the tables are the same bytes for rows in any order, in two files, and with two threads', async () => {
    await fc.assert(
      fc.asyncProperty(trial, fc.gen(), async (given, gen) => {
        const expected = tables(await analyse(given))
        const shuffled = <T>(rows: readonly T[]): T[] => gen(fc.shuffledSubarray, [...rows], { minLength: rows.length })
        const events = shuffled(given.events)
        const log = shuffled(given.log)
        const cut = events.length >> 1
        const again = await answerOf(
          STUDY,
          [
            givenText('ae-2.csv', file(AE, events.slice(cut))),
            givenText('log.csv', file(LOG, log)),
            givenText('subjects.csv', file(SUBJECTS, shuffled(given.subjects))),
            ...(cut === 0 ? [] : [givenText('ae-1.csv', file(AE, events.slice(0, cut)))]),
          ],
          2,
        )
        expect(tables(again)).toEqual(expected)
      }),
      { numRuns: 4 },
    )
  })

  it('another subject changes no row of the others', async () => {
    await fc.assert(
      fc.asyncProperty(trial, async (given) => {
        const more = {
          subjects: [...given.subjects, 'P000,S,,,2026-03-02,,2026-04-26'],
          log: [...given.log, 'P000,2026-03-04T08:00'],
          events: [...given.events, 'P000,1,2026-03-20,,Alarm,Nervous,severe,Y,causal'],
        }
        const [before, after] = [await analyse(given), await analyse(more)]
        for (const table of ['adae', 'adeff', 'adsl']) {
          const others = after.rows(table).filter(({ USUBJID }) => USUBJID !== 'stim-P000')
          expect(others).toEqual(before.rows(table))
        }
      }),
      { numRuns: 4 },
    )
  })

  it('an installation, which cuts subjects into shards and writes them down, publishes the same bytes', async () => {
    const subjects = Array.from(
      { length: 150 },
      (_, i) => `S${i},${i % 2 ? 'A' : 'S'},,${i % 3 ? 'A' : 'unknown'},2026-03-02,,2026-04-26`,
    )
    const log = subjects.map((row, i) => `${nameOf(row)},${dayOf(1 + (i % 28))}T08:00`)
    const events = subjects
      .slice(0, 90)
      .map((row, i) => `${nameOf(row)},1,2026-03-${10 + (i % 20)},,Term ${i % 7},Class ${i % 3},mild,N,possible`)
    const expected = await analyse({ subjects, log, events })
    const published = await publish({
      'study.yaml': STUDY,
      'subjects.csv': file(SUBJECTS, subjects),
      'log.csv': file(LOG, log),
      'ae.csv': file(AE, events),
    })
    expect(published.shards).toBeGreaterThan(1)
    expect(expected.rows('adae')).toHaveLength(90)
    const inOrder = (entries: Iterable<[string, string]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
    expect(inOrder(published.files)).toEqual(inOrder([...expected.files].map(([name, bytes]) => [name, digest(bytes)])))
  })
})

/** The stages over a vault in memory, until the planner comes to rest. */
async function publish(given: Readonly<Record<string, string>>) {
  const vault = memoryVault()
  let clock = Date.parse('2026-07-01T00:00:00Z')
  const ports: Ports = {
    vault,
    compute: openCompute({ threads: 1 }),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    digest,
    zoneData: process.versions.tz ?? '',
    now: () => clock,
  }
  for (const [name, text] of Object.entries(given)) {
    const bytes = new TextEncoder().encode(text)
    const { id, size } = await vault.putObject(
      (async function* () {
        yield bytes
      })(),
    )
    const role = name === 'study.yaml' ? 'study' : 'data'
    await vault.append('stim', {
      kind: 'received',
      at: '2026-07-01T00:00:00Z',
      object: id,
      name,
      size,
      role,
      via: 'drop',
    })
  }
  const look = createLook()
  const perform = createPerform()
  for (let round = 0; round < 20; round++) {
    clock += 70_000
    const { steps } = await look('stim', ports, 0)
    if (steps.length === 0) break
    for (const { step, children } of steps) for (const one of [...children, step]) await perform(one, ports)
  }
  const latest = await vault.latest('stim')
  if (latest === null) throw new Error('nothing was published')
  const run = `runs/stim/${latest.run}` as const
  const files = new Map<string, string>()
  for (const name of await vault.listFiles(run)) files.set(name, digest(await vault.readFile(run, name)))
  const shards = (await vault.list('shards')).length
  await vault.close()
  return { files, shards }
}
