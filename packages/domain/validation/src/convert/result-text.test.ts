import { describe, expect, it } from 'vitest'
import { readLimit, readResult } from './result-text.ts'

const [below, measured, above] = [0, 1, 2]
const read = (text: string, decimal: '.' | ',' | null = null, words: Record<string, string> | null = null) =>
  readResult(text, words, decimal)

describe('a result as a laboratory writes it', () => {
  it('is a number with either decimal mark', () => {
    expect(read('0.612')).toEqual({ where: measured, number: 0.612 })
    expect(read(' 0,612 ')).toEqual({ where: measured, number: 0.612 })
    expect(read('1.5e2')).toEqual({ where: measured, number: 150 })
    expect(read('.5')).toEqual({ where: measured, number: 0.5 })
    expect(read('-1')).toEqual({ where: measured, number: -1 })
  })

  it('may lie below or above a limit, with or without a blank', () => {
    for (const text of ['< 0.3', '<0.3', '<= 0.3', '≤0.3', '<0,3']) {
      expect(read(text), text).toEqual({ where: below, number: 0.3 })
    }
    for (const text of ['>40', '> 40', '>=40', '≥ 40']) expect(read(text), text).toEqual({ where: above, number: 40 })
    expect(read('<')).toEqual({ where: below, number: Number.NaN })
  })

  it('that may have thousands is asked about, unless the mark is declared', () => {
    for (const text of ['1,234', '1.234', '123.456', '> 1,234'])
      expect(read(text), text).toEqual({ fault: 'thousands' })
    expect(read('1.234', '.')).toEqual({ where: measured, number: 1.234 })
    expect(read('1,234', ',')).toEqual({ where: measured, number: 1.234 })
    expect(read('1,234', '.')).toEqual({ fault: 'no-result' })
    expect(read('1,234.5')).toEqual({ fault: 'no-result' })
  })

  it('is no word, nor a sign alone, unless words are mapped', () => {
    for (const text of ['n.d.', '-', '.', '+', 'e5', '5 mg/L', '<>3', '3 <']) {
      expect(read(text), text).toEqual({ fault: 'no-result' })
    }
    expect(read('BLQ', null, { BLQ: '<' })).toEqual({ where: below, number: Number.NaN })
    expect(read('trace', ',', { trace: '< 0.1' })).toEqual({ where: below, number: 0.1 })
  })

  it('has limits above zero', () => {
    expect(readLimit('< 0.3', null)).toBe(0.3)
    expect(['0', '-1', 'none', '<'].map((text) => readLimit(text, null))).toEqual([null, null, null, null])
  })
})
