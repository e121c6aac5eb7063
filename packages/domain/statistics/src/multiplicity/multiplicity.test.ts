import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedSequence } from './fixed-sequence.ts'
import { gatekeeping } from './gatekeeping.ts'
import { hochberg } from './hochberg.ts'
import { holm } from './holm.ts'

const rounded = (values: readonly (number | null)[]) =>
  values.map((p) => (p === null ? null : Math.round(p * 1e9) / 1e9))

describe('adjusted p values', () => {
  it('EX-S4: of 0.01, 0.04, 0.03 Holm has 0.03, 0.06, 0.06 and Hochberg 0.03, 0.04, 0.04', () => {
    expect(rounded(holm([0.01, 0.04, 0.03]))).toEqual([0.03, 0.06, 0.06])
    expect(rounded(hochberg([0.01, 0.04, 0.03]))).toEqual([0.03, 0.04, 0.04])
  })

  it('are at most 1, and a missing one stays missing and does not count', () => {
    expect(rounded(holm([0.6, null, 0.9]))).toEqual([1, null, 1])
    expect(rounded(hochberg([0.01, null, 0.9]))).toEqual([0.02, null, 0.9])
    expect(holm([])).toEqual([])
  })

  it('of Holm are a graph that passes all weight on evenly, and Hochberg’s are never above them', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }), (values) => {
        const m = values.length
        const arrows = values.map((_, j) => values.map((__, k) => (j === k ? 0 : 1 / (m - 1))))
        const graph = gatekeeping(values, new Array(m).fill(1 / m), arrows) as number[]
        holm(values).forEach((p, k) => {
          expect(graph[k]).toBeCloseTo(p as number, 9)
          expect(hochberg(values)[k] as number).toBeLessThanOrEqual((p as number) + 1e-12)
        })
      }),
    )
  })

  it('of a sequence stop at the first that is not rejected', () => {
    expect(fixedSequence([0.01, 0.05, 0.06, 0.001])).toEqual(['rejected', 'rejected', 'not rejected', 'not tested'])
    expect(fixedSequence([0.01, null, 0.001])).toEqual(['rejected', 'not tested', 'not tested'])
  })

  it('two primary hypotheses of half the level, each passing on to its secondary one first', () => {
    // by hand: 0.01 / 0.5 = 0.02 (first primary), its secondary now has 0.5: 0.02 / 0.5 = 0.04, and passes it to the second
    // primary, now of weight 1: 0.03, but not below 0.04; last its secondary, of weight 1: 0.04
    const arrows = [
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 1, 0, 0],
      [1, 0, 0, 0],
    ]
    const found = gatekeeping([0.01, 0.03, 0.02, 0.04], [0.5, 0.5, 0, 0], arrows) as number[]
    expect(found[0]).toBeCloseTo(0.02, 12)
    expect(found[2]).toBeCloseTo(0.04, 12)
    expect(found[1]).toBeCloseTo(0.04, 12)
    expect(found[3]).toBeCloseTo(0.04, 12)
  })

  it('need weights and arrows that fit', () => {
    expect(
      gatekeeping(
        [0.1, 0.2],
        [0.8, 0.4],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ).toEqual({ reason: 'the weights do not fit' })
    expect(
      gatekeeping(
        [0.1, 0.2],
        [0.5, 0.5],
        [
          [0.2, 0.8],
          [1, 0],
        ],
      ),
    ).toEqual({ reason: 'the arrows do not fit' })
  })
})
