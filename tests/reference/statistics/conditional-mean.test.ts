import { conditionalMean, type VisitTrial } from '@afferent/statistics'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import { readCases, readTable } from '../metrics/hand-fed.ts'

interface Theirs {
  readonly drug_minus_placebo: number
  readonly se_jackknife: number
  readonly lower: number
  readonly upper: number
  readonly p: number
  readonly lsmean_placebo: number
  readonly lsmean_placebo_se: number
  readonly lsmean_drug: number
  readonly lsmean_drug_se: number
}

describeReference('imputation of the antidepressant trial against R', (root) => {
  const table = readTable(`${root}/data/antidepressant_rbmi/antidepressant.csv`)
  const cases = readCases(root, 'antidepressant_rbmi')
  const patients = [...new Set(table.map((row) => row.PATIENT))]
  const rowOf = (patient: string | undefined) => table.find((row) => row.PATIENT === patient)
  const values = new Float64Array(patients.length * 4).fill(Number.NaN)
  for (const row of table) values[patients.indexOf(row.PATIENT) * 4 + Number(row.VISIT) - 4] = Number(row.CHANGE)
  const trial: VisitTrial = {
    subjects: patients.length,
    visits: 4,
    arms: 2,
    values,
    arm: Int32Array.from(patients, (patient) => (rowOf(patient)?.THERAPY === 'DRUG' ? 1 : 0)),
    covariates: [{ values: Float64Array.from(patients, (patient) => Number(rowOf(patient)?.BASVAL)), byVisit: true }],
    factors: [],
  }

  it('ad.missing: patients, missing values per visit, the one intermittent gap', () => {
    const { expect: theirs } = cases.get('ad.missing') as unknown as {
      expect: { n: number; missing: number[]; intermittent: number[] }
    }
    const isMissing = (subject: number, visit: number) => Number.isNaN(values[subject * 4 + visit])
    expect(trial.subjects).toBe(theirs.n)
    expect([0, 1, 2, 3].map((visit) => patients.filter((_, i) => isMissing(i, visit)).length)).toEqual(theirs.missing)
    const gaps = patients.filter((_, i) => [0, 1, 2].some((v) => isMissing(i, v) && !isMissing(i, v + 1)))
    expect(gaps.map(Number)).toEqual(theirs.intermittent)
  })

  it.each(['MAR', 'J2R'] as const)('ad.condmean.%s: every visit, with the jackknife', (strategy) => {
    const found = cases.get(`ad.condmean.${strategy}`) as unknown as { expect: Theirs[] }
    const ours = conditionalMean(trial, { strategy, reference: 0 })
    if ('reason' in ours) throw new Error(ours.reason)
    expect(found.expect).toHaveLength(4)
    found.expect.forEach((theirs, visit) => {
      const { means, differences } = ours[visit]
      const drug = differences[1]
      const pairs: [string, number | undefined, number, number][] = [
        ['difference', drug?.estimate, theirs.drug_minus_placebo, 1e-6],
        ['SE', drug?.se, theirs.se_jackknife, 1e-6],
        ['lower', drug?.lower, theirs.lower, 1e-6],
        ['upper', drug?.upper, theirs.upper, 1e-6],
        ['p', drug?.p, theirs.p, 1e-5],
        ['placebo', means[0].estimate, theirs.lsmean_placebo, 1e-6],
        ['SE of placebo', means[0].se, theirs.lsmean_placebo_se, 1e-6],
        ['drug', means[1].estimate, theirs.lsmean_drug, 1e-6],
        ['SE of drug', means[1].se, theirs.lsmean_drug_se, 1e-6],
      ]
      for (const [name, one, other, tolerance] of pairs)
        expect(
          Math.abs((one as number) / other - 1),
          `visit ${visit + 4} ${name}: ${one} against ${other}`,
        ).toBeLessThan(tolerance)
    })
  })
})
