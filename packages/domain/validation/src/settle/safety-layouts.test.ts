import { describe, expect, it } from 'vitest'
import { plainRows, printFindings, settleFiles, studyOf, validateText } from '../hand-made.fixture.ts'

const STUDY = studyOf(`
study: stim
preset: headache-diary
timezone: Europe/Berlin
arms: { A: nVNS, S: { name: Sham, reference: true } }
adherence: { sessionsPerDay: 2, sessionMinutes: 2 }
dataCut: 2026-04-30
sources:
  - files: subjects*.csv
    layout: subjects
    columns: { subject: id, arm: arm, treated: got, guess: guess, treatmentStart: start, enrolled: consent }
  - files: log*.csv
    layout: stimulation
    columns:
      subject: id
      start: start
      date: day
      minutes: { column: seconds, unit: seconds }
      current: { column: ua, unit: uA }
      onShare: { column: share, unit: percent }
      delivered: n
      reportedBy: { column: by, values: { dev: device, pat: diary } }
      logGap: gap
      submitted: sent
  - files: ae*.csv
    layout: adverse-events
    dateOrder: dmy
    missing: [NK]
    columns: { subject: id, onset: from, resolved: to, term: term, organClass: soc, eventSeverity: sev, eventNumber: no,
      serious: ser, relDevice: rel, submitted: sent, worsened: worse }
`)
const SUBJECTS = 'id,arm,got,guess,start,consent\nP1,A,,A,2026-03-01,2026-02-01\nP2,S,A,unknown,2026-03-01,2026-02-01\n'
const LOG = 'id,start,day,seconds,ua,share,n,by,gap,sent'
const AE = 'id,no,from,to,term,soc,sev,ser,rel,sent,worse'
const log = (...rows: string[]) => ({ 'log.csv': [LOG, ...rows, ''].join('\n') })
const events = (...rows: string[]) => ({ 'ae.csv': [AE, ...rows, ''].join('\n') })

async function sessionsOf(files: Readonly<Record<string, string>>, fields?: readonly string[]) {
  const { settled, findings } = await settleFiles(STUDY, { 'subjects.csv': SUBJECTS, ...files })
  return { rows: plainRows(settled.stimulation, settled.subjects, fields), findings, counts: settled.counts }
}

async function eventsOf(files: Readonly<Record<string, string>>, fields?: readonly string[]) {
  const { settled, findings } = await settleFiles(STUDY, { 'subjects.csv': SUBJECTS, ...files })
  return { rows: plainRows(settled.adverseEvents, settled.subjects, fields), findings, settled }
}

const day = (iso: string): number => Date.parse(iso) / 86_400_000

