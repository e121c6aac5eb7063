import { describe, expect, it } from 'vitest'
import { resample } from './resample.ts'
import { tachogramOf } from './tachogram.ts'

/** Points as [seconds, ms]; null in the record marks an artefact beside its duration. */
function points(...beats: (number | { artefact: number })[]): [number, number][] | null {
  const rr = Float64Array.from(beats, (beat) => (typeof beat === 'number' ? beat : beat.artefact))
  const mask = Uint8Array.from(beats, (beat) => (typeof beat === 'number' ? 0 : 1))
  const found = tachogramOf(rr, mask)
  return found && [...found.times].map((time, at) => [time, found.intervals[at]])
}

describe('tachogramOf', () => {
  it('puts an interval at its middle on the running sum', () => {
    expect(points(800, 1000, 600)).toEqual([
      [0.4, 800],
      [1.3, 1000],
      [2.1, 600],
    ])
  })

  it('bridges a long gap with as many points as beats fit, evenly on a line', () => {
    // middles 0.5 and 1 + 2.8 + 0.4 = 4.2: 3.7 s at a mean of 0.9 s are 4.1, so 4 steps of 0.925 s and -50 ms
    const found = points(1000, { artefact: 2800 }, 800)
    const expected = [
      [0.5, 1000],
      [1.425, 950],
      [2.35, 900],
      [3.275, 850],
      [4.2, 800],
    ]
    expect(found).toHaveLength(5)
    found?.forEach(([time, interval], at) => {
      expect(time).toBeCloseTo(expected[at][0], 12)
      expect(interval).toBeCloseTo(expected[at][1], 12)
    })
  })

  it('makes one beat again of one that was split in two', () => {
    expect(points(1000, { artefact: 400 }, { artefact: 600 }, 1000)).toEqual([
      [0.5, 1000],
      [1.5, 1000],
      [2.5, 1000],
    ])
  })

  it('gives no time to an artefact that is no duration', () => {
    for (const artefact of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(points(1000, { artefact }, 1000)).toEqual([
        [0.5, 1000],
        [1.5, 1000],
      ])
    }
  })

  it('starts and ends with an accepted interval, and its time with the first of them', () => {
    for (const artefact of [250, 70_000, 1e300]) {
      expect(points({ artefact }, 1000, 1000, { artefact })).toEqual([
        [0.5, 1000],
        [1.5, 1000],
      ])
    }
  })

  it('bridges 64 s and nothing longer', () => {
    expect(points(1000, { artefact: 63_000 }, 1000)).toHaveLength(65)
    expect(points(1000, { artefact: 63_001 }, 1000)).toBeNull()
    expect(points(1000, { artefact: 1e300 }, 1000)).toBeNull()
  })
})

describe('resample', () => {
  it('reads 4 values a second from the first beat to the last', () => {
    // beats at 0.5, 1.5 ... 9.5: 9 s, both ends included
    const beats = tachogramOf(new Float64Array(10).fill(1000), new Uint8Array(10))!
    const samples = resample(beats)
    expect(samples).toHaveLength(37)
    samples.forEach((sample) => {
      expect(sample).toBeCloseTo(1000, 10)
    })
  })

  it('gives nothing for fewer than 6 beats', () => {
    expect(resample({ times: Float64Array.of(1, 2, 3, 4, 5), intervals: new Float64Array(5) })).toHaveLength(0)
  })
})
