import fc from 'fast-check'
import { mean, median, standardDeviation } from 'simple-statistics'
import { expect, describe as group, it } from 'vitest'
import { describe, quantile } from './describe.ts'

group('describe', () => {
  it('gives quartiles of type 7: 1, 2, 3, 4 have 1.75, 2.5 and 3.25', () => {
    // R: quantile(1:4) is 1.00 1.75 2.50 3.25 4.00; sd(1:4) is 1.290994
    const found = describe(Float64Array.of(4, 2, 3, 1))
    expect(found).toMatchObject({ n: 4, mean: 2.5, min: 1, q1: 1.75, median: 2.5, q3: 3.25, max: 4 })
    expect(found.sd).toBeCloseTo(1.2909944487358056, 14)
    expect(found.se).toBeCloseTo(0.6454972243679028, 14)
  })

  it('has no standard deviation for one value and nothing for none', () => {
    expect(describe(Float64Array.of(7))).toMatchObject({ n: 1, mean: 7, sd: null, se: null, q1: 7, median: 7, max: 7 })
    expect(describe(new Float64Array(0))).toMatchObject({ n: 0, mean: null, min: null, median: null })
  })

  it('agrees with simple-statistics on mean, median and standard deviation', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 }), (values) => {
        const sample = values.map((value) => value / 8)
        const found = describe(Float64Array.from(sample))
        const n = sample.length
        expect(found.mean).toBeCloseTo(mean(sample), 10)
        expect(found.median).toBe(median(sample))
        expect(found.sd).toBeCloseTo(standardDeviation(sample) * Math.sqrt(n / (n - 1)), 9)
      }),
      { numRuns: 100 },
    )
  })

  it('finds the quantile that sorting finds, also with many ties', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 80 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p) => {
          const sorted = [...values].sort((a, b) => a - b)
          const place = (sorted.length - 1) * p
          const low = sorted[Math.floor(place)] as number
          const high = sorted[Math.ceil(place)] as number
          expect(quantile(Float64Array.from(values), p)).toBeCloseTo(
            low + (place - Math.floor(place)) * (high - low),
            12,
          )
        },
      ),
      { numRuns: 100 },
    )
  })
})

group('quartiles of a described sample', () => {
  it('are those that sorting finds, for every size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b)
        const at = (p: number): number => {
          const place = (sorted.length - 1) * p
          const low = sorted[Math.floor(place)] as number
          return low + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] as number) - low)
        }
        const found = describe(Float64Array.from(values))
        expect([found.q1, found.median, found.q3]).toEqual([at(0.25), at(0.5), at(0.75)])
      }),
      { numRuns: 100 },
    )
  })
})
