import { describe, expect, it } from 'vitest'
import { listOf, plainRows, printFindings, settleFiles, studyOf, validateText } from '../hand-made.fixture.ts'

const BASE = `study: forms
responders: { missing: NRI }
timezone: none
dataCut: 2026-12-31
`
const SUBJECTS = `
  - files: subjects.csv
    layout: subjects
    columns: { subject: id, treatmentStart: start, lastDay: last }
`
const WIDE = studyOf(`${BASE}
questionnaires: { MIDAS: { licence: true } }
sources:${SUBJECTS}
  - files: '*.csv'
    layout: assessments
    columns: { subject: id, date: date }
    items: { GAD7: 'g{item}', MIDAS: 'm{item}' }
`)
const LONG = studyOf(`${BASE}
questionnaires: { MIDAS: { licence: true }, MPFID: { licence: true } }
sources:${SUBJECTS}
  - files: '*.csv'
    layout: assessments
    columns: { subject: id, date: date, submitted: sent, instrument: form, item: item, value: { column: answer } }
`)

const WIDE_HEAD = 'id,date,g1,g2,g3,g4,g5,g6,g7,m1,m2,m3,m4,m5'
const text = (head: string, rows: readonly string[]) => `${[head, ...rows].join('\n')}\n`

async function dataset(study: typeof WIDE, content: string) {
  const validated = await validateText(study, 'forms.csv', content)
  if (validated.kind !== 'dataset') throw new Error(validated.code)
  const { counts, findings } = validated.pieces[0]
  return { ...validated.pieces[0], told: printFindings(listOf(findings)), counts }
}

const answers = (rows: readonly Record<string, unknown>[]) =>
  rows.map(({ subject, day, instrument, item, value }) => `${subject} ${day} ${instrument} ${item}=${value}`).sort()

describe('a column per item', () => {
  it('gives a record per answer and uses the row once', async () => {
    const { tables, subjects, counts } = await dataset(WIDE, text(WIDE_HEAD, ['P1,2026-03-01,0,1,,,,,,5,,,,']))
    expect(answers(plainRows(tables.assessments, subjects))).toEqual([
      'P1 2026-03-01 GAD7 1=0',
      'P1 2026-03-01 GAD7 2=1',
      'P1 2026-03-01 MIDAS 1=5',
    ])
    expect(counts).toEqual({ read: 1, used: 1, quarantined: 0, excluded: {} })
  })

  it('tells of a bad answer and keeps the row; without an answer left the row is quarantined, without any it is left out', async () => {
    const rows = [
      'P1,2026-03-01,4,1,1,1,1,1,1,5,0,0,0,0', // 4 is above 3
      'P2,2026-03-01,9,,,,,,,ten,,,,', // nothing left
      'P3,2026-03-01,,,,,,,,,,,,', // nothing said
      'P4,,1,1,1,1,1,1,1,,,,,', // no day
    ]
    const { counts, told, tables } = await dataset(WIDE, text(WIDE_HEAD, rows))
    expect(counts).toEqual({ read: 4, used: 1, quarantined: 2, excluded: { 'row-without-values': 1 } })
    expect(told.sort()).toEqual([
      '2 g1="4" answer-rejected',
      '3 g1="9" answer-rejected',
      '3 m1="ten" answer-rejected',
      '4 ="" row-without-values',
      '5 date="" value-missing',
    ])
    expect(tables.assessments?.rows).toBe(11)
  })

  it('reads decimals with either mark and yes or no, and refuses halves where whole numbers are asked', async () => {
    const { told } = await dataset(WIDE, text(WIDE_HEAD, ['P1,2026-03-01,0.5,"1,5",yes,1.0,2,2,2,,,,,']))
    expect(told).toEqual(['2 g1="0.5" answer-rejected', '2 g2="1,5" answer-rejected'])
  })
})

