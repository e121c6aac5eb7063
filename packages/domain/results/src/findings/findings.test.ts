import { FindingsBuilder } from '@afferent/records'
import { describe, expect, it } from 'vitest'
import { findingMessage } from './finding-message.ts'
import { findingsCsv } from './findings-csv.ts'
import { sortedFindings } from './sorted-findings.ts'
import { summariseFindings } from './summarise-findings.ts'

const text = (parts: Iterable<Uint8Array>): string => Buffer.concat([...parts]).toString()

const three = (): FindingsBuilder => {
  const builder = new FindingsBuilder()
  builder.add({ rule: 'value-type', file: 'b.csv', line: 9, column: 'hours', value: '=cmd' })
  builder.add({ rule: 'out-of-range', file: 'b.csv', line: 2, column: 'pain', value: '11', detail: 'allowed: 0 to 10' })
  builder.add({ rule: 'late-entry', file: 'a.csv', line: 118, subject: 'S-2' })
  return builder
}

describe('the sentence of a finding', () => {
  it('names file, line, column, value, rule and what would be right', () => {
    expect(
      findingMessage({ rule: 'out-of-range', file: 'site04.csv', line: 118, column: 'pain', value: '11' }),
    ).toMatch(/^site04\.csv:118 pain="11" breaks out-of-range: a value lies within its item's range/)
  })

  it('shows control characters and reversed writing as what they are', () => {
    const message = findingMessage({ rule: 'file-empty', file: 'a\u202Egnp.csv\n' })
    expect(message).toMatch(/^a\\u202egnp\.csv\\u000a breaks file-empty/)
  })

  it('speaks of the subject or the study where there is no file', () => {
    expect(findingMessage({ rule: 'day-zero-unknown', subject: 'S-7' })).toMatch(/^subject S-7 breaks/)
    expect(findingMessage({ rule: 'cut-rests-on-one' })).toMatch(/^the study breaks/)
  })
})

describe('findings.csv', () => {
  it('is sorted by place and guards cells that a spreadsheet would run', () => {
    const lines = text(findingsCsv(three().build())).trimEnd().split('\n')
    expect(lines[0]).toBe('RULE,SEVERITY,FILE,SHEET,LINE,COLUMN,VALUE,SUBJECT,MESSAGE')
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 7).join(','))).toEqual([
      'late-entry,info,a.csv,,118,,',
      'out-of-range,error,b.csv,,2,pain,11',
      "value-type,error,b.csv,,9,hours,'=cmd",
    ])
  })

  it('is a header alone where nothing was found', () => {
    expect(text(findingsCsv(new FindingsBuilder().build()))).toBe(
      'RULE,SEVERITY,FILE,SHEET,LINE,COLUMN,VALUE,SUBJECT,MESSAGE\n',
    )
  })
})

describe('findings of several files', () => {
  it('come in the same order whichever file was read first', () => {
    const one = three().build()
    const more = new FindingsBuilder()
    more.add({ rule: 'file-encoding', file: 'a.csv' })
    const two = more.build()
    expect(sortedFindings([one, two])).toEqual(sortedFindings([two, one]))
    expect(sortedFindings([one, two]).count).toBe(4)
  })

  it('are summed by rule, errors first, with at most three examples', () => {
    const builder = three()
    for (let line = 20; line < 25; line++) builder.add({ rule: 'late-entry', file: 'a.csv', line })
    const summary = summariseFindings(builder.build())
    expect(summary.map(({ rule, severity, count }) => [rule, severity, count])).toEqual([
      ['out-of-range', 'error', 1],
      ['value-type', 'error', 1],
      ['late-entry', 'info', 6],
    ])
    expect(summary[2]?.examples).toHaveLength(3)
    expect(summary[2]?.examples[0]).toMatch(/^a\.csv:20 breaks late-entry/)
  })
})
