import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { describe, expect, it } from 'vitest'
import { parseStudy } from '../parse/parse-study.ts'
import type { AnalyticStudy } from '../study.ts'
import { proposeStudy } from './propose-study.ts'

type Typed = Partial<ColumnProfile> & { name: string; type: ColumnProfile['type']; cells?: string[] }

function profile(columns: Typed[], file = 'export.csv', headerLine = 1): ExportProfile {
  return {
    file,
    rows: 100,
    encoding: 'utf-8',
    encodingReason: 'valid UTF-8',
    delimiter: ',',
    decimal: '.',
    headerLine,
    columns: columns.map(({ cells = [], ...column }, index) => ({
      index,
      missing: 0,
      distinct: cells.length,
      min: null,
      max: null,
      values: cells.map((value) => ({ value, count: 1 })),
      dateOrder: null,
      decimal: null,
      ...column,
    })),
  }
}

function propose(
  columns: Typed[],
  file?: string,
  headerLine?: number,
): { study: AnalyticStudy; yaml: string; notes: readonly string[] } {
  const proposed = proposeStudy(profile(columns, file, headerLine), 'My study!')
  const parsed = parseStudy(proposed.yaml, 'study.yaml')
  if (parsed.kind === 'refused')
    throw new Error(`${parsed.findings.map((f) => f.message).join('\n')}\n${proposed.yaml}`)
  return { study: parsed.study.analytic, ...proposed }
}

const mapped = (study: AnalyticStudy) =>
  Object.fromEntries(study.sources[0]?.fields.map((f) => [f.field, f.column ?? f.constant ?? f.fileName]) ?? [])

