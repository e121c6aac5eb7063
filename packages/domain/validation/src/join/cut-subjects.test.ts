import { describe, expect, it } from 'vitest'
import { cutSubjects } from './cut-subjects.ts'

const names = Array.from({ length: 5000 }, (_, i) => `S${String(i).padStart(5, '0')}`)

/** Ranges that end at these positions. */
const rangesTo = (...ends: number[]) => ends.map((to, i) => ({ from: ends[i - 1] ?? 0, to }))

describe('cuts between subjects', () => {
  it('leave about 64 subjects together and cover all of them once', () => {
    const ranges = cutSubjects(names)
    expect(ranges.length).toBeGreaterThan(40)
    expect(ranges.length).toBeLessThan(130)
    expect(ranges[0]?.from).toBe(0)
    expect(ranges.at(-1)?.to).toBe(names.length)
    ranges.slice(1).forEach((range, i) => {
      expect(range.from).toBe(ranges[i]?.to)
    })
  })

  it('keep their borders when a subject is added, but for the one the subject falls into', () => {
    const borders = (list: readonly string[]) => new Set(cutSubjects(list).map((r) => list[r.to - 1]))
    const before = borders(names)
    const after = borders([...names, 'S02500x'].sort())
    expect([...before].filter((border) => !after.has(border))).toEqual([])
    expect([...after].filter((border) => !before.has(border)).length).toBeLessThanOrEqual(1)
  })

  it('keep their borders from one version to the next, names beyond ASCII included', () => {
    const accented = names.map((name) => `é${name}`)
    expect(cutSubjects(names).slice(0, 3)).toEqual(rangesTo(13, 14, 67))
    expect(cutSubjects(accented).slice(0, 3)).toEqual(rangesTo(24, 43, 54))
  })
})