describe('layout stimulation', () => {
  it('takes a session on the date its clock showed, in minutes, mA and shares', async () => {
    const { rows } = await sessionsOf(log('P1,2026-03-02 23:30,,120,1500,10,,dev,,'))
    expect(rows).toEqual([
      {
        subject: 'P1',
        day: '2026-03-02',
        start: '2026-03-02T22:30',
        startOffset: 60,
        origin: 0,
        minutes: 2,
        current: 1.5,
        onShare: 0.1,
      },
    ])
  })

  it('keeps device and diary of a day apart, a lost log included', async () => {
    const { rows } = await sessionsOf(
      log('P1,,2026-03-02,,,,3,dev,,', 'P1,,2026-03-02,,,,2,pat,,', 'P1,,2026-03-03,,,,,dev,yes,'),
      ['day', 'origin', 'delivered', 'logGap'],
    )
    expect(rows).toEqual([
      { subject: 'P1', day: '2026-03-02', origin: 0, delivered: 3 },
      { subject: 'P1', day: '2026-03-02', origin: 1, delivered: 2 },
      { subject: 'P1', day: '2026-03-03', origin: 0, logGap: 1 },
    ])
  })

  it('quarantines reset clocks, impossible values and rows without a day; every row is counted', async () => {
    const files = log(
      'P1,1970-01-01 00:10,,120,,,,,,',
      'P1,2000-01-03 00:10,,120,,,,,,',
      'P1,2026-03-02 08:00,,999999,,,,,,',
      'P1,2026-03-02 08:00,,-5,,,,,,',
      'P1,2026-03-02 09:00,,120,,101,,,,',
      'P1,,,120,,,,,,',
      'P1,2026-03-02 10:00,,120,,,,who,,',
      'P1,2026-03-02 11:00,,120,,,,,,',
    )
    const read = await validateText(STUDY, 'log.csv', files['log.csv'] as string)
    expect(read.kind === 'dataset' && read.pieces[0].counts).toMatchObject({ read: 8, used: 1, quarantined: 7 })
    const { findings } = await sessionsOf(files)
    expect(
      printFindings(findings.filter(({ file, rule }) => file === 'log.csv' && rule !== 'submission-missing')).sort(),
    ).toEqual([
      '2 start="1970-01-01 00:10" clock-reset',
      '3 start="2000-01-03 00:10" clock-reset',
      '4 seconds="999999" out-of-range',
      '5 seconds="-5" value-type',
      '6 share="101" out-of-range',
      '7 start="" value-missing',
      '8 by="who" value-unknown',
    ])
  })

  it('remarks on sessions over twice the nominal length, on overlaps, and on days with many beyond those prescribed', async () => {
    // Prescribed 2, three more are not worth a question (surplusSessions): six are.
    const crowded = Array.from({ length: 6 }, (_, i) => `P2,2026-03-05 1${i}:00,,120,,,,,,`)
    const { rows, findings } = await sessionsOf(
      log('P1,2026-03-02 08:00,,240,,,,,,', 'P1,2026-03-02 08:03,,241,,,,,,', ...crowded),
    )
    expect(rows).toHaveLength(8)
    const rules = ['session-long', 'session-overlap', 'sessions-many']
    expect(printFindings(findings.filter(({ rule }) => rules.includes(rule)))).toEqual([
      '3 seconds="241" session-long',
      '3 day="2026-03-02" session-overlap',
      '4 day="2026-03-05" sessions-many',
    ])
  })

  it('takes copies that answer different items for one session: neither overlap nor surplus', async () => {
    // Prescribed 2, up to 5 a day raise no question: five sessions, each told twice, its length here and its current there.
    const rows = Array.from({ length: 5 }, (_, i) => [
      `P1,2026-03-05 1${i}:00,,120,,,,,,`,
      `P1,2026-03-05 1${i}:00,,,26000,,,,,`,
    ])
    const { rows: settled, findings, counts } = await sessionsOf(log(...rows.flat()))
    expect([settled.length, counts.used]).toEqual([5, 10 + 2]) // ten sessions, two subjects
    expect(printFindings(findings.filter(({ rule }) => rule.startsWith('session')))).toEqual([])
  })

  it('collapses copies of a session over files, and settles those that differ by the latest submission', async () => {
    const first = log('P1,2026-03-02 08:00,,120,,,,,,2026-03-02 09:00')
    const again = { 'log-2.csv': [LOG, 'P1,2026-03-02 08:00,,100,,,,,,2026-03-03 09:00', ''].join('\n') }
    const { rows, counts } = await sessionsOf({ ...first, ...again }, ['minutes'])
    expect(rows).toEqual([{ subject: 'P1', minutes: 100 / 60 }])
    expect(counts.excluded).toEqual({ 'duplicate-conflict': 1 })
  })
})