describe('a proposed study file', () => {
  it('reads a daily headache diary with study days, and asks what day 0 is', () => {
    const { study, notes } = propose([
      { name: 'id', type: 'integer' },
      { name: 'time', type: 'integer', min: '-29', max: '99' },
      { name: 'headache', type: 'yes-no', cells: ['no', 'yes'] },
      { name: 'age', type: 'integer', min: '18', max: '66' },
    ])
    expect(study.id).toBe('my-study')
    expect(mapped(study)).toEqual({ subject: 'id', studyDay: 'time', headache: 'headache', age: 'age' })
    expect(study.sources[0]).toMatchObject({ layout: 'daily', dayZero: 'first', ignore: ['*'] })
    expect(notes.join()).toContain('day 0 is taken as the day of the first treatment')
  })

  it('reads German headers and answers, and takes the first four weeks as baseline until told better', () => {
    const { study, yaml } = propose([
      { name: 'Patienten-Nr.', type: 'integer' },
      { name: 'Patient', type: 'text' },
      { name: 'Datum', type: 'date', min: '05.01.2026', dateOrder: 'dmy' },
      { name: 'Kopfschmerzen', type: 'text', cells: ['ja', 'nein'] },
      { name: 'Schmerzst\u00e4rke', type: 'integer', min: '0', max: '10' },
      { name: '\u00dcbelkeit', type: 'text', cells: ['nein', 'ja'] },
    ])
    expect(mapped(study)).toMatchObject({
      subject: 'Patient',
      date: 'Datum',
      headache: 'Kopfschmerzen',
      severityNrs: 'Schmerzst\u00e4rke',
      nausea: '\u00dcbelkeit',
      treatmentStart: '2026-02-02', // 5 January and 28 days
    })
    expect(study.sources[0]?.fields.find((f) => f.field === 'headache')?.values).toEqual({ ja: 'Y', nein: 'N' })
    expect(yaml).toContain('# CHECK: day of the first treatment')
  })

  it('reads French headers of a pain diary as pain', () => {
    const { study } = propose([
      { name: 'Num\u00e9ro patient', type: 'integer' },
      { name: 'date du jour', type: 'text' },
      { name: 'Date', type: 'date', min: '2026-01-05', dateOrder: 'iso' },
      { name: 'Douleur', type: 'integer', min: '0', max: '10' },
    ])
    expect(study.preset).toBe('chronic-pain')
    expect(study.pain?.kinds).toEqual(['avg'])
    expect(mapped(study)).toMatchObject({ subject: 'Num\u00e9ro patient', painAvg: 'Douleur' })
  })

  it('asks for the order of day and month instead of guessing it', () => {
    const { yaml, study } = propose([
      { name: 'id', type: 'integer' },
      { name: 'date', type: 'date', min: '01/02/2026', dateOrder: 'ambiguous' },
      { name: 'headache', type: 'yes-no' },
    ])
    expect(study.sources[0]?.dateOrder).toBeNull()
    expect(yaml).toContain('QUESTION: the dates of "date" fit day/month and month/day')
    expect(yaml).toMatch(/#\s+dateOrder: dmy/)
  })

  it('recognises a Migraine Buddy export, whose header comes after another table', () => {
    const { study, yaml } = propose(
      [
        { name: '#', type: 'integer' },
        { name: 'Started', type: 'instant', min: '11/16/24 13:12', dateOrder: 'mdy' },
        { name: 'Lasted', type: 'text', cells: ['01h 00m'] },
        { name: 'Start UTC Offset (min)', type: 'integer', min: '0', max: '0' },
        { name: 'End UTC Offset (min)', type: 'integer', min: '0', max: '0' },
        { name: 'Pain Level', type: 'integer', min: '0', max: '10' },
        { name: 'Symptoms', type: 'text', cells: ['Sensitivity to light, Throbbing pain'] },
        { name: 'Helpful Medication', type: 'text', cells: ['Sumatriptan, Ibuprofen', 'No medication'] },
        { name: 'Geohash', type: 'text' },
      ],
      'anna.csv',
      4,
    )
    const source = study.sources[0]
    expect(source).toMatchObject({ layout: 'episodes', csv: { headerLine: 4 } })
    expect(mapped(study)).toMatchObject({
      start: 'Started',
      duration: 'Lasted',
      startOffset: 'Start UTC Offset (min)',
      severityNrs: 'Pain Level',
      product: 'Helpful Medication',
      treatmentStart: '2024-12-14', // 16 November and 28 days
    })
    expect(source?.products).toEqual({ sumatriptan: 'triptan', ibuprofen: 'nsaid' })
    expect(source?.fields.find((f) => f.field === 'symptoms')?.values).toEqual({
      'Sensitivity to light': 'photophobia',
      'Throbbing pain': 'pulsating',
    })
    expect(yaml).toContain('timezone: none')
  })

  it('recognises a cluster headache tracker', () => {
    const { study } = propose([
      { name: 'start_time', type: 'instant', min: '2024-03-01 08:00:00', dateOrder: 'iso' },
      { name: 'end_time', type: 'instant', min: '2024-03-01 10:30:00', dateOrder: 'iso' },
      { name: 'intensity', type: 'integer', min: '6', max: '8' },
      { name: 'medication', type: 'text', cells: ['Sumatriptan', 'Oxygen', 'Sumatriptan + Oxygen'] },
    ])
    expect(mapped(study)).toMatchObject({
      start: 'start_time',
      end: 'end_time',
      severityNrs: 'intensity',
      product: 'medication',
    })
    expect(study.sources[0]?.products).toEqual({ sumatriptan: 'triptan', oxygen: 'oxygen' })
  })

  it('proposes values per visit for numbered columns, and the arms it sees', () => {
    const { study, notes } = propose([
      { name: 'subject', type: 'integer' },
      { name: 'trt', type: 'text', cells: ['progabide', 'placebo'] },
      { name: 'base', type: 'integer', min: '6', max: '151' },
      { name: 'age', type: 'integer' },
      ...['y1', 'y2', 'y3', 'y4'].map((name): Typed => ({ name, type: 'integer', min: '0', max: '102' })),
    ])
    expect(study.sources[0]?.wide.map(({ column, visit }) => [visit, column])).toEqual([
      [0, 'base'],
      [1, 'y1'],
      [2, 'y2'],
      [3, 'y3'],
      [4, 'y4'],
    ])
    expect(study.arms.map(({ code, reference }) => [code, reference])).toEqual([
      ['placebo', true],
      ['progabide', false],
    ])
    expect(notes.some((note) => note.includes('reference'))).toBe(true)
  })

  it('proposes a column per day for a diary in one row', () => {
    const days = Array.from(
      { length: 28 },
      (_, i): Typed => ({ name: `pain_d${i + 1}`, type: 'integer', min: '0', max: '10' }),
    )
    const { study } = propose([{ name: 'id', type: 'integer' }, ...days])
    expect(study.sources[0]?.layout).toBe('days-wide')
    expect(study.sources[0]?.days).toHaveLength(28)
    expect(study.pain?.kinds).toEqual(['avg'])
  })

  it('knows a header behind brackets and the form of its answer, and the length of a headache in German', () => {
    const { study } = propose([
      { name: 'Patientennummer', type: 'text', distinct: 8 },
      { name: 'Datum', type: 'date', min: '2026-01-05', dateOrder: 'iso' },
      { name: 'headache_yn', type: 'yes-no', cells: ['0', '1'] },
      { name: 'Dauer (h)', type: 'number', min: '1,0', max: '10,0' },
      { name: 'Severity (0-3)', type: 'integer', min: '0', max: '3' },
    ])
    expect(mapped(study)).toMatchObject({
      subject: 'Patientennummer',
      headache: 'headache_yn',
      hours: 'Dauer (h)',
      severity: 'Severity (0-3)',
    })
  })

  it('reads a pain scale to 100 beside the date of the first treatment as a pain diary, not as attacks', () => {
    const { study } = propose([
      { name: 'Pat-ID', type: 'integer' },
      { name: 'Beginn', type: 'date', min: '13.01.2025', dateOrder: 'dmy' },
      { name: 'Datum', type: 'date', min: '30.12.2024', dateOrder: 'dmy' },
      { name: 'Schmerz VAS', type: 'integer', min: '12', max: '93' },
    ])
    expect(study.sources[0]?.layout).toBe('daily')
    expect(mapped(study)).toMatchObject({ treatmentStart: 'Beginn', date: 'Datum', painAvg: 'Schmerz VAS' })
    expect(study.sources[0]?.fields.find((f) => f.field === 'painAvg')?.unit).toBe('vas')
  })

  it('takes the arm named like a control as the reference', () => {
    const { study } = propose([
      { name: 'id', type: 'integer' },
      { name: 'arm', type: 'text', cells: ['active', 'Sham device'] },
      { name: 'date', type: 'date', min: '2026-01-05', dateOrder: 'iso' },
      { name: 'headache', type: 'yes-no' },
    ])
    expect(study.arms.find(({ reference }) => reference)?.code).toBe('Sham device')
  })

  it('reads unclear dates as the clear ones of the file, or day first between dots, and says so', () => {
    const withDates = (start: string, date: Partial<ColumnProfile>) =>
      propose([
        { name: 'id', type: 'integer' },
        { name: 'first treatment', type: 'date', min: start, dateOrder: 'ambiguous' },
        { name: 'date', type: 'date', ...date },
        { name: 'headache', type: 'yes-no' },
      ])
    const american = withDates('02/03/2026', { min: '01/15/2026', dateOrder: 'mdy' })
    expect(american.study.sources[0]?.dateOrder).toBe('mdy')
    expect(american.notes.join()).toContain('read as mdy, as the other dates of the file')
    const german = withDates('02.03.2026', { min: '01.02.2026', dateOrder: 'ambiguous' })
    expect(german.study.sources[0]?.dateOrder).toBe('dmy')
    expect(german.notes.join()).toContain('since dots part them')
    const mixed = withDates('02.03.2026', { min: '2026-01-05', dateOrder: 'iso' })
    expect(mixed.notes.join()).toContain('QUESTION')
  })

  it('asks of an export of attacks what a day without an attack was', () => {
    const { study, notes } = propose([
      { name: 'ID', type: 'integer' },
      { name: 'Attack start', type: 'instant', min: '2026-01-05 08:00', dateOrder: 'iso' },
      { name: 'Attack end', type: 'instant', min: '2026-01-05 09:00', dateOrder: 'iso' },
      { name: 'Pain (0-10)', type: 'integer', min: '3', max: '10' },
    ])
    expect(mapped(study)).toMatchObject({ severityNrs: 'Pain (0-10)' })
    expect(study.diary.logComplete).toBe(false)
    expect(notes.join()).toContain('every day without an attack was free of headache')
  })

  it('takes the one free date of a calendar sheet as its day 1, and grades to 3 as severity', () => {
    const days = Array.from(
      { length: 28 },
      (_, i): Typed => ({ name: `d${i + 1}`, type: 'integer', min: '0', max: '3' }),
    )
    const { study } = propose([
      { name: 'patient', type: 'integer' },
      { name: 'start_date', type: 'date', min: '2025-02-10', dateOrder: 'iso' },
      { name: 'month_start', type: 'date', min: '2025-01-13', dateOrder: 'iso' },
      ...days,
    ])
    expect(mapped(study)).toEqual({ subject: 'patient', treatmentStart: 'start_date', date: 'month_start' })
    expect(study.sources[0]?.days[0]).toMatchObject({ field: 'severity', column: 'd1' })
  })

  it('leaves out facts that stand on rows without a day (REDCap), and says how to export them', () => {
    const { study, notes } = propose([
      { name: 'record_id', type: 'integer' },
      { name: 'randomization_arm', type: 'yes-no', missing: 96, cells: ['0', '1'] },
      { name: 'tx_start_date', type: 'date', missing: 96, min: '2025-02-10', dateOrder: 'iso' },
      { name: 'diary_date', type: 'date', missing: 4, min: '2025-01-13', dateOrder: 'iso' },
      { name: 'headache_yn', type: 'yes-no', missing: 4 },
    ])
    expect(mapped(study)).toEqual({
      subject: 'record_id',
      date: 'diary_date',
      headache: 'headache_yn',
      treatmentStart: '2025-02-10', // 13 January and 28 days
    })
    expect(study.arms).toEqual([])
    expect(notes.join()).toContain('"randomization_arm", "tx_start_date" stand on rows without a day')
  })

  it('says so when it recognises nothing to compute', () => {
    const { notes } = proposeStudy(profile([{ name: 'foo', type: 'text' }]), '')
    expect(notes.join()).toContain('nothing to compute was recognised')
  })

  it('proposes something readable for headers with quotes, colons and line breaks', () => {
    const { study } = propose([
      { name: 'id', type: 'text' },
      { name: 'date', type: 'date', min: '2026-01-05', dateOrder: 'iso' },
      { name: 'Headache: "today"\n(yes/no)', type: 'yes-no' },
      { name: 'headache', type: 'yes-no' },
    ])
    expect(mapped(study).headache).toBe('headache')
  })
})

describe('a proposed study file for what is no diary', () => {
  const subject: Typed = { name: 'id', type: 'integer' }
  const date: Typed = { name: 'date', type: 'date', min: '2026-01-05', dateOrder: 'iso' }

  it('takes a list of adverse events as such, not as attacks of headache, although it has onset and severity', () => {
    const { study } = propose([
      subject,
      { name: 'AETERM', type: 'text', cells: ['Headache', 'Cough'] },
      { name: 'onset', type: 'text', min: '2026-01', cells: ['2026-01', '2026-01-09'] },
      { name: 'severity', type: 'text', cells: ['mild', 'severe'] },
      { name: 'serious', type: 'yes-no', cells: ['Y', 'N'] },
    ])
    expect(study.sources[0]?.layout).toBe('adverse-events')
    expect(mapped(study)).toMatchObject({
      term: 'AETERM',
      onset: 'onset',
      eventSeverity: 'severity',
      serious: 'serious',
    })
    expect(study.safety).not.toBeNull()
  })

  it('keeps attacks with start, end and severity as episodes, whatever their column of events is called', () => {
    const { study } = propose([
      subject,
      { name: 'event', type: 'integer', min: '1', max: '9' },
      { name: 'start', type: 'instant', min: '2026-01-05 10:00' },
      { name: 'end', type: 'instant', min: '2026-01-05 12:00' },
      { name: 'severity', type: 'integer', min: '1', max: '3' },
    ])
    expect(study.sources[0]?.layout).toBe('episodes')
  })

  it('keeps a diary that also asks a questionnaire a diary', () => {
    const { study } = propose([
      subject,
      date,
      { name: 'headache', type: 'yes-no', cells: ['yes', 'no'] },
      { name: 'gad7_1', type: 'integer', min: '0', max: '3' },
      { name: 'gad7_2', type: 'integer', min: '0', max: '3' },
    ])
    expect(study.sources[0]?.layout).toBe('daily')
  })

  it('takes the first day of stimulation as day 1, and asks for the sessions prescribed', () => {
    const proposed = proposeStudy(
      profile([
        subject,
        { name: 'start', type: 'instant', min: '2026-01-05 10:00', dateOrder: 'iso' },
        { name: 'seconds', type: 'integer', min: '60', max: '120' },
        { name: 'current_uA', type: 'integer', min: '100', max: '900' },
      ]),
      'log',
    )
    expect(proposed.yaml).toContain('layout: stimulation')
    expect(proposed.yaml).toMatch(/column: seconds\n\s+unit: seconds/)
    expect(proposed.yaml).toMatch(/column: current_uA\n\s+unit: uA/)
    expect(proposed.yaml).toContain('constant: 2026-01-05')
    expect(proposed.notes.join()).toContain('QUESTION: how many sessions were prescribed per day?')
  })

  it('reads intervals of less than 10 as seconds, and takes them as recorded without stimulation until told better', () => {
    const { study, notes } = propose([subject, date, { name: 'RR', type: 'number', min: '0.61', max: '1.204' }])
    expect(study.sources[0]?.layout).toBe('rr-intervals')
    expect(study.sources[0]?.fields.find(({ field }) => field === 'rr')?.unit).toBe('s')
    expect(mapped(study).stimulating).toBe('N')
    expect(notes.join()).toContain('no column says whether there was stimulation')
  })

  it('asks for the unit of a laboratory result and never guesses it', () => {
    const { yaml, notes } = proposeStudy(profile([subject, date, { name: 'CRP', type: 'number', max: '12.5' }]), 'lab')
    expect(yaml).toContain('layout: measurements')
    expect(notes.join()).toContain('QUESTION: in which unit are the results of CRP?')
    expect(parseStudy(yaml, 'study.yaml').kind).toBe('refused')
  })

  it('reads laboratory results in rows, with their units', () => {
    const { study } = propose([
      subject,
      date,
      { name: 'LBTESTCD', type: 'text', cells: ['CRP', 'Na'] },
      { name: 'LBORRES', type: 'text', cells: ['<0.3', '140'] },
      { name: 'LBORRESU', type: 'text', cells: ['mg/L', 'mmol/L'] },
    ])
    expect(study.sources[0]?.layout).toBe('measurements')
    expect(mapped(study)).toMatchObject({ analyte: 'LBTESTCD', value: 'LBORRES', unit: 'LBORRESU' })
  })

  it('reads readings named by hours as the minutes they are', () => {
    const { study } = propose([
      subject,
      { name: 'attack', type: 'integer', min: '1', max: '5' },
      { name: 't0', type: 'instant', min: '2026-01-05 10:00', dateOrder: 'iso' },
      { name: 'pain', type: 'integer', min: '0', max: '3' },
      { name: 'pain2h', type: 'integer', min: '0', max: '3' },
      { name: 'pain_24h', type: 'integer', min: '0', max: '3' },
    ])
    expect(study.sources[0]?.layout).toBe('attacks')
    expect(study.preset).toBe('migraine-acute')
    expect(study.sources[0]?.cells.map(({ at, field, column }) => [at, field, column])).toEqual([
      [120, 'pain', 'pain2h'],
      [1440, 'pain', 'pain_24h'],
    ])
  })

  it('knows questionnaires by their names too: PHQ-9 is PHQ9', () => {
    const { study } = propose([
      subject,
      date,
      { name: 'Fragebogen', type: 'text', cells: ['PHQ-9', 'GAD-7'] },
      { name: 'item', type: 'integer', min: '1', max: '9' },
      { name: 'Antwort', type: 'integer', min: '0', max: '3' },
    ])
    expect(study.questionnaires?.instruments.map(({ code }) => code)).toEqual(['GAD7', 'PHQ9'])
    const named = study.sources[0]?.fields.find(({ field }) => field === 'instrument')
    expect(named?.values).toEqual({ 'PHQ-9': 'PHQ9', 'GAD-7': 'GAD7' })
  })

  it('asks for the licence of a questionnaire that needs one, and stops until it is given', () => {
    const items = ['1', '2', '3', '4', '5', '6'].map(
      (item): Typed => ({ name: `HIT6_${item}`, type: 'integer', min: '1', max: '5' }),
    )
    const { yaml, notes } = proposeStudy(profile([subject, date, ...items]), 'hit')
    expect(yaml).toContain('HIT6: HIT6_{item}')
    expect(notes.join()).toContain('QUESTION: HIT6 needs licence: true, if you may use it')
    expect(parseStudy(yaml, 'study.yaml').kind).toBe('refused')
  })
})
