import { describe, expect, it } from 'vitest'
import { type Answer, answerOf, givenText, type Row } from '../testkit/analyze.ts'

const HEAD = `
study: hrv
autonomic: standard
visits:
  baseline: { from: -28, to: 1 }
  windows:
    - { visit: 1, from: 22, to: 35, label: Week 4 }
dataCut: 2026-06-30
`
const SUBJECTS = `
  - files: subjects.csv
    layout: subjects
    columns: { subject: id, treatmentStart: start }
`
const subjects = givenText('subjects.csv', 'id,start\nP1,2026-01-29\nP2,2026-01-29\n')

/** Files as a chest strap writes them: one number per line, everything else in the name. */
const PLAIN = `${HEAD}
sources:${SUBJECTS}
  - files: '*.txt'
    layout: rr-intervals
    headerLine: none
    columns:
      rr: '1'
      subject: { fileName: '^(P\\d+)_' }
      date: { fileName: '_(\\d{4}-\\d\\d-\\d\\d)_' }
      stimulating: { fileName: '_(rest|stim)', values: { rest: N, stim: Y } }
      posture: { constant: supine }
`
/** 800 and 820 in turn: every difference is 20 ms, so RMSSD is 20 and pNN50 0, whatever the length. */
const beats = (n: number, by = 20): number[] => Array.from({ length: n }, (_, i) => 800 + (i % 2) * by)
const plain = (name: string, rr: readonly (number | string)[], end = '\r\n') => givenText(name, rr.join(end) + end)
const REST = 'P1_2026-01-29_rest.txt'
const WEEK4 = 'P1_2026-02-26_rest.txt'

const rowOf = (answer: Answer, subject: string, code: string, visit: number): Row => {
  const found = answer
    .rows('adeff')
    .filter((r) => r.USUBJID === `hrv-${subject}` && r.PARAMCD === code && r.AVISITN === String(visit))
  expect(found, `${subject} ${code} ${visit}`).toHaveLength(1)
  return found[0] as Row
}
const told = (answer: Answer): string[] =>
  answer
    .rows('findings')
    .filter(({ FILE }) => FILE !== '')
    .map(({ RULE, FILE, LINE, COLUMN, VALUE }) => `${FILE}:${LINE} ${COLUMN}="${VALUE}" ${RULE}`)

