/**
 * Recorded RR intervals (fixtures/rr-intervals, see SOURCE.md there) against the rules of endpoint section 8 written
 * once more with numpy 2.4.6 and scipy 1.17.1, rr being the numbers of the file:
 *
 *   keep    300 <= r <= 2000 and |r - median(acc[-5:])| <= 0.2 * median(acc[-5:]), acc the kept ones before r
 *   d       diff(rr)[keep[1:] & keep[:-1]]; rmssd sqrt(mean(d^2)); pnn50 100 * mean(|d| > 50); sdnn rr[keep].std(ddof=1)
 *   t, v    rr[keep] at cumsum(rr) / 1000 - rr / 2000; over a gap, round(length / mean of both sides) - 1 points on a line
 *   x       make_interp_spline(t, v, k=5)(t[0] + 0.25 * arange(int((t[-1] - t[0]) * 4) + 1))
 *   f, p    welch(detrend(x), 4, nperseg=256); lf p[(f >= .04) & (f < .15)].sum() / 64, hf from .15 to .4 likewise
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Hrv, heartRateVariability, rrUnitOf } from '@afferent/metrics'
import { expect, test } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'

type Figures = Readonly<Record<'sdnn' | 'rmssd' | 'pnn50' | 'lf' | 'hf' | 'hfnu' | 'lfhf' | 'cleanSeconds', number>>

function expectFigures(found: Hrv, figures: Figures): void {
  for (const [name, value] of Object.entries(figures)) {
    expect(found[name as keyof Figures] / value, name).toBeCloseTo(1, 9)
  }
  expect(found.lnRmssd).toBeCloseTo(Math.log(figures.rmssd), 9)
  expect(found).toMatchObject({ timeReason: null, frequencyReason: null, corrected: false, ultraShort: false })
}

describeReference('recorded RR intervals', (root) => {
  const read = (file: string): Float64Array =>
    Float64Array.from(
      readFileSync(join(root, 'fixtures', 'rr-intervals', file), 'latin1')
        .trim()
        .split(/\r?\n/),
      Number,
    )

  test('rest_rri.txt: 910 intervals, 11 removed', () => {
    const rr = read('rest_rri.txt')
    expect(rrUnitOf(rr)).toBe('ms')
    expect(rrUnitOf(rr.map((interval) => interval / 1000))).toBe('s')
    const found = heartRateVariability(rr)
    expect(found).toMatchObject({ intervals: 910, removed: 11 })
    expectFigures(found, {
      sdnn: 56.68489192180196,
      rmssd: 52.48036550982609,
      pnn50: 34.71910112359551,
      lf: 762.0325798837449,
      hf: 922.7067841446449,
      hfnu: 0.5476851813673751,
      lfhf: 0.8258664539788271,
      cleanSeconds: 952.379,
    })
  })

  test('real_rri.txt: 772 intervals, 16 removed, one of them the 0 at the end', () => {
    const rr = read('real_rri.txt')
    expect(rrUnitOf(rr)).toBe('ms')
    expect(rr[771]).toBe(0)
    const found = heartRateVariability(rr)
    expect(found).toMatchObject({ intervals: 772, removed: 16 })
    expect(found.accepted[771]).toBe(0)
    expectFigures(found, {
      sdnn: 72.23706037888465,
      rmssd: 69.4931295890472,
      pnn50: 40.453938584779706,
      lf: 1256.3268485495857,
      hf: 1481.9412291086214,
      hfnu: 0.5411965472628201,
      lfhf: 0.8477575384721961,
      cleanSeconds: 898.627,
    })
  })

  test('the first 400 intervals of rest_rri.txt are a record of their own', () => {
    const found = heartRateVariability(read('rest_rri.txt').slice(0, 400))
    expect(found).toMatchObject({ intervals: 400, removed: 10 })
    expectFigures(found, {
      sdnn: 58.7630661508122,
      rmssd: 56.3236951801234,
      pnn50: 39.00523560209424,
      lf: 978.3910655955405,
      hf: 982.5013501576062,
      hfnu: 0.5010480647813835,
      lfhf: 0.9958165100115064,
      cleanSeconds: 412.659,
    })
  })
})
