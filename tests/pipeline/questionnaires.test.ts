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
    expect(row(answer, 'P2', 'HIT6', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS', CRIT5FL: 'N', DTYPE: 'NRI' })
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
    const { inputs } = JSON.parse(Buffer.from(answer.files.get('manifest.json') as Uint8Array).toString())
    expect(JSON.stringify(inputs)).not.toContain('undefined')
  })

  it('rejects a form whose answers exclude each other, and keeps the other form of the row', async () => {
    const bad = FORMS.map((line) => line.replace('8,1,1,1,1,1', '8,60,40,1,1,1'))
    const answer = await answerOf(WIDE, [subjects, wideFile(bad)])
    expect(row(answer, 'P1', 'MIDAS', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
    expect(row(answer, 'P1', 'HIT6', 1)).toMatchObject({ AVAL: '48' })
    expect(findings(answer, 'form-rejected')).toMatchObject([{ FILE: 'forms.csv', LINE: '3', SUBJECT: 'P1' }])
  })
})
