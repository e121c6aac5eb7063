import { bocf, locf, visitAncova } from '@afferent/statistics'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import { readCases, readTable } from '../metrics/hand-fed.ts'

describeReference('single imputation of the acupuncture trial against R', (root) => {
  it.each(['bocf', 'locf'] as const)('acu.bocf_locf: %s, ANCOVA of 401 patients', (method) => {
    const table = readTable(`${root}/data/acupuncture_headache/acupuncture.csv`)
    const found = readCases(root, 'acupuncture_headache').get('acu.bocf_locf') as unknown as {
      expect: Record<string, { estimate: number; se: number; df: number }>
    }
    const theirs = found.expect[method]
    const base = Float64Array.from(table, (row) => Number(row.pk1))
    const change = (text: string | undefined, i: number): number => (text === '' ? Number.NaN : Number(text) - base[i])
    const changes = Float64Array.from(table.flatMap((row, i) => [change(row.pk2, i), change(row.pk5, i)]))
    const { values } = method === 'locf' ? locf(changes, 2) : bocf(changes)
    const arm = Int32Array.from(table, (row) => Number(row.group))
    const trial = { subjects: table.length, visits: 2, arms: 2, values, arm, factors: [] }
    const ancova = visitAncova({ ...trial, covariates: [{ values: base, byVisit: true }] })
    if ('reason' in ancova) throw new Error(ancova.reason)
    // The change differs from the score by the baseline, a covariate: the difference of arms is the same.
    const last = Float64Array.from(table, (_, i) => values[i * 2 + 1])
    const { estimate, variance } = ancova.difference(last, 1, 0)
    expect(Math.abs(estimate / theirs.estimate - 1)).toBeLessThan(1e-9)
    expect(Math.abs(Math.sqrt(variance) / theirs.se - 1)).toBeLessThan(1e-9)
    expect(ancova.df).toBe(theirs.df)
  })
})