describe('plain files of RR intervals', () => {
  it('are records by their names: RMSSD of 20 ms at rest, 40 ms four weeks later', async () => {
    const answer = await answerOf(PLAIN, [subjects, plain(REST, beats(400)), plain(WEEK4, beats(400, 40), '\n')])
    expect(told(answer)).toEqual([])
    const week4 = rowOf(answer, 'P1', 'RMSSD', 1)
    expect(Number(week4.AVAL)).toBeCloseTo(40, 10)
    expect(week4).toMatchObject({ BASE: '20', CHG: '20', ULTRAFL: '', CORRFL: '', ADY: '29', AREASON: '' })
    expect(Number(rowOf(answer, 'P1', 'LNRMSSD', 0).AVAL)).toBeCloseTo(Math.log(20), 12)
    expect(rowOf(answer, 'P1', 'PNN50', 0)).toMatchObject({ AVAL: '0' })
    // 200 of 800 and 200 of 820: sd = 10 * sqrt(400 / 399)
    expect(Number(rowOf(answer, 'P1', 'SDNN', 0).AVAL)).toBeCloseTo(10 * Math.sqrt(400 / 399), 10)
    expect(rowOf(answer, 'P2', 'RMSSD', 0)).toMatchObject({ AVAL: '', AREASON: 'NO_BASELINE' })
    expect(rowOf(answer, 'P2', 'RMSSD', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
  })

  it('during stimulation are parameters of their own', async () => {
    const stim = plain('P1_2026-01-29_stim.txt', beats(400, 30))
    const answer = await answerOf(PLAIN, [subjects, plain(REST, beats(400)), stim])
    expect(rowOf(answer, 'P1', 'RMSSD', 0)).toMatchObject({ AVAL: '20' })
    expect(rowOf(answer, 'P1', 'RMSSDS', 0)).toMatchObject({ AVAL: '30', PARAM: 'RMSSD (ms), during stimulation' })
    expect(rowOf(answer, 'P1', 'RMSSDS', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
  })

  it('of less than 4 min are ultra-short, of less than 60 s nothing, and never compared with others', async () => {
    const files = [plain(REST, beats(400)), plain(WEEK4, beats(120)), plain('P2_2026-01-29_rest.txt', beats(70))]
    const answer = await answerOf(PLAIN, [subjects, ...files])
    expect(rowOf(answer, 'P1', 'RMSSD', 1)).toMatchObject({
      AVAL: '20',
      ULTRAFL: 'Y',
      BASE: '',
      CHG: '',
      AREASON: 'NOT_EVALUABLE',
    })
    expect(rowOf(answer, 'P1', 'HFPOW', 1)).toMatchObject({ AVAL: '', AREASON: 'INSUFFICIENT_DAYS', ULTRAFL: '' })
    expect(rowOf(answer, 'P2', 'SDNN', 0)).toMatchObject({ AVAL: '', AREASON: 'INSUFFICIENT_DAYS' })
  })

  it('in seconds declared as ms, or the other way round, or heart rates, are refused record by record', async () => {
    const seconds = plain(
      WEEK4,
      beats(400).map((rr) => rr / 1000),
    )
    const rates = plain(
      'P2_2026-01-29_rest.txt',
      beats(400).map((rr) => Math.round(60_000 / rr)),
    )
    const answer = await answerOf(PLAIN, [subjects, plain(REST, beats(400)), seconds, rates])
    expect(told(answer)).toEqual([`${WEEK4}:1 1="0.8" rr-unit`, 'P2_2026-01-29_rest.txt:1 1="75" rr-unit'])
    expect(answer.rows('findings').find(({ RULE }) => RULE === 'rr-unit')).toMatchObject({
      SEVERITY: 'error',
      MESSAGE: expect.stringContaining('; declared as ms, they look like s; 400 intervals, this is the first'),
    })
    expect(rowOf(answer, 'P1', 'RMSSD', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
    const declared = PLAIN.replace("rr: '1'", "rr: { column: '1', unit: s }")
    const right = await answerOf(declared, [subjects, seconds])
    expect(Number(rowOf(right, 'P1', 'RMSSD', 1).AVAL)).toBeCloseTo(20, 8)
    const wrong = await answerOf(declared, [subjects, plain(REST, beats(400))])
    expect(told(wrong)).toEqual([`${REST}:1 1="800" rr-unit`])
  })

  it('take no difference across a line that cannot be read, nor across an artefact', async () => {
    // EX-L4 over and over: 1400 is removed, differences 10 and 10 only
    const pattern = [800, 810, 1400, 790, 800, 800, 800, 800, 800, 800]
    const record = Array.from({ length: 400 }, (_, i) => pattern[i % 10] as number)
    const marked = record.map((rr) => (rr === 1400 ? 'lost' : rr))
    const clean = await answerOf(PLAIN, [subjects, plain(REST, record)])
    const broken = await answerOf(PLAIN, [subjects, plain(REST, marked)])
    expect(told(broken)).toHaveLength(40)
    expect(told(broken)[0]).toBe(`${REST}:3 1="lost" value-type`)
    for (const code of ['RMSSD', 'SDNN', 'PNN50']) {
      expect(rowOf(broken, 'P1', code, 0).AVAL).toBe(rowOf(clean, 'P1', code, 0).AVAL)
    }
    expect(rowOf(broken, 'P1', 'RMSSD', 0)).toMatchObject({ CORRFL: 'Y' }) // 10 % removed
    // differences of a block of ten: 10, then across 1400 none, 10, 0 0 0 0 0, then 0 to the next: 8 of them, 2 of 10 ms
    const differences = 40 * 8 - 1
    expect(Number(rowOf(clean, 'P1', 'RMSSD', 0).AVAL)).toBeCloseTo(Math.sqrt((80 * 100) / differences), 9)
  })

  it('of one name that hold different intervals are none; the same one twice is one', async () => {
    const again = plain('P1_2026-01-29_rest (2).txt', beats(400))
    const once = await answerOf(PLAIN, [subjects, plain(REST, beats(400)), again])
    expect(rowOf(once, 'P1', 'RMSSD', 0)).toMatchObject({ AVAL: '20' })
    expect(told(once)).toEqual([expect.stringContaining('duplicate-copy')])
    const other = plain('P1_2026-01-29_rest (2).txt', beats(380, 60))
    const both = await answerOf(PLAIN, [subjects, plain(REST, beats(400)), other])
    expect(rowOf(both, 'P1', 'RMSSD', 0)).toMatchObject({ AVAL: '', AREASON: 'NO_BASELINE' })
    expect(told(both)).toEqual([expect.stringContaining('record-conflict')])
    const later = await answerOf(PLAIN.replace('study: hrv', 'study: hrv\nuploads: laterWins'), [
      subjects,
      plain(REST, beats(400)),
      other,
    ])
    expect(Number(rowOf(later, 'P1', 'RMSSD', 0).AVAL)).toBeCloseTo(60, 9)
  })
})

const ROWS = `${HEAD}timezone: Europe/Berlin
sources:${SUBJECTS}
  - files: 'rr*.csv'
    layout: rr-intervals
    columns:
      subject: id
      taken: start
      sequence: n
      rr: rri
      stimulating: stim
      posture: posture
      recordedBy: device
`
const rowsOf = (start: string, rr: readonly number[], more: string): string[] =>
  rr.map((interval, i) => `P1,${start},${i + 1},${interval},${more}`)
const csv = (rows: readonly string[], name = 'rr.csv') =>
  givenText(name, `${['id,start,n,rri,stim,posture,device', ...rows].join('\n')}\n`)

describe('a row per interval', () => {
  const first = rowsOf('2026-01-29 09:00', beats(400), 'no,supine,H10')
  const second = rowsOf('2026-01-29 09:30', beats(400, 50), 'no,supine,H10')
  const later = rowsOf('2026-02-26 09:00', beats(400, 30), 'no,supine,H10')

  it('the first record of a session is the resting one, whatever the order of rows and files', async () => {
    const whole = [...first, ...second, ...later]
    const answer = await answerOf(ROWS, [subjects, csv(whole)])
    expect(rowOf(answer, 'P1', 'RMSSD', 0)).toMatchObject({ AVAL: '20' })
    expect(rowOf(answer, 'P1', 'RMSSD', 1)).toMatchObject({ AVAL: '30', CHG: '10' })
    const shuffled = whole.map((row, i) => [(i * 7919) % whole.length, row] as const).sort((a, b) => a[0] - b[0])
    const other = await answerOf(ROWS, [subjects, csv(shuffled.map(([, row]) => row))])
    expect(other.rows('adeff')).toEqual(answer.rows('adeff'))
    const halves = [csv(whole.slice(0, 150), 'rr1.csv'), csv(whole.slice(150), 'rr2.csv')]
    expect((await answerOf(ROWS, [subjects, ...halves])).rows('adeff')).toEqual(answer.rows('adeff'))
  })

  it('posture or device that differ from baseline: the value stands, the change does not', async () => {
    for (const more of ['no,sitting,H10', 'no,supine,Firstbeat', 'no,,H10']) {
      const answer = await answerOf(ROWS, [
        subjects,
        csv([...first, ...rowsOf('2026-02-26 09:00', beats(400, 30), more)]),
      ])
      expect(rowOf(answer, 'P1', 'RMSSD', 1)).toMatchObject({ AVAL: '30', CHG: '', BASE: '', AREASON: 'NOT_EVALUABLE' })
    }
  })

  it('a record that does not say whether there was stimulation is left out, with one finding', async () => {
    const answer = await answerOf(ROWS, [
      subjects,
      csv([...first, ...rowsOf('2026-02-26 09:00', beats(400, 30), ',supine,H10')]),
    ])
    expect(told(answer)).toEqual(['rr.csv:402 stim="" stimulation-unknown'])
    expect(rowOf(answer, 'P1', 'RMSSD', 1)).toMatchObject({ AVAL: '', AREASON: 'MISSING_ITEMS' })
  })

  it('more than 20 % artefacts leave no value', async () => {
    const wild = beats(400).map((rr, i) => (i % 4 === 3 ? 2500 : rr))
    const answer = await answerOf(ROWS, [subjects, csv(rowsOf('2026-01-29 09:00', wild, 'no,supine,H10'))])
    expect(rowOf(answer, 'P1', 'SDNN', 0)).toMatchObject({ AVAL: '', AREASON: 'NOT_EVALUABLE', CORRFL: 'Y' })
  })
})
