import { describe, expect, it } from 'vitest'
import { listOf, plainRows, printFindings, settleFiles, studyOf, validateText } from '../hand-made.fixture.ts'

const [BELOW, MEASURED, ABOVE] = [0, 1, 2]
const BASE = `study: lab
laboratory: { blq: half, analytes: { IL6: {} } }
timezone: Europe/Berlin
dataCut: 2026-12-31
visits: { windows: [{ from: 2, to: 28 }] }
`
const SUBJECTS = `
  - files: subjects.csv
    layout: subjects
    columns: { subject: id, treatmentStart: start, lastDay: last }
`
const LONG = studyOf(`${BASE}
sources:${SUBJECTS}
  - files: '*.csv'
    layout: measurements
    columns: { subject: id, taken: at, submitted: sent, analyte: test, value: result, unit: unit, uloq: max }
    results: { CRP: { unit: mg/L, lloq: 0.3 } }
`)
const HEAD = 'id,at,sent,test,result,unit,max'
const text = (rows: readonly string[], head = HEAD) => `${[head, ...rows].join('\n')}\n`

async function read(rows: readonly string[], threads = 1) {
  const validated = await validateText(LONG, 'lab.csv', text(rows), threads, threads > 1 ? 64 : undefined)
  if (validated.kind !== 'dataset') throw new Error(validated.code)
  const { tables, subjects, counts, findings } = validated.pieces[0]
  const results = plainRows(tables.measurements, subjects, ['day', 'taken', 'visit', 'analyte', 'value', 'quantified'])
  return {
    results,
    counts,
    told: printFindings(listOf(findings)).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
  }
}

describe('a row per result', () => {
  it('becomes the canonical unit, with the side it lies on; the day is that of the home zone', async () => {
    const { results, counts, told } = await read([
      'P1,2026-03-01T23:30:00Z,,CRP,0.06,mg/dL,',
      'P1,2026-03-10 08:00,,crp,0.2,,',
      'P1,2026-03-10 08:00,,IL6,55,pg/mL,40',
      'P1,2026-03-11,,IL6,>40,ng/L,40',
    ])
    expect(told).toEqual([])
    expect(counts).toEqual({ read: 4, used: 4, quarantined: 0, excluded: {} })
    const taken = '2026-03-10T07:00'
    expect(results).toEqual([
      { subject: 'P1', day: '2026-03-02', taken: '2026-03-01T23:30', analyte: 'CRP', value: 0.6, quantified: MEASURED },
      { subject: 'P1', day: '2026-03-10', taken, analyte: 'CRP', value: 0.3, quantified: BELOW },
      { subject: 'P1', day: '2026-03-10', taken, analyte: 'IL6', value: 40, quantified: ABOVE },
      { subject: 'P1', day: '2026-03-11', analyte: 'IL6', value: 40, quantified: ABOVE },
    ])
  })

  it('takes the declared limit in its own unit: 0.3 mg/L is 0.03 mg/dL', async () => {
    const { results } = await read(['P1,2026-03-10,,CRP,0.06,mg/dL,', 'P1,2026-03-11,,CRP,0.06,mg/L,'])
    expect(results).toMatchObject([
      { value: 0.6, quantified: MEASURED },
      { value: 0.3, quantified: BELOW },
    ])
  })

  it('rejects what it cannot use and counts every row once, in ranges too', async () => {
    const rows = [
      'P1,2026-03-10,,CRP,0,mg/L,',
      'P1,2026-03-11,,CRP,1,lb,',
      'P1,2026-03-12,,IL6,1,,',
      'P1,2026-03-13,,IL6,1,pg/mL,no',
      'P1,2026-03-14,,Na,140,mmol/L,',
      'P1,2026-03-15,,CRP,,mg/L,',
      'P1,,,CRP,1,mg/L,',
      'P1,2026-03-16,2026-03-15 10:00,CRP,1,mg/L,',
      'P1,2026-03-17,2026-06-15 10:00,CRP,1,mg/L,',
      'P1,2026-03-18,,CRP,1,mg/L,',
      ',2026-03-18,,CRP,1,mg/L,',
    ]
    const found = await read(rows)
    expect(found.told).toEqual([
      '2 result="0" result-rejected',
      '3 unit="lb" unit-unknown',
      '4 unit="" unit-unknown',
      '5 max="no" value-type',
      '6 test="Na" analyte-other',
      '7 ="" row-without-values',
      '8 at="" value-missing',
      '9 sent="2026-03-15 10:00" future-entry',
      '12 id="" value-missing',
    ])
    const excluded = { 'analyte-other': 1, 'row-without-values': 1 }
    expect(found.counts).toEqual({ read: 11, used: 2, quarantined: 7, excluded })
    expect(await read(rows, 3)).toEqual(found)
  })

  it('is settled like any record: after the last day, an unknown subject', async () => {
    const { settled, findings } = await settleFiles(LONG, {
      'subjects.csv': text(['P1,2026-03-01,2026-03-20'], 'id,start,last'),
      'lab.csv': text(['P1,2026-03-10,,CRP,1,mg/L,', 'P1,2026-03-21,,CRP,1,mg/L,', 'P9,2026-03-10,,CRP,1,mg/L,']),
    })
    expect(plainRows(settled.measurements, settled.subjects, ['day'])).toEqual([{ subject: 'P1', day: '2026-03-10' }])
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['after-last-day', 'subject-unknown']))
    expect(settled.counts).toMatchObject({ quarantined: 1, excluded: { 'after-last-day': 1 } })
  })
})
