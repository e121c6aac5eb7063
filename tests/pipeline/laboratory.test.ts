import { describe, expect, it } from 'vitest'
import { type Answer, answerOf, givenText, type Row } from '../testkit/analyze.ts'

const HEAD = `
study: lab
laboratory: sqrt2
arms: { A: Active, S: { name: Sham, reference: true } }
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
const subjects = givenText(
  'subjects.csv',
  'id,arm,start\nP1,A,2026-01-29\nP2,A,2026-01-29\nP3,S,2026-01-29\nP4,S,2026-01-29\n',
)
const LONG = `${HEAD}
sources:${SUBJECTS}
  - files: 'lab*.csv'
    layout: measurements
    columns:
      subject: id
      date: date
      analyte: { column: test, values: { CRP: CRP, 'Interleukin 6': IL6 } }
      value: result
      unit: unit
      lloq: lloq
`
const LONG_ROWS = [
  'P1,2026-01-29,CRP,0.6,mg/L,0.3',
  'P1,2026-02-26,CRP,< 0.3,mg/L,0.3', // EX-L1
  'P1,2026-01-29,Interleukin 6,2,pg/mL,',
  'P1,2026-02-26,Interleukin 6,4,pg/mL,',
  'P2,2026-01-29,CRP,<0.3,mg/L,0.3',
  'P2,2026-02-26,CRP,0.2,mg/L,0.3', // a number below the limit; EX-L2
  'P3,2026-01-29,CRP,12,mg/L,0.3',
  'P3,2026-02-26,CRP,6,mg/L,0.3',
  'P3,2026-01-29,Interleukin 6,8,pg/mL,',
  'P3,2026-02-26,Interleukin 6,2,pg/mL,',
  'P4,2026-01-29,CRP,1,mg/L,0.3',
  'P4,2026-02-26,CRP,0.5,mg/L,0.3',
]
const longFile = (rows: readonly string[], name = 'lab.csv') =>
  givenText(name, `${['id,date,test,result,unit,lloq', ...rows].join('\n')}\n`)

const rowOf = (answer: Answer, subject: string, code: string, visit: number): Row => {
  const found = answer
    .rows('adeff')
    .filter((r) => r.USUBJID === `lab-${subject}` && r.PARAMCD === code && r.AVISITN === String(visit))
  expect(found, `${subject} ${code} ${visit}`).toHaveLength(1)
  return found[0] as Row
}
const findings = (answer: Answer, rule?: string) =>
  answer.rows('findings').filter(({ RULE, FILE }) => FILE !== '' && (rule === undefined || RULE === rule))
const cohort = (answer: Answer, where: Readonly<Record<string, string>>): Row[] =>
  answer.rows('cohort').filter((row) => Object.entries(where).every(([name, value]) => row[name] === value))

describe('a row per result', () => {
  it('EX-L1 LLOQ 0.3, baseline 0.6, week 4 "< 0.3" is 0.212132 and a log ratio of -1.039721; half: -1.386294', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(LONG_ROWS)])
    const week4 = rowOf(answer, 'P1', 'CRP', 1)
    expect(Number(week4.AVAL)).toBeCloseTo(0.3 / Math.SQRT2, 12)
    expect(week4).toMatchObject({ BLQFL: 'Y', CRPFL: 'N', AVISIT: 'Week 4', ADY: '29', BASE: '0.6' })
    expect(Number(rowOf(answer, 'P1', 'CRPLR', 1).AVAL)).toBeCloseTo(-1.039721, 6)
    expect(rowOf(answer, 'P1', 'CRPLR', 1)).toMatchObject({
      BLQFL: 'Y',
      METHOD: 'lab.blq sqrt2; last result of the visit',
    })
    const half = await answerOf(LONG.replace('laboratory: sqrt2', 'laboratory: half'), [subjects, longFile(LONG_ROWS)])
    expect(Number(rowOf(half, 'P1', 'CRPLR', 1).AVAL)).toBeCloseTo(-1.386294, 6)
  })

  it('EX-L2 both below the limit, one of them as a number: log ratio 0, BLQFL B', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(LONG_ROWS)])
    expect(rowOf(answer, 'P2', 'CRPLR', 1)).toMatchObject({ AVAL: '0', BLQFL: 'B', AREASON: '' })
    expect(rowOf(answer, 'P2', 'CRP', 0)).toMatchObject({ BLQFL: 'Y', ABLFL: 'Y' })
  })

  it('gives a reason for every scheduled visit without a result', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(LONG_ROWS)])
    expect(rowOf(answer, 'P1', 'CRP', 2)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS', AVISIT: 'Week 12' })
    expect(rowOf(answer, 'P4', 'IL6', 0)).toMatchObject({ AVAL: '', AREASON: 'NO_BASELINE' })
    expect(rowOf(answer, 'P4', 'IL6LR', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
    const noBase = LONG_ROWS.filter((row) => !row.startsWith('P4,2026-01'))
    const without = await answerOf(LONG, [subjects, longFile(noBase)])
    expect(rowOf(without, 'P4', 'CRP', 1)).toMatchObject({ AVAL: '0.5', AREASON: 'NO_BASELINE', CHG: '' })
    expect(rowOf(without, 'P4', 'CRPLR', 1)).toMatchObject({ AVAL: '', AREASON: 'NO_BASELINE' })
  })

  it('gives the geometric mean ratio with and without subjects of an acute phase, and what lies below', async () => {
    const answer = await answerOf(LONG, [subjects, longFile(LONG_ROWS)])
    // log ratios of week 4: P1 -1.039721, P2 0, P3 ln(6/12), P4 ln(0.5): mean -0.606504, sd 0.437060
    const [gmr] = cohort(answer, {
      ANALYSIS: 'RATIO',
      STAT: 'GMR',
      PARAMCD: 'CRPLR',
      AVISIT: 'Week 4',
      ANLSET: 'ALL',
      ARM: '',
    })
    expect(Number(gmr?.ESTIMATE)).toBeCloseTo(Math.exp((-1.0397207708 - 2 * Math.LN2) / 4), 8)
    expect(gmr).toMatchObject({ N: '4', DF: '3' })
    const [calm] = cohort(answer, {
      ANALYSIS: 'RATIO',
      STAT: 'GMR',
      PARAMCD: 'CRPLR',
      AVISIT: 'Week 4',
      ANLSET: 'NOACUTE',
      ARM: '',
    })
    expect(calm).toMatchObject({ N: '3', DF: '2' })
    const [il6] = cohort(answer, {
      ANALYSIS: 'RATIO',
      STAT: 'GMRPCT',
      PARAMCD: 'IL6LR',
      AVISIT: 'Week 4',
      ANLSET: 'NOACUTE',
      ARM: '',
    })
    expect(Number(il6?.ESTIMATE)).toBeCloseTo(100, 9) // P1 alone: 4 / 2; CRP of P3 was 12 at baseline
    expect(il6).toMatchObject({ N: '1', REASON: 'ONE_SUBJECT' })
    // 2 of 4 below at week 4: 50 % is not more than 50 %, but more than 15 %
    const [share] = cohort(answer, { ANALYSIS: 'QUANTIFIED', PARAMCD: 'CRP', AVISIT: 'Week 4', ARM: '' })
    expect(share).toMatchObject({ ESTIMATE: '0.5', NUMER: '2', DENOM: '4' })
    expect(share?.METHOD).toContain('Tobit')
  })

  it('reports nothing but the share quantifiable where more than half lie below', async () => {
    const most = LONG_ROWS.map((row) => row.replace('P4,2026-02-26,CRP,0.5', 'P4,2026-02-26,CRP,<0.3'))
    const answer = await answerOf(LONG, [subjects, longFile(most)])
    const week4 = { PARAMCD: 'CRP', AVISIT: 'Week 4', ARM: '' }
    expect(cohort(answer, week4).map(({ ANALYSIS }) => ANALYSIS)).toEqual(['QUANTIFIED'])
    expect(cohort(answer, { ...week4, PARAMCD: 'CRPLR', STAT: 'GMR', ANLSET: 'ALL' })).toMatchObject([
      { ESTIMATE: '', REASON: 'MOSTLY_BELOW_LLOQ' },
    ])
    expect(cohort(answer, { PARAMCD: 'CRP', AVISIT: 'Baseline', ARM: '', STAT: 'MEAN' })).toHaveLength(1)
  })

  it('is the same in mg/dL, in any order of rows, and spread over files', async () => {
    const plain = await answerOf(LONG, [subjects, longFile(LONG_ROWS)])
    const other = LONG_ROWS.map((row) => {
      const cells = row.split(',')
      if (cells[2] !== 'CRP') return row
      const tenth = (text: string) =>
        text.replace(/[\d.]+/, (number) => String(Number((Number(number) / 10).toPrecision(12))))
      return [cells[0], cells[1], 'CRP', tenth(cells[3] as string), 'mg/dL', tenth(cells[5] as string)].join(',')
    })
    expect(other[0]).toBe('P1,2026-01-29,CRP,0.06,mg/dL,0.03')
    const round = (text: string | undefined): string => (text ? Number(text).toPrecision(10) : '')
    const NUMBERS = ['AVAL', 'BASE', 'CHG', 'PCHG']
    const rounded = (answer: Answer) =>
      answer
        .rows('adeff')
        .map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, NUMBERS.includes(k) ? round(v) : v])))
    expect(rounded(await answerOf(LONG, [subjects, longFile(other)]))).toEqual(rounded(plain))
    const shuffled = [...LONG_ROWS].reverse()
    expect((await answerOf(LONG, [subjects, longFile(shuffled)])).rows('adeff')).toEqual(plain.rows('adeff'))
    const halves = [longFile(LONG_ROWS.slice(0, 5), 'lab1.csv'), longFile(LONG_ROWS.slice(5), 'lab2.csv')]
    expect((await answerOf(LONG, [subjects, ...halves])).rows('adeff')).toEqual(plain.rows('adeff'))
  })

  it('quarantines units it does not know, words, zero and negative results, and says why', async () => {
    const bad = [
      ...LONG_ROWS,
      'P4,2026-04-23,CRP,5,mg/l,0.3', // case does not matter
      'P3,2026-04-23,CRP,5,g/L,0.3',
      'P2,2026-04-23,CRP,5,,0.3',
      'P1,2026-04-23,CRP,0,mg/L,0.3',
      'P1,2026-04-22,CRP,-1,mg/L,0.3',
      'P1,2026-04-21,CRP,haemolysed,mg/L,0.3',
      'P1,2026-04-20,CRP,"1,234",mg/L,0.3',
      'P1,2026-04-19,CRP,>,mg/L,0.3',
      'P1,2026-04-18,Sodium,140,mmol/L,',
      'P1,2026-04-17,CRP,,mg/L,0.3',
      'P2,2026-04-16,CRP,< 0.5,mg/L,0.3',
    ]
    const answer = await answerOf(LONG, [subjects, longFile(bad)])
    const told = findings(answer).map(({ RULE, LINE, COLUMN, VALUE }) => `${LINE} ${COLUMN}="${VALUE}" ${RULE}`)
    expect(told).toEqual([
      '15 unit="g/L" unit-unknown',
      '16 unit="" unit-unknown',
      '17 result="0" result-rejected',
      '18 result="-1" result-rejected',
      '19 result="haemolysed" result-rejected',
      '20 result="1,234" number-thousands',
      '21 result=">" result-rejected',
      '22 test="Sodium" analyte-other',
      '23 ="" row-without-values',
      '24 result="< 0.5" limit-differs',
    ])
    expect(findings(answer, 'unit-unknown')[0]?.MESSAGE).toContain('; known of CRP: mg/L, mg/dL, ug/mL')
    expect(rowOf(answer, 'P4', 'CRP', 2)).toMatchObject({ AVAL: '5' })
    expect(Number(rowOf(answer, 'P2', 'CRP', 2).AVAL)).toBeCloseTo(0.5 / Math.SQRT2, 12)
  })
})

const WIDE = `${HEAD.replace(
  'laboratory: sqrt2',
  `laboratory:
  blq: sqrt2
  analytes: { COPEP: { label: Copeptin, unit: pmol/L, direction: lower-is-better } }`,
)}
sources:${SUBJECTS}
  - files: lab.csv
    layout: measurements
    decimal: comma
    columns: { subject: id, visit: { column: visit, values: { Screening: '0', W4: '1', W12: '2' } } }
    results:
      CRP: { column: crp, unit: mg/dL, lloq: 0.03, uloq: 20 }
      SEROT: { column: serotonin, unit: nmol/L }
      NE: { column: ne, unit: nmol/L, lloq: 0.1, values: { BLQ: '<' } }
      COPEP: { column: copeptin, unit: pmol/L }
