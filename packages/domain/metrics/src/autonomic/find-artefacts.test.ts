import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findArtefacts } from './find-artefacts.ts'

const removed = (...rr: number[]): number[] => [...findArtefacts(Float64Array.from(rr))]

describe('findArtefacts', () => {
  it('EX-L4 removes 1400 of 800, 810, 1400, 790, 800', () => {
    expect(removed(800, 810, 1400, 790, 800)).toEqual([0, 0, 1, 0, 0])
  })

  it('keeps 300 and 2000 ms and removes 299.9 and 2000.1 ms', () => {
    expect([300, 2000, 299.9, 2000.1].map((rr) => removed(rr)[0])).toEqual([0, 0, 1, 1])
  })

  it('removes what is not a duration', () => {
    expect(removed(Number.NaN, 0, -800, Number.POSITIVE_INFINITY, 800)).toEqual([1, 1, 1, 1, 0])
  })

  it('accepts the first interval in the range, whatever stands before it', () => {
    expect(removed(2500, 250, 1200, 1200)).toEqual([1, 1, 0, 0])
  })

  it('keeps a difference of exactly 20 % in either direction', () => {
    // 20 % of 1000 is 200; 503 + 20 % is 603.6 and 503 - 20 % is 402.4, which doubles miss by a hair
    expect(removed(1000, 1200)).toEqual([0, 0])
    expect(removed(1000, 800)).toEqual([0, 0])
    expect(removed(503, 603.6)).toEqual([0, 0])
    expect(removed(503, 402.4)).toEqual([0, 0])
    expect(removed(1000, 1200.1)).toEqual([0, 1])
    expect(removed(1000, 799.9)).toEqual([0, 1])
  })

  it('compares with the mean of the middle two where two or four intervals precede', () => {
    // medians: (1000 + 1100) / 2 = 1050, limit 1260; of 900, 1000, 1000, 1100: 1000, limit 1200
    expect(removed(1000, 1100, 1260)).toEqual([0, 0, 0])
    expect(removed(1000, 1100, 1261)).toEqual([0, 0, 1])
    expect(removed(1000, 1100, 900, 1000, 1200)).toEqual([0, 0, 0, 0, 0])
    expect(removed(1000, 1100, 900, 1000, 1201)).toEqual([0, 0, 0, 0, 1])
  })

  it('looks back over five accepted intervals, not six or four', () => {
    // Of six: 900, 900, 900, 1000, 1000, 1000 has median 950 and limit 1140; the last five have 1000 and 1200.
    expect(removed(900, 900, 900, 1000, 1000, 1000, 1200)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(removed(900, 900, 900, 1000, 1000, 1000, 1201)).toEqual([0, 0, 0, 0, 0, 0, 1])
    // Of five: 1100 and 1320; the last four would have 1075 and 1290.
    expect(removed(1200, 1150, 1100, 1050, 1000, 1320)).toEqual([0, 0, 0, 0, 0, 0])
    expect(removed(1200, 1150, 1100, 1050, 1000, 1321)).toEqual([0, 0, 0, 0, 0, 1])
  })

  it('leaves removed intervals out of what the next ones are compared with', () => {
    // 1500, three times, would become the median; it never counts
    expect(removed(1000, 1500, 1500, 1500, 1010)).toEqual([0, 1, 1, 1, 0])
  })

  it('accepts nothing more after a jump that lasts: the rule looks back only', () => {
    expect(removed(1000, 1000, 700, 700, 700, 700, 700)).toEqual([0, 0, 1, 1, 1, 1, 1])
  })

  it('judges an interval by what stands before it alone', () => {
    const interval = fc.integer({ min: 250, max: 2100 })
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 40 }), fc.array(interval, { maxLength: 10 }), (start, end) => {
        expect(removed(...start, ...end).slice(0, start.length)).toEqual(removed(...start))
      }),
    )
  })

  it('does not touch the record', () => {
    const rr = Float64Array.of(800, 1400, 810)
    findArtefacts(rr)
    expect([...rr]).toEqual([800, 1400, 810])
  })
})
