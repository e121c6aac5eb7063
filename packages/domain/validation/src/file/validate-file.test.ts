import { describe, expect, it } from 'vitest'
import {
  listOf,
  plainRows,
  printFindings,
  readFiles,
  settleFiles,
  studyOf,
  validateText,
} from '../hand-made.fixture.ts'

const study = (layout: string, columns: string, more = '', top = 'timezone: none') =>
  studyOf(`
study: s
preset: migraine-prevention
pain: { threshold: 4, bands: nrs-1-4-7, ttrConfirmWeeks: 2, sustainWeeks: 4 }
${top}
sources:
  - files: "*.csv"
    layout: ${layout}
    ${more}
    columns: { subject: id, treatmentStart: { constant: "2026-01-01" }, ${columns} }
  - files: "never"
    layout: daily
    columns: { subject: id, date: day, headache: headache, painAvg: pain }
`)

async function rowsOf(given: ReturnType<typeof studyOf>, text: string, fields?: readonly string[]) {
  const [{ dataset }] = await readFiles(given, { 'a.csv': text })
  const { diary, episodes, intakes, values } = dataset.tables
  return plainRows(diary ?? episodes ?? intakes ?? values, dataset.subjects, fields)
}

describe('daily forms', () => {
  it('grade severity from a 0-10 scale: 0 none, 3.5 mild, 4 and 6.9 moderate, 7 severe', async () => {
    const given = study('daily', 'date: day, severityNrs: peak')
    const text = 'id,day,peak\nA,2026-01-01,0\nA,2026-01-02,3.5\nA,2026-01-03,4\nA,2026-01-04,6.9\nA,2026-01-05,7\n'
    expect(await rowsOf(given, text, ['headache', 'severity'])).toEqual([
      { subject: 'A', headache: 0, severity: 0 },
      { subject: 'A', headache: 1, severity: 1 },
      { subject: 'A', headache: 1, severity: 2 },
      { subject: 'A', headache: 1, severity: 2 },
      { subject: 'A', headache: 1, severity: 3 },
    ])
  })

  it('take a VAS of 63 mm for 6.3 (EX-P3), unrounded', async () => {
    const given = study('daily', 'date: day, painAvg: { column: pain, unit: vas }')
    expect(await rowsOf(given, 'id,day,pain\nA,2026-01-01,63\nA,2026-01-02,0.5\n', ['painAvg'])).toEqual([
      { subject: 'A', painAvg: 6.3 },
      { subject: 'A', painAvg: 0.05 },
    ])
  })

  it('read hours from minutes', async () => {
    const given = study('daily', 'date: day, headache: h, hours: { column: min, unit: minutes }')
    expect(await rowsOf(given, 'id,day,h,min\nA,2026-01-01,Y,90\n', ['hours'])).toEqual([{ subject: 'A', hours: 1.5 }])
  })

  it('take a day of 25 hours where the clocks were put back, not one of 26', async () => {
    const given = study('daily', 'date: day, headache: h, hours: hours', '', 'timezone: Europe/Berlin')
    const validated = await validateText(
      given,
      'a.csv',
      'id,day,h,hours\nA,2026-10-25,Y,25\nA,2026-10-25,Y,26\nA,2026-10-24,Y,25\n',
    )
    expect(validated.kind === 'dataset' && validated.pieces[0].counts).toMatchObject({ used: 1, quarantined: 2 })
  })

  it('read symptoms from a list, unknown ones as other, and say which were asked about', async () => {
    const given = study(
      'daily',
      'date: day, headache: h, symptoms: { column: sym, values: { Nausea: nausea, Light: photophobia } }',
    )
    const text = 'id,day,h,sym\nA,2026-01-01,Y,"Nausea, Neck pain"\nA,2026-01-02,Y,\n'
    expect(await rowsOf(given, text, ['features', 'featuresAsked'])).toEqual([
      { subject: 'A', features: 'nausea otherSymptom', featuresAsked: 'nausea photophobia otherSymptom' },
      { subject: 'A', features: '', featuresAsked: '' },
    ])
  })

  it('take a count of tablets for taken, and no acute medication as an answer for every class', async () => {
    const given = study('daily', 'date: day, headache: h, triptan: trip, acute: any')
    const rows = await rowsOf(given, 'id,day,h,trip,any\nA,2026-01-01,Y,2,yes\nA,2026-01-02,Y,,no\n', [
      'medication',
      'medicationAsked',
    ])
    expect(rows[0]).toMatchObject({ medication: 'triptan unspecified', medicationAsked: 'triptan unspecified' })
    expect(rows[1].medication).toBe('')
    expect(String(rows[1].medicationAsked).split(' ')).toHaveLength(12)
  })

  it('are missing where another column is empty', async () => {
    const given = study('daily', 'date: day, headache: { column: h, missingWhenEmpty: form }')
    expect(await rowsOf(given, 'id,day,h,form\nA,2026-01-01,N,done\nA,2026-01-02,N,\n', ['headache'])).toEqual([
      { subject: 'A', headache: 0 },
      { subject: 'A' },
    ])
  })

  it('keep a dayZero of their own: first counts 0 as the first treatment day, before as the day before it', async () => {
    const relative = (dayZero: string) =>
      studyOf(`
study: s
preset: headache-diary
sources:
  - files: "*.csv"
    layout: daily
    dayZero: ${dayZero}
    columns: { subject: id, studyDay: day, headache: h }
`)
    const text = 'id,day,h\nA,-1,Y\nA,0,Y\nA,1,Y\n'
    const days = async (dayZero: string) => (await rowsOf(relative(dayZero), text, ['day'])).map(({ day }) => day)
    expect(await days('first')).toEqual([-1, 0, 1]) // ADY -1, 1, 2
    expect(await days('before')).toEqual([-2, -1, 0]) // ADY -2, -1, 1
  })
})

