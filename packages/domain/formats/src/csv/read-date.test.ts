import { describe, expect, test } from 'vitest'
import {
  DATE_BAD,
  DATE_MIXED,
  DATE_OK,
  DAY_FIRST,
  DateReader,
  dayExists,
  daysOf,
  EITHER_FIRST,
  MONTH_FIRST,
} from './read-date.ts'

const reader = new DateReader()
function read(text: string, order: 'iso' | 'dmy' | 'mdy' | 'mixed' | null = null): string | number {
  const bytes = new TextEncoder().encode(text)
  const status = reader.read(bytes, 0, bytes.length, order)
  return status === DATE_OK ? new Date(reader.days * 86_400_000).toISOString().slice(0, 10) : status
}

describe('a date', () => {
  test('counts days as the calendar of JavaScript does, from year 1 to 9999', () => {
    expect(daysOf(1970, 1, 1)).toBe(0)
    expect(daysOf(2000, 3, 1)).toBe(Date.UTC(2000, 2, 1) / 86_400_000)
    for (const iso of ['0001-01-01', '1899-12-31', '1900-03-01', '2024-02-29', '2100-02-28', '9999-12-31']) {
      expect(read(iso)).toBe(iso)
    }
  })

  test('exists: 29 February in 2024 and 2000, not in 2023 and 1900; no month 13, no day 0', () => {
    expect([2024, 2000, 2023, 1900].map((year) => dayExists(year, 2, 29))).toEqual([true, true, false, false])
    expect([dayExists(2024, 13, 1), dayExists(2024, 0, 1), dayExists(2024, 1, 0), dayExists(0, 1, 1)]).not.toContain(
      true,
    )
  })

  test('with the day above 12 in first place is day first, in second place month first, else either', () => {
    expect(read('13/04/2024')).toBe(DAY_FIRST)
    expect(read('04/13/2024')).toBe(MONTH_FIRST)
    expect(read('3.4.24')).toBe(EITHER_FIRST)
  })

  test('that no order makes a day is bad and tells nothing about the order', () => {
    for (const text of ['31/02/2024', '13/13/2024', '00/05/2024', '29-02-23']) expect(read(text), text).toBe(DATE_BAD)
  })

  test('of a declared order is read so and never otherwise', () => {
    expect(read('03/04/2024', 'dmy')).toBe('2024-04-03')
    expect(read('03/04/2024', 'mdy')).toBe('2024-03-04')
    expect(read('13/04/2024', 'mdy')).toBe(DATE_BAD)
    expect(read('03/04/2024', 'iso')).toBe(DATE_BAD)
    expect(read('03/04/2024', 'mixed')).toBe(DATE_MIXED)
  })

  test('of two-digit years: 68 is 2068, 69 is 1969', () => {
    expect([read('01-02-68', 'dmy'), read('01-02-69', 'dmy')]).toEqual(['2068-02-01', '1969-02-01'])
  })

  test('keeps one separator, has no other length of year, and is not a number', () => {
    for (const text of [
      '1/2-2024',
      '2024-1/2',
      '1/2/024',
      '1/2/20245',
      '2024',
      '20241',
      '5',
      '1/2',
      '2024-01',
      'May 2024',
    ]) {
      expect(read(text, 'dmy'), text).toBe(DATE_BAD)
    }
  })
})