`
const WIDE_ROWS = [
  'P1;Screening;0,06;567,5;1;5',
  'P1;W4;<0,03;1135;BLQ;10',
  'P2;Screening;25;567,5;2;4',
  'P2;W4;abc;0;2;2',
  'P3;W4;n/a;;;',
]
const wideFile = (rows: readonly string[]) =>
  givenText('lab.csv', `${['id;visit;crp;serotonin;ne;copeptin', ...rows].join('\n')}\n`)

describe('a column per analyte', () => {
  it('converts units that are declared, and analytes of the study itself', async () => {
    const answer = await answerOf(WIDE, [subjects, wideFile(WIDE_ROWS)])
    expect(Number(rowOf(answer, 'P1', 'SEROT', 0).AVAL)).toBeCloseTo(100, 10) // 567.5 nmol/L / 5.675
    expect(Number(rowOf(answer, 'P1', 'NE', 0).AVAL)).toBeCloseTo(169.18, 10)
    expect(Number(rowOf(answer, 'P1', 'NE', 1).AVAL)).toBeCloseTo(16.918 / Math.SQRT2, 10)
    expect(Number(rowOf(answer, 'P1', 'CRP', 0).AVAL)).toBeCloseTo(0.6, 12)
    expect(Number(rowOf(answer, 'P1', 'CRPLR', 1).AVAL)).toBeCloseTo(-1.039721, 6)
    expect(rowOf(answer, 'P2', 'CRP', 0)).toMatchObject({ AVAL: '200', UQFL: 'Y', CRPFL: 'Y' })
    expect(rowOf(answer, 'P1', 'COPEP', 1)).toMatchObject({
      AVAL: '10',
      CHG: '5',
      PARAM: 'Copeptin (pmol/L)',
      AVALU: 'pmol/L',
    })
    expect(Number(rowOf(answer, 'P1', 'COPEPLR', 1).AVAL)).toBeCloseTo(Math.LN2, 12)
  })

  it('keeps the other results of a row with a bad one; a row with none left is quarantined', async () => {
    const answer = await answerOf(WIDE, [subjects, wideFile(WIDE_ROWS)])
    expect(rowOf(answer, 'P2', 'COPEP', 1)).toMatchObject({ AVAL: '2' })
    expect(rowOf(answer, 'P2', 'CRP', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
    const told = findings(answer).map(({ LINE, COLUMN, VALUE, SEVERITY, RULE }) => [
      LINE,
      COLUMN,
      VALUE,
      SEVERITY,
      RULE,
    ])
    expect(told).toEqual([
      ['5', 'crp', 'abc', 'error', 'result-rejected'],
      ['5', 'serotonin', '0', 'error', 'result-rejected'],
      ['6', 'crp', 'n/a', 'error', 'result-rejected'],
    ])
  })

  it('refuses a visit that is not scheduled', async () => {
    const answer = await answerOf(WIDE.replace("W12: '2'", "W12: '7'"), [subjects, wideFile(['P1;W12;1;1;1;1'])])
    expect(findings(answer, 'visit-unscheduled')).toHaveLength(4)
  })
})

describe('copies of a result', () => {
  it('of two results of one sample the worse counts, whichever file it is in; equal ones collapse', async () => {
    const again = longFile(['P1,2026-01-29,CRP,0.9,mg/L,0.3', 'P1,2026-02-26,CRP,< 0.3,mg/L,0.3'], 'lab-b.csv')
    for (const files of [
      [longFile(LONG_ROWS), again],
      [again, longFile(LONG_ROWS)],
    ]) {
      const answer = await answerOf(LONG, [subjects, ...files])
      expect(rowOf(answer, 'P1', 'CRP', 0)).toMatchObject({ AVAL: '0.9' })
      expect(
        findings(answer)
          .map(({ RULE, VALUE }) => `${RULE} ${VALUE}`)
          .sort(),
      ).toEqual(['duplicate-conflict 0.6', expect.stringContaining('duplicate-copy')])
    }
  })

  it('a result at the limit and one below it are not the same', async () => {
    const at = longFile(['P1,2026-02-26,CRP,0.3,mg/L,0.3'], 'lab-b.csv')
    const answer = await answerOf(LONG, [subjects, longFile(LONG_ROWS), at])
    expect(rowOf(answer, 'P1', 'CRP', 1)).toMatchObject({ AVAL: '0.3', BLQFL: '' })
    expect(findings(answer, 'duplicate-conflict')).toMatchObject([{ VALUE: '< 0.3' }])
  })
})
