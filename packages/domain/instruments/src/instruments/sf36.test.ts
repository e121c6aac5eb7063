import { expect, it } from 'vitest'
import { checkAnswer } from '../check-answer.ts'
import { scored } from '../form.fixture.ts'
import { plainSettings, scoresUnder } from '../score-form.ts'
import { sf36 } from './sf36.ts'

/** Items whose answer 1 is best; of all others the highest is. */
const FIRST_IS_BEST = [1, 2, 20, 21, 22, 23, 26, 27, 30, 34, 36]
/** Number of answers: item 1-2, 3-12, 13-19, 20, 21, 22, 23-31, 32-36. */
const answersTo = (item: number): number => {
  if (item >= 3 && item <= 12) return 3
  if (item >= 13 && item <= 19) return 2
  return item === 21 || (item >= 23 && item <= 31) ? 6 : 5
}
const ITEMS = Array.from({ length: 36 }, (_, i) => i + 1)
const best = ITEMS.map((item) => (FIRST_IS_BEST.includes(item) ? 1 : answersTo(item)))
const worst = ITEMS.map((item) => (FIRST_IS_BEST.includes(item) ? answersTo(item) : 1))
const EIGHT = ['SFPF', 'SFRP', 'SFRE', 'SFVT', 'SFMH', 'SFSF', 'SFBP', 'SFGH']
const only = (form: Record<string, number>) => {
  const scores = scored(sf36, form)
  return Object.fromEntries(Object.entries(scores).filter(([, value]) => value !== null))
}

it('gives 100 on all eight scales for the best answers and 0 for the worst', () => {
  const summaries = { SFPCS: null, SFMCS: null, SF12PCS: null, SF12MCS: null }
  expect(scored(sf36, best)).toEqual({ ...Object.fromEntries(EIGHT.map((code) => [code, 100])), ...summaries })
  expect(scored(sf36, worst)).toEqual({ ...Object.fromEntries(EIGHT.map((code) => [code, 0])), ...summaries })
})

it('scores a form by the RAND recodes', () => {
  // biome-ignore format: the items of a scale stand together
  const form = {
    3: 1, 4: 2, 5: 3, 6: 1, 7: 2, 8: 3, 9: 2, 10: 2, 11: 3, 12: 3, // 0 50 100 0 50 100 50 50 100 100: mean 60
    13: 1, 14: 2, 15: 2, 16: 1, //                                    0 100 100 0: 50
    17: 2, 18: 2, 19: 1, //                                           100 100 0: 66.7
    23: 2, 27: 5, 29: 4, 31: 6, //                                    80 20 60 100: 65
    24: 2, 25: 3, 26: 2, 28: 6, 30: 3, //                             20 40 80 100 60: 60
    20: 2, 32: 4, //                                                  75 75: 75
    21: 3, 22: 2, //                                                  60 75: 67.5
    1: 3, 33: 5, 34: 4, 35: 2, 36: 1, //                              50 100 25 25 100: 60
  }
  const { SFRE, ...others } = scored(sf36, form)
  expect(others).toMatchObject({ SFPF: 60, SFRP: 50, SFVT: 65, SFMH: 60, SFSF: 75, SFBP: 67.5, SFGH: 60 })
  expect(SFRE).toBeCloseTo(66.666666667, 8)
})

it('takes the mean of the answered items if at least half of a scale is there', () => {
  expect(only({ 3: 3, 4: 3, 5: 3, 6: 1, 7: 1 })).toEqual({ SFPF: 60 }) // 5 of 10
  expect(only({ 3: 3, 4: 3, 5: 3, 6: 1 })).toEqual({})
  expect(only({ 13: 2, 14: 1 })).toEqual({ SFRP: 50 }) // 2 of 4
  expect(only({ 17: 2, 18: 1 })).toEqual({ SFRE: 50 }) // 2 of 3
  expect(only({ 17: 2 })).toEqual({})
  expect(only({ 20: 3 })).toEqual({ SFSF: 50 }) // 1 of 2
  expect(only({ 22: 1 })).toEqual({ SFBP: 100 })
  expect(only({ 1: 1, 33: 5, 34: 5 })).toMatchObject({ SFGH: (100 + 100 + 0) / 3 }) // 3 of 5
  expect(only({ 24: 1, 25: 1 })).toEqual({}) // 2 of 5
})

it('scores no scale from item 2', () => {
  expect(only({ 2: 1 })).toEqual({})
})

it('has 2, 3, 5 or 6 answers to an item', () => {
  for (const item of ITEMS) {
    const at = (value: number) => checkAnswer(sf36, item - 1, value, 'RAND')
    expect([at(1), at(answersTo(item))], `item ${item}`).toEqual([null, null])
    expect([at(0)?.id, at(answersTo(item) + 1)?.id], `item ${item}`).toEqual(['out-of-range', 'out-of-range'])
  }
})

it('computes the eight scales; summary scores come as ready totals', () => {
  expect(scoresUnder(sf36, plainSettings(sf36)).map(({ code }) => code)).toEqual(EIGHT)
})
