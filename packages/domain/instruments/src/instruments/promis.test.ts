import { expect, it } from 'vitest'
import { checkAnswer } from '../check-answer.ts'
import { checkSettings } from '../check-settings.ts'
import { all, scored } from '../form.fixture.ts'
import { plainSettings, scoresUnder } from '../score-form.ts'
import { definePromis, PROMIS } from './promis.ts'

/** No table of PROMIS: T = 30 + raw, so that a test can see which raw sum was looked up. */
const tableFor = (items: number) =>
  new Map(Array.from({ length: 4 * items + 1 }, (_, i) => [items + i, 30 + items + i]))

const pain = PROMIS.find(({ code }) => code === 'PRPAIN')!
const six = { version: '6a', table: tableFor(6) }

it('looks the raw sum up in the table of the study', () => {
  expect(scored(pain, [1, 2, 3, 4, 5, 1], six)).toEqual({ PRPAINT: 46 }) // raw 16
  expect(scored(pain, all(6, 1), six)).toEqual({ PRPAINT: 36 })
  expect(scored(pain, all(6, 5), six)).toEqual({ PRPAINT: 60 })
})

it('prorates from half of the items on and rounds the raw sum up', () => {
  expect(scored(pain, [2, 3, 3, 3], six)).toEqual({ PRPAINT: 47 }) // 11 / 4 * 6 = 16.5, up to 17
  expect(scored(pain, [2, 3, 3], six)).toEqual({ PRPAINT: 46 }) // 8 / 3 * 6 = 16 exactly, not 17
  expect(scored(pain, [2, 3], six)).toEqual({ PRPAINT: null })
  expect(scored(pain, [2, 3, 6], six)).toEqual({ PRPAINT: null })
})

it('does not round up what is whole but for the last bit of a double', () => {
  const fatigue = PROMIS.find(({ code }) => code === 'PRFATI')!
  // complete forms of sum 29 and 27, whose mean times 7 and 13 is 29.000000000000004 and 27.000000000000004
  expect(scored(fatigue, [5, 4, 4, 4, 4, 4, 4], { version: '7a', table: tableFor(7) })).toEqual({ PRFATIT: 59 })
  expect(scored(fatigue, [3, ...all(12, 2)], { version: '13a', table: tableFor(13) })).toEqual({ PRFATIT: 57 })
})

it('knows a short form by its version, which has to be named', () => {
  expect(pain.needsVersion).toBe(true)
  expect(checkAnswer(pain, 4, 3, '4a')?.id).toBe('not-in-version')
  expect(checkAnswer(pain, 4, 3, '6b')).toBeNull()
  expect(scored(pain, [1, 2, 3, 4, 5, 5], { version: '4a', table: tableFor(4) })).toEqual({ PRPAINT: 40 })
})

it('has T scores as ready totals alone without a table', () => {
  expect(scoresUnder(pain, plainSettings(pain))).toEqual([])
  expect(scored(pain, all(4, 1))).toEqual({ PRPAINT: null })
})

it('takes a table with every raw sum from n to 5n and no other', () => {
  const check = (version: string, items: number) =>
    checkSettings(pain, { ...plainSettings(pain), version, table: tableFor(items) }).map(({ says }) => says)
  expect(check('6a', 6)).toEqual([])
  expect(check('8a', 6)).toEqual([
    'PRPAIN 8a raw sum absent from the table, 10 of 33: 31, 32, 33, ...',
    'PRPAIN 8a raw sum that cannot occur: 6, 7',
  ])
})

it('can be told of a domain with other answers', () => {
  const behaviour = definePromis({
    code: 'PBEH',
    name: 'pain behaviour',
    direction: 'lower-is-better',
    forms: ['7a'],
    highest: 6,
  })
  expect(checkAnswer(behaviour, 6, 6, '7a')).toBeNull()
  expect(behaviour.table?.keysOf('7a').at(-1)).toBe(42)
})
