import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findArtefacts } from './find-artefacts.ts'
import { pnn50 } from './pnn50.ts'
import { rmssd } from './rmssd.ts'
import { sdnn } from './sdnn.ts'
import { successiveDifferences } from './successive-differences.ts'

/** The formulas alone, without the lengths a record needs. */
function formulas(rr: Float64Array, artefacts: Uint8Array = new Uint8Array(rr.length)) {
  const differences = successiveDifferences(rr, artefacts)
  return { sdnn: sdnn(rr, artefacts), rmssd: rmssd(differences), pnn50: pnn50(differences) }
}

describe('SDNN, RMSSD and pNN50', () => {
  it('EX-L3 NN 800, 810, 790, 860, 850 have RMSSD 37.081, pNN50 25 % and SDNN 31.145', () => {
    // differences 10, -20, 70, -10: sqrt(5500 / 4), one of four above 50
    // mean 822, squares 484 + 144 + 1024 + 1444 + 784 = 3880: sqrt(3880 / 4)
    const found = formulas(Float64Array.of(800, 810, 790, 860, 850))
    expect(found.rmssd).toBeCloseTo(37.081, 3)
    expect(found.rmssd).toBeCloseTo(Math.sqrt(1375), 12)
    expect(found.pnn50).toBe(25)
    expect(found.sdnn).toBeCloseTo(31.145, 3)
    expect(found.sdnn).toBeCloseTo(Math.sqrt(970), 12)
  })

  it('EX-L4 RR 800, 810, 1400, 790, 800 have the differences 10 and 10 only, RMSSD 10', () => {
    const rr = Float64Array.of(800, 810, 1400, 790, 800)
    const artefacts = findArtefacts(rr)
    expect([...successiveDifferences(rr, artefacts)]).toEqual([10, 10])
    // of the other four: mean 800, squares 0 + 100 + 100 + 0 over 3
    expect(formulas(rr, artefacts)).toEqual({ rmssd: 10, pnn50: 0, sdnn: Math.sqrt(200 / 3) })
  })

  it('do not count a difference of exactly 50 ms, also where doubles make it a hair more', () => {
    expect(512.2 - 462.2).toBeGreaterThan(50)
    expect(pnn50(Float64Array.of(50, -50, 512.2 - 462.2))).toBe(0)
    expect(pnn50(Float64Array.of(50, -50.1, 50.1, 0))).toBe(50)
  })

  it('have no value without differences, or a single interval', () => {
    expect(formulas(Float64Array.of(800))).toEqual({ sdnn: Number.NaN, rmssd: Number.NaN, pnn50: Number.NaN })
    expect(formulas(new Float64Array(0))).toEqual({ sdnn: Number.NaN, rmssd: Number.NaN, pnn50: Number.NaN })
    const apart = formulas(Float64Array.of(800, 1400, 810), Uint8Array.of(0, 1, 0))
    expect(apart).toEqual({ sdnn: Math.sqrt(50), rmssd: Number.NaN, pnn50: Number.NaN })
  })
})

const record = fc.array(fc.double({ min: 800, max: 960, noNaN: true }), { minLength: 2, maxLength: 80 })

describe('laws of the time domain', () => {
  it('intervals c times as long spread c times as far', () => {
    fc.assert(
      fc.property(record, fc.double({ min: 0.5, max: 2, noNaN: true }), (rr, factor) => {
        const found = formulas(Float64Array.from(rr))
        const scaled = formulas(Float64Array.from(rr, (interval) => factor * interval))
        expect(scaled.sdnn).toBeCloseTo(factor * found.sdnn, 8)
        expect(scaled.rmssd).toBeCloseTo(factor * found.rmssd, 8)
      }),
    )
  })

  it('a constant on top changes nothing', () => {
    fc.assert(
      fc.property(record, fc.double({ min: -300, max: 900, noNaN: true }), (rr, constant) => {
        const found = formulas(Float64Array.from(rr))
        const shifted = formulas(Float64Array.from(rr, (interval) => interval + constant))
        expect(shifted.sdnn).toBeCloseTo(found.sdnn, 8)
        expect(shifted.rmssd).toBeCloseTo(found.rmssd, 8)
      }),
    )
  })

  it('a record read backwards gives the same', () => {
    const masked = fc.array(fc.tuple(fc.double({ min: 800, max: 960, noNaN: true }), fc.boolean()), { minLength: 2 })
    fc.assert(
      fc.property(masked, (cells) => {
        const read = (given: readonly (readonly [number, boolean])[]) =>
          formulas(
            Float64Array.from(given, ([rr]) => rr),
            Uint8Array.from(given, ([, removed]) => Number(removed)),
          )
        const forwards = read(cells)
        const backwards = read(cells.toReversed())
        expect(backwards.pnn50).toBe(forwards.pnn50)
        for (const name of ['sdnn', 'rmssd'] as const) {
          if (Number.isNaN(forwards[name])) expect(backwards[name]).toBeNaN()
          else expect(backwards[name]).toBeCloseTo(forwards[name], 9)
        }
      }),
    )
  })

  it('SDNN does not mind the order of the beats, RMSSD is at most twice the root mean square about the mean', () => {
    fc.assert(
      fc.property(record, (rr) => {
        const found = formulas(Float64Array.from(rr))
        expect(formulas(Float64Array.from(rr).sort()).sdnn).toBeCloseTo(found.sdnn, 9)
        // (a - b)^2 <= 2 a^2 + 2 b^2, and every deviation stands in at most two differences
        expect(found.rmssd ** 2).toBeLessThanOrEqual(4 * found.sdnn ** 2 * (1 + 1e-9) + 1e-9)
      }),
    )
  })
})
