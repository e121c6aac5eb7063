import { expect, it } from 'vitest'
import { geometricMeanRatio, toPercentChange } from './geometric-mean-ratio.ts'

it('of the ratios 0.5, 0.8, 1.1, 0.9 is the fourth root of 0.396, with t limits on 3 df turned back', () => {
  // 0.396^(1/4) = 0.793275; sd of the logs 0.334616, t 3.182446: limits 0.465784 and 1.351025 (scipy 1.17.1)
  const logs = Float64Array.of(Math.log(0.5), Math.log(0.8), Math.log(1.1), Math.log(0.9))
  const held = logs.slice()
  const found = geometricMeanRatio(logs)
  expect(found?.ratio).toBeCloseTo(0.396 ** 0.25, 12)
  expect(found?.lower).toBeCloseTo(0.46578352, 8)
  expect(found?.upper).toBeCloseTo(1.35102527, 8)
  expect(found?.n).toBe(4)
  expect(logs).toEqual(held)
  expect(toPercentChange(found?.ratio as number)).toBeCloseTo(-20.6725, 4)
})

it('of one value has no limits, of none no answer', () => {
  expect(geometricMeanRatio(Float64Array.of(0))).toEqual({ n: 1, ratio: 1, lower: null, upper: null })
  expect(geometricMeanRatio(new Float64Array(0))).toBeNull()
})
