import { describe, expect, it } from 'vitest'
import { toTextCell } from './text-cell.ts'

describe('a text in a CSV file', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-cmd|calc', "'-cmd|calc"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=a,b', '"\'=a,b"'],
  ])('%j is guarded, since a spreadsheet would run it', (text, cell) => {
    expect(toTextCell(text)).toBe(cell)
  })

  it.each(['-5', '+3.2', '-.5', '12', 'a-b', 'x=1', 'S-01', 'AVAL <= 4'])('%j is left as it is', (text) => {
    expect(toTextCell(text)).toBe(text)
  })

  it('is quoted where it holds a comma, a quote or a line end (RFC 4180)', () => {
    expect(toTextCell('a,b')).toBe('"a,b"')
    expect(toTextCell('say "no"')).toBe('"say ""no"""')
    expect(toTextCell('two\nlines')).toBe('"two\nlines"')
  })

  it('is not missing because it is empty', () => {
    expect(toTextCell('')).toBe('""')
  })
})
