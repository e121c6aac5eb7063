import { describe, expect, it } from 'vitest'
import { type Answer, answerOf, givenText, type Row } from '../testkit/analyze.ts'

const DATES = `
study: forms
arms: { A: Active, S: { name: Sham, reference: true } }
responders: { missing: NRI }
visits:
  baseline: { from: -28, to: 1 }
  windows:
    - { visit: 1, from: 22, to: 35, label: Week 4 }
    - { visit: 2, from: 78, to: 91, label: Week 12 }
dataCut: 2026-06-30
`
const SUBJECTS = `
  - files: subjects.csv
    layout: subjects
    columns: { subject: id, arm: arm, treatmentStart: start }
`
const SUBJECTS_CSV = 'id,arm,start\nP1,A,2026-01-29\nP2,S,2026-01-29\n'
const WIDE = `${DATES}
questionnaires: { HIT6: { licence: true }, MIDAS: { licence: true } }
sources:${SUBJECTS}
  - files: 'forms*.csv'
    layout: assessments
    columns: { subject: id, date: date }
    items:
      HIT6: 'hit_{item}'
      MIDAS: { '*': 'midas_{item}' }
`
const HEAD = 'id,date,hit_1,hit_2,hit_3,hit_4,hit_5,hit_6,midas_1,midas_2,midas_3,midas_4,midas_5'
/** HIT-6 63 of EX-Q1, MIDAS 20 of EX-Q2; at week 4 HIT-6 6 x 8 = 48 and MIDAS 5. */
const FORMS = [
  'P1,2026-01-29,13,11,11,10,10,8,4,6,3,5,2',
  'P1,2026-02-26,8,8,8,8,8,8,1,1,1,1,1',
  'P2,2026-01-29,13,11,11,10,10,8,4,6,3,5,3',
]
const wideFile = (rows: readonly string[]) => givenText('forms.csv', `${[HEAD, ...rows].join('\n')}\n`)
const subjects = givenText('subjects.csv', SUBJECTS_CSV)

const row = (answer: Answer, subject: string, code: string, visit: number): Row => {
  const found = answer
    .rows('adeff')
    .filter((r) => r.USUBJID === `forms-${subject}` && r.PARAMCD === code && r.AVISITN === String(visit))
  expect(found, `${subject} ${code} ${visit}`).toHaveLength(1)
  return found[0] as Row
}
const findings = (answer: Answer, rule: string) => answer.rows('findings').filter(({ RULE }) => RULE === rule)

