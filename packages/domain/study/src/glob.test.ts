import { describe, expect, it } from 'vitest'
import { parseGlob } from './glob.ts'

const glob = (pattern: string) => {
  const parsed = parseGlob(pattern)
  if (parsed.kind === 'invalid') throw new Error(parsed.why)
  return parsed
}

describe('file patterns', () => {
  it.each([
    ['*.csv', 'diary.csv', true],
    ['*.csv', 'site1/diary.csv', false],
    ['**.csv', 'site1/diary.csv', true],
    ['*.csv', 'diary.CSV', false],
    ['diary_??.csv', 'diary_07.csv', true],
    ['diary_??.csv', 'diary_7.csv', false],
    ['{diary,log}-*.{csv,tsv}', 'log-1.tsv', true],
    ['{diary,log}-*.{csv,tsv}', 'notes-1.tsv', false],
    ['a.b+c.csv', 'a.b+c.csv', true],
    ['a.b+c.csv', 'aXb+c.csv', false],
    ['M\u00e4rz*.csv', 'Ma\u0308rz 2026.csv', true],
    ['*', '', true],
    ['site(*)/x.csv', 'site7/x.csv', true],
  ])('%s against %s: %s', (pattern, name, fits) => {
    expect(glob(pattern).matches(name)).toBe(fits)
  })

  it('names the group of a cumulative export by the part in parentheses', () => {
    const dated = glob('diary_(*)_????-??-??.csv')
    expect(dated.groupOf('diary_site4_2026-03-01.csv')).toBe('site4')
    expect(dated.groupOf('diary_site4_2026-04-01.csv')).toBe('site4')
    expect(glob('*.csv').groupOf('x.csv')).toBe('')
  })

  it.each(['', '{a', 'a}', '(a', '((a))', '{a,{b,c}}', '({a)}', 'x'.repeat(201), '{a,b}'.repeat(7)])(
    'refuses %j and says why',
    (pattern) => {
      expect(parseGlob(pattern).kind).toBe('invalid')
    },
  )

  it('answers at once for a pattern made to be slow', () => {
    expect(glob('*a'.repeat(60)).matches('a'.repeat(250).concat('b'))).toBe(false)
  })
})
