import type { Explanation } from '@afferent/metrics'
import type { Explained, SourceRow } from '@afferent/pipeline'
import { describe, expect, it } from 'vitest'
import { describeRecords } from './describe-records.ts'
import { describeRest, reachableFrom } from './describe-rest.ts'
import { placesInWords } from './places.ts'

const row = (file: string, line: number, why: SourceRow['why'] = null): SourceRow => ({
  file,
  line,
  used: why === null,
  why,
})

describe('places', () => {
  it('are named by file once, lines in a row as a range', () => {
    expect(placesInWords([row('a.csv', 3), row('a.csv', 4), row('a.csv', 5), row('a.csv', 9), row('b.csv', 10)])).toBe(
      'a.csv:3-5, 9, b.csv:10',
    )
  })

  it('of copies that were not used carry the rule, and are no range with those that were', () => {
    const rows = [row('a.csv', 3), row('a.csv', 4, 'duplicate-copy'), row('a.csv', 5)]
    expect(placesInWords(rows)).toBe('a.csv:3, 4 (not used: duplicate-copy), 5')
  })

  it('beyond the number asked for are counted', () => {
    expect(placesInWords([row('a.csv', 1), row('a.csv', 3), row('a.csv', 5), row('a.csv', 6)], 2)).toBe(
      'a.csv:1, 3, and 2 more',
    )
  })

  it('of one row that gives several records stand once, and bad names are made safe', () => {
    expect(placesInWords([row('a\u202e.csv', 3), row('a\u202e.csv', 3)])).toBe('a\\u{202e}.csv:3')
  })
})

type Records = Explanation['records']
const sourcesOf: Explained['sourcesOf'] = (table, at) => [row(`${table}.csv`, at + 2)]

describe('rows of a value', () => {
  const records: Records = [
    { table: 'attacks', row: 0, counted: true, note: 'pain 2 at t0' },
    { table: 'followUps', row: 4, counted: false, note: 'outside every window' },
    { table: 'followUps', row: 1, counted: true, note: '' },
    { table: 'followUps', row: 5, counted: false, note: 'outside every window' },
  ]

  it('are grouped by table and note, those left out last with the reason', () => {
    expect(describeRecords(records, sourcesOf, false)).toEqual([
      'from 1 row of attacks: pain 2 at t0  attacks.csv:2',
      'from 1 row of followUps  followUps.csv:3',
      'left out: 2 rows of followUps: outside every window  followUps.csv:6-7',
    ])
  })

  it('are shortened, and shown whole where that is asked for', () => {
    const many: Records = Array.from({ length: 20 }, (_, k) => ({
      table: 'assessments',
      row: k,
      counted: true,
      note: `item ${k}`,
    }))
    expect(describeRecords(many, sourcesOf, false)).toHaveLength(13)
    expect(describeRecords(many, sourcesOf, false).at(-1)).toBe('... and 8 more rows (--days shows all)')
    expect(describeRecords(many, sourcesOf, true)).toHaveLength(20)
  })
})

const explanation = (code: string, cells: Record<string, number | string | null>, label = 'Week 1'): Explanation =>
  ({ subject: 'P1', parameter: { code }, label, basetype: null, row: cells, restsOn: [] }) as unknown as Explanation

describe('values that one rests on', () => {
  const first = explanation('MHD', { AVAL: 16, CHG: -2 })
  const second = explanation('MHD', { AVAL: null, AREASON: 'INSUFFICIENT_DAYS' }, 'Week 2')

  it('stand on one line per parameter, with value and change, or why there is none', () => {
    const rest = [
      { code: 'MHD', visit: 1, explanation: first },
      { code: 'MMD', visit: 1, explanation: null },
      { code: 'MHD', visit: 2, explanation: second },
    ]
    expect(describeRest(rest, false)).toEqual([
      'rests on MHD  Week 1: 16 (change -2); Week 2: none (INSUFFICIENT_DAYS)',
      'rests on MMD  visit 1: no row',
    ])
  })

  it('are followed to the end, each once, also where they go round in a circle', () => {
    const top = explanation('RSPCLASS', { AVAL: 1 })
    const next = new Map([
      [top, [first, second]],
      [first, [second]],
      [second, [top]],
    ])
    const restsOf: Explained['restsOf'] = (one) =>
      (next.get(one) ?? []).map((found) => ({ code: found.parameter.code, visit: 1, explanation: found }))
    expect(reachableFrom([top], restsOf)).toEqual([first, second])
  })
})
