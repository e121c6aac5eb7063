import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateTexts } from './date-texts.ts'
import { NumberTexts } from './number-texts.ts'

const ROOM = 40
const numbers = new NumberTexts()
const written = (write: (bytes: Uint8Array, at: number) => number): string => {
  const bytes = new Uint8Array(ROOM)
  return Buffer.from(bytes.subarray(0, write(bytes, 0))).toString()
}
const number = (value: number): string =>
  written((bytes, at) => numbers.write(bytes, new DataView(bytes.buffer), at, value))

describe('a number in a CSV file', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [8, '8'],
    [-20, '-20'],
    [11.2, '11.2'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-35.714285714285715, '-35.714285714285715'],
    [4_294_967_296, '4294967296'],
    [0.0001, '0.0001'],
    [1e-7, '1e-7'],
    [-0.0000012345678901234567, '-0.0000012345678901234567'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
  ])('%d is written %s', (value, text) => {
    expect(number(value)).toBe(text)
  })

  it('is the shortest text that reads back as the same double', () => {
    const any = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 100),
      fc.tuple(fc.integer({ min: 0, max: 28 }), fc.integer({ min: 1, max: 28 })).map(([e, o]) => (28 * e) / o),
    )
    fc.assert(
      fc.property(any, (value) => number(value) === String(value)),
      { numRuns: 5000 },
    )
  })

  it('is never NaN or infinite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => number(bad)).toThrow(RangeError)
    }
  })

  it('keeps numbers apart that fall on the same place of the memory', () => {
    const values = Array.from({ length: 400_000 }, (_, i) => (i + 1) / 3)
    expect(values.map(number)).toEqual(values.map(String))
  })
})

describe('a day in a CSV file', () => {
  it('is an ISO date, before 1970 and in leap years too', () => {
    const dates = new DateTexts()
    const days = [0, -1, 11_016, 20_512, 19_782]
    const texts = ['1970-01-01', '1969-12-31', '2000-02-29', '2026-02-28', '2024-02-29']
    expect(days.map((day) => written((bytes, at) => dates.write(bytes, at, day)))).toEqual(texts)
  })
})
