import { expect, it } from 'vitest'
import { checkSettings } from './check-settings.ts'
import { fmCriteria } from './instruments/fm-criteria.ts'
import { midas } from './instruments/midas.ts'
import { phq9 } from './instruments/phq9.ts'
import { plainSettings, scoreForm, scoresUnder } from './score-form.ts'

it('leaves the answers as they are and writes over every score of the form before', () => {
  const answers = Float64Array.of(4, 6, 3, 5, 2, Number.NaN, Number.NaN)
  const kept = answers.slice()
  const into = Float64Array.of(1, 2, 3)
  expect(scoreForm(midas, answers, into, plainSettings(midas))).toBeNull()
  expect([...into]).toEqual([20, Number.NaN, Number.NaN])
  expect(answers).toEqual(kept)
})

it('gives a form that fails a check no score and says why', () => {
  const into = Float64Array.of(1, 2, 3)
  const fault = scoreForm(midas, Float64Array.of(60, 60, 0, 0, 0, 30, 5), into, plainSettings(midas))
  expect(fault).toEqual({ id: 'midas-too-many-days', says: 'MIDAS items 1 and 2 together are at most 92 days' })
  expect([...into]).toEqual([Number.NaN, Number.NaN, Number.NaN])
})

it('refuses versions, options and tables that an instrument does not have', () => {
  const plain = plainSettings(phq9)
  expect(checkSettings(phq9, plain)).toEqual([])
  expect(checkSettings(phq9, { ...plain, version: '2' })).toEqual([
    { setting: 'version', says: 'PHQ9 has no version 2 (1)' },
  ])
  expect(checkSettings(phq9, { ...plain, choices: { orientation: '1best' } })).toEqual([
    { setting: 'orientation', says: 'PHQ9 has no option orientation' },
  ])
  expect(checkSettings(phq9, { ...plain, table: new Map([[1, 2]]) })).toEqual([
    { setting: 'table', says: 'PHQ9 takes no table' },
  ])
})

it('names flags among the scores of a form', () => {
  const codes = scoresUnder(fmCriteria, plainSettings(fmCriteria)).map(({ code, kind }) => `${code} ${kind}`)
  expect(codes).toEqual(['WPI score', 'SSS score', 'FSS score', 'FM2016 flag', 'FM2011 flag'])
})
