import { readFileSync } from 'node:fs'
import {
  betaQuantile,
  betaTails,
  chiSquareQuantile,
  chiSquareUpperTail,
  fUpperTail,
  normalQuantile,
  normalUpperTail,
  tCdf,
  tQuantile,
} from '@afferent/distributions'
import { kendallTauB } from '@afferent/metrics'
import {
  CURVE_THRESHOLDS,
  cumulativeResponders,
  garwoodInterval,
  type ResponderCurve,
  spearman,
} from '@afferent/statistics'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import { type Cells, readCases, readTable } from '../metrics/hand-fed.ts'

function expectRelative(ours: number | null | undefined, theirs: number, tolerance: number, place = ''): void {
  const value = ours as number
  const scale = Math.max(Math.abs(value), Math.abs(theirs), 1e-12)
  expect(Math.abs(value - theirs) / scale <= tolerance, `${place}: ${value} against ${theirs}`).toBe(true)
}

const readUnit = (root: string, name: string) =>
  (JSON.parse(readFileSync(`${root}/oracles/unit/${name}.json`, 'utf8')) as { cases: UnitCase[] }).cases
interface UnitCase {
  readonly id: string
  readonly fn: string
  readonly args: readonly number[]
  readonly value: number
  readonly tol_rel: number
  readonly input: Readonly<Record<string, number & number[]>>
  readonly expect: { readonly rate: number; readonly garwood: { readonly lower: number; readonly upper: number } }
}

describeReference('distribution functions, against arbitrary-precision arithmetic', (root) => {
  const functions: Readonly<Record<string, (a: number, b: number, c: number) => number>> = {
    normal_cdf: (z) => normalUpperTail(-z),
    normal_quantile: normalQuantile,
    beta_quantile: betaQuantile,
    t_cdf: tCdf,
    t_quantile: tQuantile,
    chisq_quantile: chiSquareQuantile,
    chisq_upper_tail: chiSquareUpperTail,
    chisq_cdf: (x, df) => 1 - chiSquareUpperTail(x, df),
    // A count of at most k events, where x are expected: the upper tail of 2 x on 2 (k + 1) df.
    poisson_cdf: (k, x) => chiSquareUpperTail(2 * x, 2 * (k + 1)),
    beta_cdf: (x, a, b) => betaTails(a, b, x).lower,
    f_cdf: (f, df1, df2) => 1 - fUpperTail(f, df1, df2),
    // At most k of n: the share is above p of a beta variable of shapes k + 1 and n - k.
    binomial_cdf: (k, n, p) => betaTails(k + 1, n - k, p).upper,
  }
  const cases = readUnit(root, 'dist_shared').filter(({ fn }) => fn in functions)

  it('are held to all cases of the file', () => {
    expect(cases).toHaveLength(38)
  })

  it.each(cases)('$id of $args', ({ fn, args, value, tol_rel }) => {
    const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = args
    const ours = functions[fn]?.(a, b, c) as number
    expect(Math.abs(ours - value), `${ours}`).toBeLessThanOrEqual(tol_rel * Math.abs(value))
  })
})

describeReference('intervals and boundaries, against R', (root) => {
  const cases = new Map(readUnit(root, 'ci_shared').map((given) => [given.id, given]))

  it('ci.poisson.7: rate and Garwood limits', () => {
    const { input, expect: theirs, tol_rel } = cases.get('ci.poisson.7') as UnitCase
    const ours = garwoodInterval(input.x as number, input.time as number)
    expectRelative(ours?.estimate, theirs.rate, tol_rel)
    expectRelative(ours?.lower, theirs.garwood.lower, tol_rel)
    expectRelative(ours?.upper, theirs.garwood.upper, tol_rel)
  })

  it('resp.boundary: reductions of exactly 50 and 30 % stand on the responder curve', () => {
    const { input } = cases.get('resp.boundary') as UnitCase
    const base = input.base as number[]
    const value = input.new as number[]
    const change = Float64Array.from(base, (b, i) => (100 * ((value[i] as number) - b)) / b)
    const { counts } = cumulativeResponders(change, true) as ResponderCurve
    expect(change).toHaveLength(5)
    expect([30, 35, 50, 55].map((t) => counts[CURVE_THRESHOLDS.indexOf(t)])).toEqual([5, 4, 4, 0])
  })
})

describeReference('rank correlations of dose and pain reduction in the amitriptyline crossover, against R', (root) => {
  const key = (row: Cells): string => `${row.ID} ${row.Period}`
  const folder = `${root}/data/amitriptyline_hivsn`
  const active = readTable(`${folder}/xoverPP.csv`).filter((row) => row.Treatment === 'A')
  const doses = new Map(readTable(`${folder}/Dose.csv`).map((row) => [key(row), Number(row.Dose)]))
  const reduction = Float64Array.from(active, (row) => Number(row.Time1) - Number(row.Time3))
  const dose = Float64Array.from(active, (row) => doses.get(key(row)) as number)

  it('ami.dose_response: Spearman with p by t, Kendall tau-b', () => {
    const { expect: theirs, tol_rel } = readCases(root, 'amitriptyline_hivsn').get('ami.dose_response') as unknown as {
      expect: { n: number; spearman: number; spearman_p_t: number; kendall_tau_b: number }
      tol_rel: number
    }
    const ours = spearman(reduction, dose)
    expect(ours?.n).toBe(theirs.n)
    expectRelative(ours?.r, theirs.spearman, tol_rel)
    expectRelative(ours?.p, theirs.spearman_p_t, tol_rel)
    expectRelative(kendallTauB(reduction, dose)?.tauB, theirs.kendall_tau_b, tol_rel)
  })
})
