import { describe, expect, it } from 'vitest'
import { answerBase, numberedName } from './answer-name.ts'

describe('the name of an answered file', () => {
  it('is its own, and gets the number before its ending where that is taken', () => {
    const names = [0, 1, 2].map((attempt) => numberedName('accepted/a.b.csv', 17, attempt))
    expect(names).toEqual(['accepted/a.b.csv', 'accepted/a.b.17.csv', 'accepted/a.b.17-2.csv'])
    expect(numberedName('refused/diary', 4, 1)).toBe('refused/diary.4')
    expect(numberedName('refused/x.csv', null, 1)).toBe('refused/x.2.csv')
  })

  it('fits on a disk with 255 bytes a name, and stays different where it must', () => {
    const long = (end: string) => `${'ä'.repeat(122)}${end}.csv` // 244 + 1 + 4 bytes
    for (const name of [answerBase(long('1')), answerBase(long('2'))]) {
      expect(Buffer.byteLength(`${name}.receipt.json`)).toBeLessThanOrEqual(255)
      expect(name).toMatch(/~[0-9a-f]{8}\.csv$/)
    }
    expect(answerBase(long('1'))).not.toBe(answerBase(long('2')))
    expect(Buffer.byteLength(numberedName(`${'x'.repeat(251)}.csv`, 12, 1))).toBeLessThanOrEqual(255)
    expect(answerBase('diary.csv')).toBe('diary.csv')
  })
})
