import { describe, expect, it } from 'vitest'
import { listOf, plainRows, printFindings, settleFiles, studyOf, validateText } from '../hand-made.fixture.ts'

const BASE = `study: hrv
autonomic: standard
timezone: none
dataCut: 2026-12-31
visits: { windows: [{ from: 2, to: 28 }] }
`
const SUBJECTS = `
  - files: subjects.csv
    layout: subjects
    columns: { subject: id, treatmentStart: start }
`
const PLAIN = studyOf(`${BASE}
sources:${SUBJECTS}
  - files: '*.txt'
    layout: rr-intervals
    headerLine: none
    columns:
      rr: { column: 1, unit: s }
      subject: { fileName: '^(P\\d+)_' }
      visit: { fileName: '_v(\\d)' }
      stimulating: { constant: N }
`)
const subjects = 'id,start\nP1,2026-03-01\nP2,2026-03-01\n'

describe('one interval per line', () => {
  it('is a record by the name of its file, numbered from 1, in milliseconds', async () => {
    const validated = await validateText(PLAIN, 'P1_v0.txt', '0.812\r\n0.79\r\nx\r\n0.805')
    if (validated.kind !== 'dataset') throw new Error(validated.code)
    const { tables, subjects: names, counts, findings } = validated.pieces[0]
    expect(plainRows(tables.intervals, names)).toEqual([
      { subject: 'P1', visit: 0, sequence: 1, rr: 812, stimulating: 0 },
      { subject: 'P1', visit: 0, sequence: 2, rr: 790, stimulating: 0 },
      { subject: 'P1', visit: 0, sequence: 4, rr: 805, stimulating: 0 },
    ])
    expect(printFindings(listOf(findings))).toEqual(['3 1="x" value-type'])
    expect(counts).toEqual({ read: 4, used: 3, quarantined: 1, excluded: {} })
  })

  it('is refused where the name of the file does not tell what it should', async () => {
    const validated = await validateText(PLAIN, 'P1_rest.txt', '0.812\n0.79\n')
    expect(validated).toMatchObject({ kind: 'refused', code: 'mapping-constant' })
  })

  it('is numbered through the ranges of a file', async () => {
    const content = Array.from({ length: 500 }, (_, i) => (0.8 + (i % 7) / 100).toFixed(2)).join('\n')
    const whole = await validateText(PLAIN, 'P1_v0.txt', content)
    expect(await validateText(PLAIN, 'P1_v0.txt', content, 3, 128)).toEqual(whole)
    if (whole.kind !== 'dataset') throw new Error(whole.code)
    const sequence = whole.pieces[0].tables.intervals?.columns.sequence?.values
    expect([sequence?.[0], sequence?.[499], sequence?.length]).toEqual([1, 500, 500])
  })

  it('names a visit that is scheduled', async () => {
    const { findings, settled } = await settleFiles(PLAIN, { 'subjects.csv': subjects, 'P1_v5.txt': '0.8\n0.8\n' })
    expect(findings.filter(({ rule }) => rule === 'visit-unscheduled')).toMatchObject([{ line: 1, value: '5' }]) // one a record
    expect(settled.counts.quarantined).toBe(2)
  })
})

const ROWS = studyOf(`${BASE}
sources:${SUBJECTS}
  - files: '*.csv'
    layout: rr-intervals
    columns: { subject: id, date: date, record: name, rr: rr, stimulating: stim }
`)
const rows = (...list: string[]) => `${['id,date,name,rr,stim', ...list].join('\n')}\n`

describe('records of one file', () => {
  it('are told apart by name and stimulation, each numbered from 1 in the order of its rows', async () => {
    const { settled } = await settleFiles(ROWS, {
      'subjects.csv': subjects,
      'rr.csv': rows(
        'P2,2026-03-02,b,900,N',
        'P1,2026-03-02,b,810,N',
        'P1,2026-03-02,b,820,N',
        'P1,2026-03-02,a,830,N',
        'P1,2026-03-02,a,840,Y',
        'P1,2026-03-02,a,850,Y',
      ),
    })
    const plain = plainRows(settled.intervals, settled.subjects, ['record', 'sequence', 'rr', 'stimulating'])
    expect(plain).toEqual([
      { subject: 'P1', record: 'a', stimulating: 0, sequence: 1, rr: 830 },
      { subject: 'P1', record: 'a', stimulating: 1, sequence: 1, rr: 840 },
      { subject: 'P1', record: 'a', stimulating: 1, sequence: 2, rr: 850 },
      { subject: 'P1', record: 'b', stimulating: 0, sequence: 1, rr: 810 },
      { subject: 'P1', record: 'b', stimulating: 0, sequence: 2, rr: 820 },
      { subject: 'P2', record: 'b', stimulating: 0, sequence: 1, rr: 900 },
    ])
  })

  it('negative intervals are no intervals; 0, as straps write at the end, is one to be removed', async () => {
    const { settled, findings } = await settleFiles(ROWS, {
      'subjects.csv': subjects,
      'rr.csv': rows('P1,2026-03-02,b,800,N', 'P1,2026-03-02,b,-5,N', 'P1,2026-03-02,b,810,N', 'P1,2026-03-02,b,0,N'),
    })
    expect(settled.intervals?.columns.sequence?.values).toEqual(Int32Array.from([1, 3, 4]))
    expect(printFindings(findings).filter((one) => one.includes('rr="'))).toEqual(['3 rr="-5" out-of-range'])
  })
})
