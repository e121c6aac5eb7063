import { isUtf8 } from 'node:buffer'
import { findingAt } from '@afferent/records'
import { describe, expect, test } from 'vitest'
import { memorySource } from './memory-source.fixture.ts'
import { profileCsv } from './profile-csv.ts'

function profile(content: string) {
  const profiled = profileCsv(memorySource(content, 7), { isUtf8 }, 'x.csv')
  if (profiled.kind === 'refused') throw new Error(findingAt(profiled.findings, 0).rule)
  return profiled.profile
}

describe('the profile of an unknown export', () => {
  test('gives each column its narrowest type', () => {
    const { columns, rows } = profile(
      'id,day,when,headache,pain,hours,none,note\n01,2024-01-02,2024-01-02 10:00,yes,5,1.5,,a\n02,2024-01-01,2024-01-01 09:00,No,10,2,,b\n',
    )
    expect(rows).toBe(2)
    expect(columns.map(({ type }) => type)).toEqual([
      'text',
      'date',
      'instant',
      'yes-no',
      'integer',
      'number',
      'empty',
      'text',
    ])
    expect(columns[1]).toMatchObject({
      min: '2024-01-01',
      max: '2024-01-02',
      dateOrder: 'iso',
      distinct: 2,
      missing: 0,
    })
    expect(columns[4]).toMatchObject({ min: '5', max: '10', decimal: null })
    expect(columns[6]).toMatchObject({ missing: 2, min: null, values: [] })
  })

  test('counts NA as missing where all else is numbers, and says so', () => {
    const { columns, missingTokens } = profile('id,x,y\na,1,NA\nb,NA,u\nc,3,v\n')
    expect(missingTokens).toEqual(['NA'])
    expect(columns[1]).toMatchObject({ type: 'integer', missing: 1, distinct: 2 })
    expect(columns[2]).toMatchObject({ type: 'text', missing: 1, distinct: 2 })
  })

  test('keeps NA as a value where no column of numbers uses it', () => {
    const { columns, missingTokens } = profile('id,x\na,NA\nb,u\n')
    expect(missingTokens).toBeUndefined()
    expect(columns[1]).toMatchObject({ type: 'text', missing: 0, distinct: 2 })
    expect(columns[1].values).toEqual([
      { value: 'NA', count: 1 },
      { value: 'u', count: 1 },
    ])
  })

  test('shows the most frequent values first, ties in byte order, 20 at most, and counts up to 1,000', () => {
    const { columns } = profile(
      `x,y\n${Array.from({ length: 1500 }, (_, i) => `${i % 3 === 0 ? 'b' : 'a'},t${i}`).join('\n')}\n`,
    )
    expect(columns[0].values).toEqual([
      { value: 'a', count: 1000 },
      { value: 'b', count: 500 },
    ])
    expect(columns[1]).toMatchObject({ distinct: 1000, min: 't0', max: 't999' })
    expect(columns[1].values.length).toBe(20)
  })

  test('tells decimal commas, month-first dates and dates that fit both orders', () => {
    const { columns, decimal, delimiter } = profile('a;b;c\n1,5;12/31/2023;1/2/2024\n2;1/2/2024;3/4/2024\n')
    expect({ decimal, delimiter }).toEqual({ decimal: ',', delimiter: ';' })
    expect(columns.map(({ dateOrder }) => dateOrder)).toEqual([null, 'mdy', 'ambiguous'])
    expect(columns[1]).toMatchObject({ min: '12/31/2023', max: '1/2/2024' })
  })

  test('is refused for a header of too many columns by that name, not as an empty file', () => {
    const wide = `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n${','.repeat(9_999)}\n`
    expect(() => profile(wide)).toThrow('limits-exceeded')
  })

  test('is refused for a file that breaks off inside quotes, with the line', () => {
    const profiled = profileCsv(memorySource('a,b\n1,2\n3,"4\n5,6\n'), { isUtf8 }, 'x.csv')
    if (profiled.kind === 'profile') throw new Error('was profiled')
    expect(findingAt(profiled.findings, 0)).toMatchObject({ rule: 'quote-unclosed', line: 3 })
  })
})
