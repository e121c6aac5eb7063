import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSpline, splineThrough } from './spline.ts'

const PLACES = Float64Array.of(0, 0.7, 1.6, 2.4, 3.5, 4.1, 5, 6.2)
const VALUES = Float64Array.of(800, 850, 790, 910, 880, 760, 805, 845)

describe('splineThrough', () => {
  it('agrees with scipy 1.17.1 on degree 3 and 5', () => {
    // scipy.interpolate.make_interp_spline(places, values, k=degree)(numpy.arange(0, 6.2, 0.9))
    const cubic = [
      800, 831.4701103217712, 809.5349657856266, 938.0376272075071, 859.3197119222882, 749.5914616521844,
      860.0208670877473,
    ]
    const quintic = [
      800, 817.5016285337916, 813.2163521029779, 940.5972408859394, 860.1205151101288, 727.8507276684632,
      939.0184917647998,
    ]
    for (const [degree, expected] of [
      [3, cubic],
      [5, quintic],
    ] as const) {
      const read = readSpline(splineThrough(PLACES, VALUES, degree), 0, 0.9, 7)
      expected.forEach((value, at) => {
        expect(read[at]).toBeCloseTo(value, 8)
      })
    }
  })

  it('goes through its points, the last one included', () => {
    const spline = splineThrough(PLACES, VALUES, 5)
    PLACES.forEach((place, at) => {
      expect(readSpline(spline, place, 1, 1)[0]).toBeCloseTo(VALUES[at], 9)
    })
  })

  it('redraws any polynomial of its degree', () => {
    const coefficients = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 })
    const steps = fc.array(fc.double({ min: 0.3, max: 2, noNaN: true }), { minLength: 6, maxLength: 30 })
    fc.assert(
      fc.property(coefficients, steps, (powers, gaps) => {
        let place = 0
        const places = Float64Array.from(gaps, (gap) => (place += gap))
        const [first, last] = [places[0], places[places.length - 1]]
        const unit = (at: number): number => (2 * (at - first)) / (last - first) - 1
        const polynomial = (at: number): number => powers.reduce((sum, power) => sum * unit(at) + power, 0)
        const read = readSpline(splineThrough(places, places.map(polynomial), 5), first, (last - first) / 50, 51)
        read.forEach((value, at) => {
          expect(value).toBeCloseTo(polynomial(first + ((last - first) * at) / 50), 7)
        })
      }),
      { numRuns: 50 },
    )
  })

  it('refuses fewer points than degree + 1', () => {
    expect(() => splineThrough(PLACES.slice(0, 5), VALUES.slice(0, 5), 5)).toThrow(RangeError)
    expect(readSpline(splineThrough(PLACES.slice(0, 6), VALUES.slice(0, 6), 5), 0.7, 1, 1)[0]).toBeCloseTo(850, 9)
  })
})