describe('forms with a column per item', () => {
  it('EX-Q1 HIT-6 codes 13, 11, 11, 10, 10, 8 are 63, severe', async () => {
    const answer = await answerOf(WIDE, [subjects, wideFile(FORMS)])
    expect(row(answer, 'P1', 'HIT6', 0)).toMatchObject({ AVAL: '63', AVALCAT1: 'severe impact', ABLFL: 'Y', ADY: '1' })
    expect(row(answer, 'P1', 'HIT6', 1)).toMatchObject({
      AVAL: '48',
      CHG: '-15',
      AVALCAT1: 'little or no impact',
      AVISIT: 'Week 4',
      CRIT5: 'Improvement from baseline of at least 6 points',
      CRIT5FL: 'Y',
      CRIT1FL: '', // 36 to 78 has no zero: no percentages
    })
    expect(row(answer, 'P2', 'HIT6', 1)).toMatchObject({
      AVAL: '',
      AREASON: 'MISSING_ITEMS',
      CRIT5FL: 'N',
      DTYPE: 'NRI',
    })
  })

  it('EX-Q2 MIDAS 4, 6, 3, 5, 2 is 20, grade III; 21 is IV', async () => {
    const answer = await answerOf(WIDE, [subjects, wideFile(FORMS)])
    expect(row(answer, 'P1', 'MIDAS', 0)).toMatchObject({ AVAL: '20', AVALCAT1: 'III' })
    expect(row(answer, 'P2', 'MIDAS', 0)).toMatchObject({ AVAL: '21', AVALCAT1: 'IV' })
    expect(row(answer, 'P1', 'MIDAS', 1)).toMatchObject({ AVAL: '5', PCHG: '-75', CRIT3FL: 'Y', CRIT4FL: 'N' })
  })

  it('rejects one bad answer, keeps the rest of the row and counts the row as used', async () => {
    const bad = FORMS.map((line) => line.replace('P1,2026-02-26,8,8', 'P1,2026-02-26,7,oft'))
    const answer = await answerOf(WIDE, [subjects, wideFile(bad)])
    expect(row(answer, 'P1', 'HIT6', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
    expect(row(answer, 'P1', 'MIDAS', 1)).toMatchObject({ AVAL: '5' })
    expect(findings(answer, 'answer-rejected')).toMatchObject([
      { FILE: 'forms.csv', LINE: '3', COLUMN: 'hit_1', VALUE: '7', SEVERITY: 'error', SUBJECT: 'P1' },
      { LINE: '3', COLUMN: 'hit_2', VALUE: 'oft' },
    ])
  })

  it('rejects a form whose answers exclude each other, and keeps the other form of the row', async () => {
    const bad = FORMS.map((line) => line.replace('8,1,1,1,1,1', '8,60,40,1,1,1'))
    const answer = await answerOf(WIDE, [subjects, wideFile(bad)])
    expect(row(answer, 'P1', 'MIDAS', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
    expect(row(answer, 'P1', 'HIT6', 1)).toMatchObject({ AVAL: '48' })
    expect(findings(answer, 'form-rejected')).toMatchObject([{ FILE: 'forms.csv', LINE: '3', SUBJECT: 'P1' }])
  })
})

const LONG = `${DATES}
questionnaires: { PGIC: { orientation: 7best }, SF36: { scores: [SFPF, SFPCS] }, PRFATI: { licence: true, scores: [PRFATIT], version: 8a } }
sources:${SUBJECTS}
  - files: 'answers*.csv'
    layout: assessments
    missing: [NA]
    columns:
      subject: id
      date: { column: date }
      visit: { column: visit, values: { Screening: '0', 'Week 4': '1', 'Week 12': '2' } }
      submitted: sent
      instrument: { column: form, values: { 'PHQ-9': PHQ9, PGIC: PGIC, RAND: SF36, Fatigue: PRFATI } }
      item: item
      value: { column: answer, values: { never: '0', some: '1', often: '2', daily: '3', '7': '7', '6': '6', '36.4': '36.4' } }
timezone: none
`
const LONG_HEAD = 'id,date,visit,form,item,answer,sent'
const phq = (subject: string, date: string, visit: string, words: readonly string[]) =>
  words.map((word, i) => `${subject},${date},${visit},PHQ-9,${i + 1},${word},`)
const longFile = (rows: readonly string[], name = 'answers.csv') =>
  givenText(name, `${[LONG_HEAD, ...rows].join('\n')}\n`)
const nine = (word: string) => Array.from({ length: 9 }, () => word)
/** Baseline eight times 1 and once 3 (item 9): 11; week 4 with two missing: 7 answers of 1 are 9; then none. */
const ANSWERS = [
  ...phq('P1', '2026-01-20', 'Screening', [...nine('some').slice(1), 'daily']),
  ...phq('P1', '2026-02-26', 'Week 4', ['some', 'some', 'some', 'some', 'some', 'some', 'some', 'NA', '']),
  'P1,2026-02-26,Week 4,PGIC,1,6,',
  'P1,2026-02-26,Week 4,RAND,SFPCS,36.4,',
]

describe('answers in a row each', () => {
  it('reads words, names of visits and two missing answers of nine', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(ANSWERS)])
    expect(row(answer, 'P1', 'PHQ9', 0)).toMatchObject({ AVAL: '11', AVALCAT1: 'moderate', ADY: '-9', SCOREFL: '' })
    // 7 / 7 x 9 = 9, a fall of 2: neither 5 points nor remission
    expect(row(answer, 'P1', 'PHQ9', 1)).toMatchObject({ AVAL: '9', CHG: '-2', CRIT5FL: 'N', CRIT6FL: 'N' })
    expect(row(answer, 'P1', 'PHQ9', 2)).toMatchObject({ AREASON: 'MISSING_ITEMS', CRIT1FL: 'N', DTYPE: 'NRI' })
    expect(row(answer, 'P2', 'PHQ9', 0)).toMatchObject({ AREASON: 'NO_BASELINE' })
  })

  it('turns a PGIC of 6 with 7 as the best to 2, a response; it has no baseline', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(ANSWERS)])
    expect(row(answer, 'P1', 'PGIC', 1)).toMatchObject({ AVAL: '2', AVALCAT1: 'much improved', CRIT6FL: 'Y', CHG: '' })
    expect(answer.rows('adeff').filter((r) => r.PARAMCD === 'PGIC' && r.AVISITN === '0')).toEqual([])
    expect(row(answer, 'P1', 'PGIC', 2)).toMatchObject({ AREASON: 'MISSING_ITEMS', CRIT6FL: '' })
  })

  it('takes a summary score that was summed elsewhere and says so', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(ANSWERS)])
    expect(row(answer, 'P1', 'SFPCS', 1)).toMatchObject({ AVAL: '36.4', SCOREFL: 'E', AREASON: 'NO_BASELINE' })
  })

  it('tells of PHQ-9 item 9 at once, with file and line, and keeps it per visit whatever the total', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(ANSWERS)])
    expect(findings(answer, 'safety-answer')).toMatchObject([
      { FILE: 'answers.csv', LINE: '10', COLUMN: 'answer', VALUE: 'daily', SUBJECT: 'P1', SEVERITY: 'warning' },
    ])
    expect(row(answer, 'P1', 'PHQ9I9', 0)).toMatchObject({ AVALC: 'Y' })
    expect(row(answer, 'P1', 'PHQ9I9', 1)).toMatchObject({ AVALC: '', AREASON: 'MISSING_ITEMS' }) // not answered
  })

  it('names unknown questionnaires, items, words and visits, each with what is known', async () => {
    const wrong = [
      'P1,2026-02-26,Week 4,BDI,1,some,',
      'P1,2026-02-26,Week 4,PHQ-9,10,some,',
      'P2,2026-02-26,Week 4,PHQ-9,1,7,',
      'P2,2026-02-26,Week 4,PHQ-9,2,sometimes,',
      'P2,2026-02-26,Week 5,PHQ-9,3,some,',
      'P2,,,PHQ-9,4,some,',
    ]
    const answer = await answerOf(LONG, [subjects, longFile([...ANSWERS, ...wrong])])
    const told = answer.rows('findings').filter(({ SEVERITY }) => SEVERITY === 'error')
    expect(told.map(({ RULE, COLUMN, VALUE }) => `${RULE} ${COLUMN}=${VALUE}`)).toEqual([
      'value-unknown form=BDI',
      'value-unknown item=10',
      'answer-rejected answer=7',
      'answer-rejected answer=sometimes',
      'value-unknown visit=Week 5',
      'value-missing date=',
    ])
    expect(told[2]?.MESSAGE).toContain('item 1 of PHQ9 is a whole number from 0 to 3')
  })

  it('settles two forms of one date by the later submission, and by the worse answer without one', async () => {
    const copies = [
      'P2,2026-01-20,Screening,PHQ-9,1,often,',
      'P2,2026-01-20,Screening,PHQ-9,1,some,',
      'P2,2026-01-20,Screening,PHQ-9,2,daily,2026-01-20T10:00',
      'P2,2026-01-20,Screening,PHQ-9,2,never,2026-01-20T12:00',
      ...[3, 4, 5, 6, 7, 8, 9].map((i) => `P2,2026-01-20,Screening,PHQ-9,${i},never,`),
    ]
    const answer = await answerOf(LONG, [subjects, longFile([...ANSWERS, ...copies])])
    expect(row(answer, 'P2', 'PHQ9', 0)).toMatchObject({ AVAL: '2' }) // 2 (the worse) + 0 (the later)
    expect(findings(answer, 'duplicate-conflict')).toHaveLength(2)
  })

  it('gives the same rows whatever the order of rows and files', async () => {
    const tables = async (files: Parameters<typeof answerOf>[1]) => {
      const answer = await answerOf(LONG, files)
      return Buffer.from(answer.files.get('adeff.csv') as Uint8Array).toString()
    }
    const once = await tables([subjects, longFile(ANSWERS)])
    expect(await tables([longFile([...ANSWERS].reverse()), subjects])).toBe(once)
    const odd = ANSWERS.filter((_, i) => i % 2 === 1)
    const even = ANSWERS.filter((_, i) => i % 2 === 0)
    expect(await tables([longFile(odd, 'answers-1.csv'), longFile(even, 'answers-2.csv'), subjects])).toBe(once)
  })
})

