import { describe, expect, it } from 'vitest'
import type { Periods } from '../study.ts'
import { periodWindow, weekWindow, windowLabel } from './windows.ts'

const periods: Periods = {
  lengthDays: 28,
  baseline: { visit: 0, label: 'Baseline', from: -28, to: -1 },
  baselineMinObserved: 20,
  missing: 'prorate14',
  minObserved: null,
  count: null,
  windows: null,
  pooledMinObservedFraction: 0.5,
}

describe('visit windows', () => {
  it('puts period 2 on study days 29 to 56 and calls it Weeks 5 to 8', () => {
    expect(periodWindow(periods, 1)).toEqual({ visit: 1, label: 'Weeks 1 to 4', from: 1, to: 28 })
    expect(periodWindow(periods, 2)).toEqual({ visit: 2, label: 'Weeks 5 to 8', from: 29, to: 56 })
  })

  it('puts week 12 on study days 78 to 84', () => {
    expect(weekWindow(12)).toEqual({ visit: 12, label: 'Week 12', from: 78, to: 84 })
  })

  it('calls windows that are no whole weeks by their days', () => {
    expect(windowLabel(1, 30)).toBe('Days 1 to 30')
    expect(windowLabel(2, 14)).toBe('Days 2 to 14')
    expect(windowLabel(8, 14)).toBe('Week 2')
    expect(windowLabel(-28, -1)).toBe('Days -28 to -1')
  })

  it("uses the study's own windows where it has some", () => {
    const own = { visit: 3, label: 'Month 3', from: 60, to: 90 }
    expect(periodWindow({ ...periods, windows: [own] }, 1)).toBe(own)
  })
})
