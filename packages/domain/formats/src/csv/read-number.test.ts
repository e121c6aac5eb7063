import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NUMBER_BAD, NUMBER_OK, NUMBER_THOUSANDS, NumberReader } from './read-number.ts'

const reader = new NumberReader()
function read(text: string, decimal: '.' | ',' | null = '.'): number | 'bad' | 'thousands' {
  const bytes = new TextEncoder().encode(text)
  const status = reader.read(bytes, 0, bytes.length, decimal)
  if (status === NUMBER_OK) return reader.value
  return status === NUMBER_THOUSANDS ? 'thousands' : 'bad'
}

describe('a number', () => {
  test('is the double nearest to its text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(String(value))).toBe(value + 0)
      }),
    )
    expect(read('0.1')).toBe(0.1)
    expect(read('9007199254740993')).toBe(9007199254740992)
  })

  test('may have a sign, an exponent, no digit before or behind the mark', () => {
    expect(['-3', '+3', '1e3', '1E-2', '.5', '5.'].map((text) => read(text))).toEqual([-3, 3, 1000, 0.01, 0.5, 5])
  })

  test('is no other text: nothing is taken from the front of a cell', () => {
    for (const text of ['', '-', '.', '1a', '0x10', '1e', 'Infinity', 'NaN', '1 2', '5%', '--1', '1e999']) {
      expect(read(text), text).toBe('bad')
    }
    expect(NUMBER_BAD).not.toBe(NUMBER_OK)
  })

  test('with groups of thousands is refused in every dress', () => {
    for (const text of ['1,234', '1,234.5', '12,345,678', '1 234', "1'234", '1.234.567']) {
      expect(read(text), text).toBe('thousands')
    }
    expect(read('1.234', ',')).toBe('thousands')
    expect(read('1,2')).toBe('bad')
  })

  test('with a comma is a decimal number where the comma is the mark', () => {
    expect([read('1,5', ','), read('1,234', ','), read('1,5', null)]).toEqual([1.5, 1.234, 1.5])
  })
})