const TOTALS = `${DATES}
questionnaires: { HIT6: { licence: true } }
sources:${SUBJECTS}
  - files: totals.csv
    layout: assessments
    columns: { subject: id, visit: visit }
    items: { PHQ9: { columns: 'p{item}' } }
    totals: { PHQ9: phq9, HIT6: hit6 }
`
const TOTALS_HEAD = 'id,visit,p1,p2,p3,p4,p5,p6,p7,p8,p9,phq9,hit6'

describe('totals that were summed elsewhere', () => {
  it('counts the score of the items where both are there, tells where they differ, and checks the range', async () => {
    const rows = [
      'P1,0,1,1,1,1,1,1,1,1,1,9,60', // agree
      'P1,1,1,1,1,1,1,1,1,1,1,12,79', // 9 of the items; HIT-6 ends at 78
      'P1,2,,,,,,,,,,4,48', // the total alone
      'P2,0,1,1,1,1,1,1,1,,,9,36', // 7 answers of 1 are 9
    ]
    const file = givenText('totals.csv', `${[TOTALS_HEAD, ...rows].join('\n')}\n`)
    const answer = await answerOf(TOTALS, [subjects, file])
    expect(row(answer, 'P1', 'PHQ9', 0)).toMatchObject({ AVAL: '9', SCOREFL: '' })
    expect(row(answer, 'P1', 'PHQ9', 1)).toMatchObject({ AVAL: '9', SCOREFL: '' })
    expect(row(answer, 'P1', 'PHQ9', 2)).toMatchObject({ AVAL: '4', SCOREFL: 'E', CRIT5FL: 'Y', CRIT6FL: 'Y' })
    expect(row(answer, 'P1', 'HIT6', 0)).toMatchObject({ AVAL: '60', SCOREFL: 'E', AVALCAT1: 'severe impact' })
    expect(row(answer, 'P1', 'HIT6', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
    expect(findings(answer, 'total-differs')).toMatchObject([{ LINE: '3', COLUMN: 'phq9', VALUE: '12' }])
    expect(findings(answer, 'answer-rejected')).toMatchObject([{ LINE: '3', COLUMN: 'hit6', VALUE: '79' }])
    expect(row(answer, 'P2', 'PHQ9', 0)).toMatchObject({ AVAL: '9' })
  })
})
