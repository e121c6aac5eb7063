import { describe, expect, it } from 'vitest'
import { checkAnswer } from '../check-answer.ts'
import { checkSettings } from '../check-settings.ts'
import { scored } from '../form.fixture.ts'
import { plainSettings, scoresUnder } from '../score-form.ts'
import { eq5d } from './eq5d.ts'

/** A value set of our own making: every level above 1 costs a tenth, level 3 of the 3L and 5 of the 5L so much more. */
const valueSet = (version: string) =>
  new Map(
    (eq5d.table?.keysOf(version) ?? []).map((profile) => {
      const levels = [...String(profile)].map(Number)
      return [profile, 1 - levels.reduce((sum, level) => sum + (level - 1) / 10, 0)]
    }),
  )
const five = { version: '5L', table: valueSet('5L') }
const three = { version: '3L', table: valueSet('3L') }

it('looks the profile up in the value set of the study', () => {
  expect(scored(eq5d, [1, 1, 1, 1, 1, 85], five)).toEqual({ EQ5D: 1, EQVAS: 85 })
  expect(scored(eq5d, [2, 1, 3, 4, 1, 40], five).EQ5D).toBeCloseTo(0.4, 10) // 1 - 0.1 - 0.2 - 0.3
  expect(scored(eq5d, [5, 5, 5, 5, 5, 0], five)).toEqual({ EQ5D: -1, EQVAS: 0 }) // 1 - 5 * 0.4
  expect(scored(eq5d, [3, 3, 3, 3, 3, 100], three)).toEqual({ EQ5D: 0, EQVAS: 100 })
  expect(scored(eq5d, [1, 2, 3, 1, 1], { version: '5L', table: new Map([[12311, 0.75]]) }).EQ5D).toBe(0.75)
})

it('has no value with a dimension missing, and keeps the scale', () => {
  expect(scored(eq5d, [1, 1, null, 1, 1, 70], five)).toEqual({ EQ5D: null, EQVAS: 70 })
  expect(scored(eq5d, [1, 1, 6, 1, 1, 101], five)).toEqual({ EQ5D: null, EQVAS: null })
  expect(checkAnswer(eq5d, 0, 4, '3L')?.id).toBe('out-of-range')
  expect(checkAnswer(eq5d, 0, 4, '5L')).toBeNull()
})

it('has the scale alone without a value set', () => {
  expect(scored(eq5d, [1, 1, 1, 1, 1, 70])).toEqual({ EQ5D: null, EQVAS: 70 })
  expect(scoresUnder(eq5d, plainSettings(eq5d)).map(({ code }) => code)).toEqual(['EQVAS'])
  expect(scoresUnder(eq5d, { ...plainSettings(eq5d), ...three }).map(({ code }) => code)).toEqual(['EQ5D', 'EQVAS'])
})

describe('a value set', () => {
  const check = (table: ReadonlyMap<number, number>, version = '5L') =>
    checkSettings(eq5d, { ...plainSettings(eq5d), version, table }).map(({ says }) => says)

  it('has 3125 profiles, or 243', () => {
    expect([five.table.size, three.table.size]).toEqual([3125, 243])
    expect([check(five.table), check(three.table, '3L')]).toEqual([[], []])
  })

  it('must be complete, and of the same version', () => {
    expect(check(three.table)[0]).toContain('2882 of 3125')
    expect(check(five.table, '3L')[0]).toContain('that cannot occur')
    expect(check(new Map([...five.table, [11112, Number.NaN]]))[0]).toContain('without a number: 11112')
  })
})