describe('forms across files', () => {
  const subjects = 'id,start,last\nP1,2026-03-01,2026-06-30\nP2,2026-03-01,2026-03-20\n'
  const zero = '0,0,0,0,0,0,0'

  it('rejects the form whose answers exclude each other and counts its row as used by the other form', async () => {
    const rows = [`P1,2026-03-05,${zero},60,40,0,0,0`, `P1,2026-04-05,,,,,,,,60,40,0,0,0`]
    const { settled, findings } = await settleFiles(WIDE, {
      'subjects.csv': subjects,
      'forms.csv': text(WIDE_HEAD, rows),
    })
    expect(printFindings(findings).filter((line) => line.includes('form-rejected'))).toHaveLength(2)
    expect(answers(plainRows(settled.assessments, settled.subjects)).every((line) => line.includes('GAD7'))).toBe(true)
    expect(settled.counts).toMatchObject({ used: 3, quarantined: 1 }) // two subjects and the first form
  })

  it('leaves out forms after the last study day, and joins the halves of a form from two files', async () => {
    const one = text(WIDE_HEAD, ['P1,2026-03-05,0,0,0,0,,,,,,,,', 'P2,2026-03-21,0,0,0,0,0,0,0,,,,,'])
    const two = text(WIDE_HEAD, ['P1,2026-03-05,,,,,1,1,1,,,,,'])
    const { settled } = await settleFiles(WIDE, { 'subjects.csv': subjects, 'a.csv': one, 'b.csv': two })
    expect(settled.assessments?.rows).toBe(7)
    expect(settled.excluded).toEqual({ 'after-last-day': 1 })
  })

  it('takes the worse of two answers to one item: the higher of the GAD-7', async () => {
    const files = {
      'subjects.csv': subjects,
      'a.csv': text(WIDE_HEAD, ['P1,2026-03-05,1,,,,,,,,,,,']),
      'b.csv': text(WIDE_HEAD, ['P1,2026-03-05,2,,,,,,,,,,,']),
    }
    const { settled, findings } = await settleFiles(WIDE, files)
    expect(answers(plainRows(settled.assessments, settled.subjects))).toEqual(['P1 2026-03-05 GAD7 1=2'])
    expect(printFindings(findings).filter((line) => line.includes('duplicate'))).toEqual([
      '2 g1="1" duplicate-conflict',
    ])
  })
})

describe('a row per answer', () => {
  const head = 'id,date,form,item,answer,sent'

  it('quarantines the row of a bad answer alone', async () => {
    const rows = [
      'P1,2026-03-01,GAD7,1,3,',
      'P1,2026-03-01,GAD7,2,4,',
      'P1,2026-03-01,GAD7,3,,',
      'P1,2026-03-01,GAD7,8,1,',
    ]
    const { counts, told } = await dataset(LONG, text(head, rows))
    // GAD7 has to be named by the study; it is not, so nothing is known of it.
    expect(told.filter((line) => line.includes('value-unknown'))).toHaveLength(4)
    expect(counts).toMatchObject({ read: 4, used: 0, quarantined: 4 })
  })

  it('closes the diary of what is asked daily, and of nothing else', async () => {
    const rows = [
      'P1,2026-03-01,MPFID,ea1,3,2026-03-01T20:00',
      'P1,2026-03-02,MPFID,ea1,3,2026-03-09T20:00', // a week later
      'P1,2026-03-02,MIDAS,1,3,2026-03-09T20:00',
      'P1,2026-03-03,MIDAS,1,3,2026-03-01T20:00', // before its day
    ]
    const { counts, told } = await dataset(LONG, text(head, rows))
    expect(counts).toEqual({ read: 4, used: 2, quarantined: 1, excluded: { 'late-entry': 1 } })
    expect(told.map((line) => line.split(' ').at(-1)).sort()).toEqual(['future-entry', 'late-entry'])
  })
})

describe('a diary in columns', () => {
  it('leaves out the days after the last study day although their row is used', async () => {
    const study = studyOf(`study: wide
preset: chronic-pain
dataCut: 2026-12-31
sources:${SUBJECTS}
  - files: '*.csv'
    layout: days-wide
    columns: { subject: id, date: first }
    days: { painAvg: { columns: 'd{day}', from: 1, to: 4 } }
`)
    const files = {
      'subjects.csv': 'id,start,last\nP1,2026-03-01,2026-03-02\n',
      'd.csv': 'id,first,d1,d2,d3,d4\nP1,2026-03-01,1,2,3,4\n',
    }
    const { settled } = await settleFiles(study, files)
    expect(plainRows(settled.diary, settled.subjects).map(({ painAvg }) => painAvg)).toEqual([1, 2])
  })
})
