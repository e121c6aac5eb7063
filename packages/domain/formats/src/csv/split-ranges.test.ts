import { describe, expect, test } from 'vitest'
import type { CsvDialect } from './dialect.ts'
import { splitRanges } from './split-ranges.ts'

const BODY = 100
const dialect = (encoding: CsvDialect['encoding']) => ({ bodyStart: BODY, encoding }) as CsvDialect
const sizesOf = (size: number, threads: number, minBytes?: number, encoding: CsvDialect['encoding'] = 'utf-8') =>
  splitRanges(size, dialect(encoding), threads, minBytes).map(({ start, end }) => end - start)

describe('ranges of a file', () => {
  test.each([
    [1, 1],
    [2, 1],
    [2, 64],
    [3, 1_000],
    [16, 10],
  ])('meet one another from the body to the end, with %i threads and at least %i bytes', (threads, minBytes) => {
    for (const size of [BODY, BODY + 1, BODY + 7, 5_003, 100_003]) {
      const ranges = splitRanges(size, dialect('utf-8'), threads, minBytes)
      expect(ranges[0]).toMatchObject({ start: BODY, aligned: true })
      expect(ranges.at(-1)?.end).toBe(size)
      for (let i = 1; i < ranges.length; i++)
        expect(ranges[i]).toMatchObject({ start: ranges[i - 1]?.end, aligned: false })
      if (ranges.length > 1)
        expect(Math.min(...ranges.map(({ start, end }) => end - start))).toBeGreaterThanOrEqual(minBytes)
    }
  })

  test('get smaller where threads are about to end', () => {
    expect(sizesOf(BODY + 800, 2, 1)).toEqual([100, 100, 100, 100, 100, 100, 50, 50, 25, 25, 25, 25])
    expect(sizesOf(BODY + 800, 2, 50)).toEqual(new Array(8).fill(100))
  })

  test('are one for one thread, for a small file and for UTF-16', () => {
    expect(sizesOf(BODY + 800, 1, 1)).toEqual([800])
    expect(sizesOf(BODY + 800, 4, 801)).toEqual([800])
    expect(sizesOf(BODY + 800, 4, 1, 'utf-16le')).toEqual([800])
  })

  test('of a huge file are held by a thread', () => {
    const sizes = sizesOf(6_000_000_000, 1)
    expect(sizes.length).toBe(Math.ceil(6_000_000_000 / (128 << 20)))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(128 << 20)
  })
})