describe('layout adverse-events', () => {
  it('turns dates and partial dates into the days they can mean', async () => {
    const { rows } = await eventsOf(
      events(
        'P1,1,05/03/2026,2026-03,Headache,Nervous,Mild,N,possible,,',
        'P1,2,2026,ongoing,Rash,Skin,SEVERE,Y,unrelated,,',
        'P1,3,UN/03/2026,NK,Nausea,Gut,moderate,N,unknown,,',
      ),
      ['start', 'startTo', 'end', 'endTo', 'severity', 'relDevice'],
    )
    expect(rows).toEqual([
      { subject: 'P1', start: day('2026-01-01'), startTo: day('2026-12-31'), severity: 3, relDevice: 0 },
      { subject: 'P1', start: day('2026-03-01'), startTo: day('2026-03-31'), severity: 2, relDevice: 1 },
      {
        subject: 'P1',
        start: day('2026-03-05'),
        startTo: day('2026-03-05'),
        end: day('2026-03-01'),
        endTo: day('2026-03-31'),
        severity: 1,
        relDevice: 2,
      },
    ])
  })

  it('quarantines what cannot be, and keeps what is incomplete with a remark', async () => {
    const { rows, findings } = await eventsOf(
      events(
        'P1,1,10/03/2026,09/03/2026,Ended before it began,,mild,N,possible,,',
        'P1,2,31/02/2026,,No such day,,mild,N,possible,,',
        'P1,3,10/03/2026,,,,mild,N,possible,,',
        'P1,4,10/03/2026,,Unknown word,,terrible,N,possible,,',
        'P1,5,,11/03/2026,An end alone,,mild,N,possible,,',
        'P1,6,10/03/2026,,Nothing told,,,,,,',
        'P1,7,01/2026,,Before consent,,mild,N,possible,,',
        'P1,8,01/2026,,Worsened since,,mild,N,possible,,Y',
      ),
      ['term'],
    )
    expect(rows.map(({ term }) => term)).toEqual(['An end alone', 'Worsened since', 'Nothing told'])
    expect(printFindings(findings.filter(({ rule }) => rule !== 'submission-missing')).sort()).toEqual([
      '0 ="" subject-without-data',
      '0 soc="" terms-uncoded',
      '2 to="09/03/2026" end-before-start',
      '3 from="31/02/2026" date-invalid',
      '4 term="" value-missing',
      '5 sev="terrible" value-unknown',
      '6 from="" onset-unknown',
      '7 rel="" relatedness-missing',
      '7 sev="" severity-missing',
      '8 from="2026-01-01" before-enrolment',
    ])
    expect(findings.find(({ rule }) => rule === 'value-unknown')?.detail).toBe('known: mild, moderate, severe')
  })

  it('keeps events after the last visit, and settles copies by the worse answer', async () => {
    const { rows, findings } = await eventsOf(
      {
        ...events('P1,1,20/05/2026,,Cough,Lung,mild,N,unknown,,', 'P1,2,20/03/2026,,Cough,Lung,mild,N,unknown,,'),
        'ae-2.csv': [AE, 'P1,2,20/03/2026,22/03/2026,Cough,Lung,severe,Y,possible,,', ''].join('\n'),
      },
      ['start', 'end', 'severity', 'serious', 'relDevice'],
    )
    // A declared data cut (30 April) closes events as well.
    expect(rows).toEqual([
      { subject: 'P1', start: day('2026-03-20'), end: day('2026-03-22'), severity: 3, serious: 1, relDevice: 2 },
    ])
    expect(printFindings(findings.filter(({ rule }) => rule === 'duplicate-conflict' || rule === 'after-cut'))).toEqual(
      [
        '2 from="2026-05-20" after-cut',
        '3 sev="mild" duplicate-conflict',
        '3 ser="no" duplicate-conflict',
        '3 rel="unknown" duplicate-conflict',
      ],
    )
  })

  it('gives the same records for rows in any order and spread over files', async () => {
    const rows = [
      'P2,1,2026-03,,Rash,Skin,mild,N,unknown,,',
      'P1,2,2026-03-05,,Headache,Nervous,mild,N,unknown,,',
      'P1,1,2026-03-05,,Headache,Nervous,severe,N,unknown,,',
      'P1,3,,2026-03-06,Cough,Lung,severe,N,unknown,,',
    ]
    const whole = await eventsOf(events(...rows))
    const spread = await eventsOf({
      ...events(rows[2] as string, rows[0] as string),
      'ae-b.csv': [AE, rows[3], rows[1], ''].join('\n'),
    })
    expect(whole.rows).toHaveLength(4)
    expect(spread.rows).toEqual(whole.rows)
  })
})

describe('the treatment received and the guess of it', () => {
  it('are arms of the study file; a guess may be unknown', async () => {
    const subjects =
      'id,arm,got,guess,start,consent\nP1,A,B,A,2026-03-01,2026-02-01\nP2,S,A,both,2026-03-01,2026-02-01\n'
    const { settled, findings } = await settleFiles(STUDY, { 'subjects.csv': subjects })
    const { treated, guess } = settled.facts
    expect(treated.dictionary).toEqual(['A', 'S'])
    expect(guess.dictionary).toEqual(['A', 'S', 'unknown'])
    expect([...(treated.valid ?? [])]).toEqual([0b10])
    expect([...(guess.valid ?? [])]).toEqual([0b01])
    expect(findings.filter(({ rule }) => rule === 'arm-unknown' || rule === 'guess-unknown')).toMatchObject([
      { rule: 'arm-unknown', column: 'got', value: 'B', subject: 'P1' },
      { rule: 'guess-unknown', column: 'guess', value: 'both', subject: 'P2' },
    ])
  })
})
