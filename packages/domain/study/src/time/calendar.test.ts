import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochDay, fromStudyDay, parseIsoDay, toIsoDay, toStudyDay } from './calendar.ts'

const DAY_MS = 86_400_000

describe('calendar days', () => {
  it('counts from 1970-01-01 and knows the leap day of 2000 but none in 1900', () => {
    expect(parseIsoDay('1970-01-01')).toBe(0)
    expect(parseIsoDay('1969-12-31')).toBe(-1)
    expect(parseIsoDay('2000-02-29')).toBe(11016)
    expect(parseIsoDay('1900-02-29')).toBeNull()
  })

  it.each(['2026-04-31', '2026-13-01', '2026-00-10', '0000-01-01', '2026-1-1', '2026-02-30', ''])(
    'has no date %j',
    (text) => {
      expect(parseIsoDay(text)).toBeNull()
    },
  )

  it('agrees with the calendar of the engine on every day of the years 1 to 9999', () => {
    const first = Date.parse('0001-01-01T00:00:00Z') / DAY_MS
    const last = Date.parse('9999-12-31T00:00:00Z') / DAY_MS
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (day) => {
        const iso = new Date(day * DAY_MS).toISOString().slice(0, 10)
        expect(toIsoDay(day)).toBe(iso)
        expect(parseIsoDay(iso)).toBe(day)
      }),
    )
  })

  it('refuses year, month and day out of the calendar', () => {
    expect(epochDay(10000, 1, 1)).toBeNull()
    expect(epochDay(2024, 2, 29)).toBe(19782)
    expect(epochDay(2023, 2, 29)).toBeNull()
  })
})

describe('study days', () => {
  it('has no day 0: the day of first treatment is day 1 and the day before it day -1', () => {
    expect([-2, -1, 0, 1].map(toStudyDay)).toEqual([-2, -1, 1, 2])
    expect([-28, -1, 1, 28].map(fromStudyDay)).toEqual([-28, -1, 0, 27])
    expect(() => fromStudyDay(0)).toThrow('no study day 0')
  })
})