describe('episodes', () => {
  const fields = ['start', 'startOffset', 'end', 'endOffset']

  it('are read in the home zone, summer and winter', async () => {
    const given = study('episodes', 'start: from, end: to', '', 'timezone: Europe/Berlin')
    const text = 'id,from,to\nA,2026-03-28 22:00,2026-03-29 04:00\n'
    // Clocks went from 02:00 to 03:00 that night: 22:00 is 21:00 UTC, 04:00 is 02:00 UTC, five hours later.
    expect(await rowsOf(given, text, fields)).toEqual([
      { subject: 'A', start: '2026-03-28T21:00', startOffset: 60, end: '2026-03-29T02:00', endOffset: 120 },
    ])
  })

  it('follow the offset of the row before the home zone', async () => {
    const given = study('episodes', 'start: from, startOffset: off, duration: lasted', '', 'timezone: Europe/Berlin')
    const text = 'id,from,off,lasted\nA,2026-01-05 22:00,-300,01h 30m\n'
    expect(await rowsOf(given, text, fields)).toEqual([
      { subject: 'A', start: '2026-01-06T03:00', startOffset: -300, end: '2026-01-06T04:30', endOffset: -300 },
    ])
  })

  it('in UTC fall on the date of the home zone, or of the offset beside them: Z does not say where the patient was', async () => {
    const text =
      'id,from,to,off\nA,2026-01-05T23:30:00Z,2026-01-06T01:00Z,\nA,2026-07-05T22:30:00.000Z,,\nA,2026-01-08T01:30Z,,-300\n'
    const home = study('episodes', 'start: from, end: to, startOffset: off', '', 'timezone: Europe/Berlin')
    expect(await rowsOf(home, text, ['start', 'startOffset', 'endOffset'])).toEqual([
      { subject: 'A', start: '2026-01-05T23:30', startOffset: 60, endOffset: 60 }, // 00:30 on 6 January
      { subject: 'A', start: '2026-01-08T01:30', startOffset: -300 },
      { subject: 'A', start: '2026-07-05T22:30', startOffset: 120 },
    ])
    const none = study('episodes', 'start: from, end: to')
    expect(await rowsOf(none, text, ['startOffset'])).toEqual(Array(3).fill({ subject: 'A', startOffset: 0 }))
    const greenwich = 'id,from\nA,2026-01-05T23:30+00:00\n'
    expect(
      await rowsOf(study('episodes', 'start: from', '', 'timezone: Europe/Berlin'), greenwich, ['startOffset']),
    ).toEqual([{ subject: 'A', startOffset: 0 }])
  })

  it('end and are submitted on one clock where only one instant of the row carries its offset', async () => {
    const given = study('episodes', 'start: from, end: to, submitted: sent')
    const text = [
      'id,from,to,sent',
      'A,2026-01-05 20:00,2026-01-05T20:20+01:00,2026-01-05T20:30+01:00',
      'A,2026-01-06T20:00-05:00,2026-01-06 21:00,2026-01-06 21:30',
      'A,2026-01-07 20:00,,2026-01-07T19:59+01:00\n',
    ].join('\n')
    expect(await rowsOf(given, text, fields)).toEqual([
      { subject: 'A', start: '2026-01-05T20:00', end: '2026-01-05T20:20' },
      { subject: 'A', start: '2026-01-07T01:00', startOffset: -300, end: '2026-01-07T02:00', endOffset: -300 },
    ])
  })

  it('take the offset written for the end, although only its duration is given', async () => {
    const given = study('episodes', 'start: from, startOffset: off, endOffset: offEnd, duration: lasted')
    expect(await rowsOf(given, 'id,from,off,offEnd,lasted\nA,2026-01-05 22:00,0,60,3\n', fields)).toEqual([
      { subject: 'A', start: '2026-01-05T22:00', startOffset: 0, end: '2026-01-06T01:00', endOffset: 60 },
    ])
  })

  it('keep the clock as written where there is no zone', async () => {
    const given = study('episodes', 'start: from, duration: lasted')
    expect(await rowsOf(given, 'id,from,lasted\nA,2026-01-05 22:00,3\nA,2026-01-07 22:00,\n', fields)).toEqual([
      { subject: 'A', start: '2026-01-05T22:00', end: '2026-01-06T01:00' },
      { subject: 'A', start: '2026-01-07T22:00' },
    ])
  })
})

