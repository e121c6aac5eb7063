import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandPower, HIGH_FREQUENCY, LOW_FREQUENCY } from './band-power.ts'
import { fft } from './fft.ts'
import { linearDetrend } from './linear-detrend.ts'
import { welch } from './welch.ts'

describe('fft', () => {
  it('adds up what the definition of the transform adds up', () => {
    const number = fc.double({ min: -100, max: 100, noNaN: true })
    const size = fc.constantFrom(2, 4, 16, 64)
    fc.assert(
      fc.property(
        size.chain((n) => fc.array(fc.tuple(number, number), { minLength: n, maxLength: n })),
        (given) => {
          const n = given.length
          const real = Float64Array.from(given, ([re]) => re)
          const imaginary = Float64Array.from(given, ([, im]) => im)
          fft(real, imaginary)
          for (let k = 0; k < n; k++) {
            let [re, im] = [0, 0]
            given.forEach(([a, b], j) => {
              const angle = (-2 * Math.PI * j * k) / n
              re += a * Math.cos(angle) - b * Math.sin(angle)
              im += a * Math.sin(angle) + b * Math.cos(angle)
            })
            expect(real[k]).toBeCloseTo(re, 8)
            expect(imaginary[k]).toBeCloseTo(im, 8)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('refuses lengths that are no power of two', () => {
    for (const n of [0, 1, 3, 12]) expect(() => fft(new Float64Array(n), new Float64Array(n))).toThrow(RangeError)
  })
})

describe('linearDetrend', () => {
  it('agrees with scipy.signal.detrend', () => {
    // scipy 1.17.1: detrend([3, 1, 4, 1, 5, 9, 2, 6])
    const expected = [
      1, -1.535714285714287, 0.928571428571427, -2.607142857142859, 0.857142857142856, 4.321428571428569,
      -3.214285714285716, 0.249999999999998,
    ]
    linearDetrend(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6)).forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at], 12)
    })
  })

  it('leaves nothing of a line', () => {
    expect(Math.max(...linearDetrend(Float64Array.from({ length: 50 }, (_, at) => 7 - 3 * at)))).toBeCloseTo(0, 12)
    expect([...linearDetrend(Float64Array.of(5))]).toEqual([0])
    expect(linearDetrend(new Float64Array(0))).toHaveLength(0)
  })
})

describe('welch', () => {
  it('agrees with scipy.signal.welch, of which the last 60 of 700 samples see no segment', () => {
    // i = numpy.arange(700); scipy 1.17.1: welch((i * i * 7919 % 1009) / 10 - 50, 4, nperseg=256, detrend=False)
    const samples = Float64Array.from({ length: 700 }, (_, i) => ((i * i * 7919) % 1009) / 10 - 50)
    const { step, density } = welch(samples, 4)
    expect(step).toBe(0.015625)
    expect(density).toHaveLength(129)
    expect(density[0]).toBeCloseTo(143.8332166992754, 9)
    expect(density[1]).toBeCloseTo(401.67215692942153, 9)
    expect(density[3]).toBeCloseTo(600.7596528379313, 9)
    expect(density[64]).toBeCloseTo(385.30280479953353, 9)
    expect(density[128]).toBeCloseTo(15.862370395281514, 9)
    expect(welch(samples.slice(0, 640), 4).density).toEqual(density)
  })

  it('keeps a constant in the lines 0 and 1, far below LF', () => {
    const { density } = welch(new Float64Array(1000).fill(1000), 4)
    expect(Math.max(...density.subarray(2))).toBeLessThan(1e-18)
  })

  it('has no spectrum of 255 samples and one of 256', () => {
    const spectrum = welch(new Float64Array(255).fill(1), 4)
    expect(spectrum.density.every(Number.isNaN)).toBe(true)
    expect(bandPower(spectrum, LOW_FREQUENCY)).toBeNaN()
    expect(bandPower(welch(new Float64Array(256), 4), LOW_FREQUENCY)).toBe(0)
  })

  it('finds A^2 / 2 and B^2 / 2 of two sines within 2 %, at any phase', () => {
    const sines = fc.record({
      slow: fc.double({ min: 0.07, max: 0.12, noNaN: true }),
      fast: fc.double({ min: 0.18, max: 0.37, noNaN: true }),
      a: fc.double({ min: 10, max: 100, noNaN: true }),
      b: fc.double({ min: 10, max: 100, noNaN: true }),
      phases: fc.tuple(fc.double({ min: 0, max: 6.3, noNaN: true }), fc.double({ min: 0, max: 6.3, noNaN: true })),
    })
    fc.assert(
      fc.property(sines, ({ slow, fast, a, b, phases: [p, q] }) => {
        const samples = Float64Array.from(
          { length: 1200 },
          (_, i) =>
            a * Math.sin((Math.PI * slow * i) / 2 + p) + b * Math.sin((Math.PI * fast * i) / 2 + q) + 1000 - i / 20,
        )
        const spectrum = welch(linearDetrend(samples), 4)
        // 2 % of a sine's own power; of the other, up to 100 times as strong, 0.2 % may reach over.
        expect(Math.abs(bandPower(spectrum, LOW_FREQUENCY) - a ** 2 / 2)).toBeLessThan(
          0.02 * (a ** 2 / 2) + b ** 2 / 1e3,
        )
        expect(Math.abs(bandPower(spectrum, HIGH_FREQUENCY) - b ** 2 / 2)).toBeLessThan(
          0.02 * (b ** 2 / 2) + a ** 2 / 1e3,
        )
      }),
      { numRuns: 200 },
    )
  })

  it('has the lines 3-9 in LF and 10-25 in HF: the lower limit of a band is in it, the upper is not', () => {
    const ones = { step: 0.015625, density: new Float64Array(129).fill(64) } // each line is worth 1
    expect(bandPower(ones, LOW_FREQUENCY)).toBe(7)
    expect(bandPower(ones, HIGH_FREQUENCY)).toBe(16)
    expect(bandPower({ step: 0.25, density: Float64Array.of(4, 4, 4, 4) }, [0.25, 0.75])).toBe(2)
  })
})