describe('intakes', () => {
  it('fall on the local date of the intake, in its own offset', async () => {
    const given = study('intakes', 'taken: at, product: what', 'products: { x: triptan }', 'timezone: Europe/Berlin')
    const text = 'id,at,what\nA,2026-01-05T23:30-05:00,X\nA,2026-01-05,X\n'
    expect(await rowsOf(given, text, ['day', 'taken', 'medicationClass'])).toEqual([
      { subject: 'A', day: '2026-01-05', medicationClass: 1 },
      { subject: 'A', day: '2026-01-05', taken: '2026-01-06T04:30', medicationClass: 1 },
    ])
  })
})

describe('a file', () => {
  const given = study('daily', 'date: day, headache: h')

  it('may hold a subject whose every row is bad: he is in the study, without data', async () => {
    const { settled, findings } = await settleFiles(given, { 'a.csv': 'id,day,h\nA,2026-01-05,Y\nB,2026-01-05,x\n' })
    expect(settled.subjects).toEqual(['A', 'B'])
    expect(findings.map(({ rule }) => rule)).toEqual(['value-type', 'subject-without-data'])
  })

  it('does not make a subject of a cell that may have slipped from another column', async () => {
    const { settled } = await settleFiles(given, { 'a.csv': 'id,day,h\nA,2026-01-05,Y\nnote, B,2026-01-05,Y\n' })
    expect(settled.subjects).toEqual(['A'])
  })

  it('sorts subjects by their bytes, not by a language', async () => {
    const [{ dataset }] = await readFiles(given, {
      'a.csv': 'id,day,h\nö,2026-01-05,Y\nb,2026-01-05,Y\nB,2026-01-05,Y\n10,2026-01-05,Y\n9,2026-01-05,Y\n',
    })
    expect(dataset.subjects).toEqual(['10', '9', 'B', 'b', 'ö'])
  })

  it('finds a cell again behind quoted line ends of every kind and blank lines', async () => {
    const text =
      'id,day,h,sent,note\r\nA,2026-01-05,Y,,"a\rb\nc\r\nd"\n\r\nA,2026-01-06,Y,2026-02-06 10:00,x\rA,2026-01-07,Y,2026-03-07 10:00,"y\n"'
    const timed = study('daily', 'date: day, headache: h, submitted: sent', 'ignore: [note]')
    const validated = await validateText(timed, 'a.csv', text)
    if (validated.kind !== 'dataset') throw new Error(validated.code)
    expect(printFindings(listOf(validated.pieces[0].findings))).toEqual([
      '7 sent="2026-02-06 10:00" late-entry',
      '8 sent="2026-03-07 10:00" late-entry',
      '0 sent="" submission-missing',
    ])
  })

  it('shows cells as they were found and lines as an editor counts them', async () => {
    const text = 'id,day,h\r\n"A",2026-01-05,1\r\n\r\nA,2026-1-7,"May\r\nbe"\r\nA,2026-01-08,2\r\n'
    const [{ dataset }] = await readFiles(study('daily', 'date: day, headache: h, severity: h'), { 'a.csv': text })
    expect(dataset.counts.quarantined).toBe(1)
    expect(printFindings(listOf(dataset.findings))).toContain('4 h="May\r\nbe" value-type')
  })
})
