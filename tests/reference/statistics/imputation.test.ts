import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ancova,
  carriedForward,
  conditionalMeans,
  type ImputationStrategy,
  isMissing,
  type MeanEstimate,
  type Subjects,
} from '@afferent/statistics'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'

/** Reference-based imputation in the antidepressant trial, against R and the vignette of rbmi; LOCF and BOCF in the acupuncture trial. */
type Row = Readonly<Record<string, string>>

interface VisitFigures {
  readonly drug_minus_placebo: number
  readonly se_jackknife: number
  readonly lsmean_placebo: number
  readonly lsmean_drug: number
}

describeReference('single and conditional-mean imputation', (root) => {
  const dataOf = (file: string): Row[] => parse(readFileSync(join(root, 'data', file)), { columns: true, bom: true })
  const expected = (set: string, id: string) => {
    const { cases } = JSON.parse(readFileSync(join(root, `oracles/${set}/expected_shared.json`), 'utf8'))
    // biome-ignore lint/suspicious/noExplicitAny: the reference file is read as it is
    return (cases as { id: string; expect: any }[]).find((one) => one.id === id)?.expect
  }
  const near = (ours: number, theirs: number, within: number, place: string): void => {
    const off = Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-9)
    expect(off, `${place}: ${ours} against ${theirs}`).toBeLessThan(within)
  }

  function antidepressant() {
    const data = dataOf('antidepressant_rbmi/antidepressant.csv')
    const ids = [...new Set(data.map(({ PATIENT }) => PATIENT as string))]
    const values = [4, 5, 6, 7].map(() => new Float64Array(ids.length).fill(Number.NaN))
    const arm = new Int32Array(ids.length)
    const base = new Float64Array(ids.length)
    for (const row of data) {
      const s = ids.indexOf(row.PATIENT as string)
      ;(values[Number(row.VISIT) - 4] as Float64Array)[s] = Number(row.CHANGE)
      arm[s] = row.THERAPY === 'DRUG' ? 1 : 0
      base[s] = Number(row.BASVAL)
    }
    const subjects: Subjects = { arm, arms: 2, reference: 0, covariates: [base] }
    return { values, subjects }
  }

  function analysed(values: readonly Float64Array[], subjects: Subjects, kept: Int32Array) {
    const of = (column: Float64Array): Float64Array => Float64Array.from(kept, (s) => column[s] as number)
    return values.map((column) => {
      const found = ancova(of(column), {
        ...subjects,
        arm: Int32Array.from(kept, (s) => subjects.arm[s] as number),
        covariates: (subjects.covariates ?? []).map(of),
      })
      if (isMissing(found)) throw new Error(found.reason)
      return found
    })
  }

  it.each(['MAR', 'J2R'] as const satisfies readonly ImputationStrategy[])(
    'ad.condmean.%s: estimates, and standard errors by leaving each patient out',
    (strategy) => {
      const theirs: readonly VisitFigures[] = expected('antidepressant_rbmi', `ad.condmean.${strategy}`)
      const { values, subjects } = antidepressant()
      const everybody = Int32Array.from(subjects.arm.keys())
      const answerOf = (sample: Int32Array) => {
        const filled = conditionalMeans(values, subjects, strategy, sample)
        if ('reason' in filled) throw new Error(filled.reason)
        return analysed(filled, subjects, sample)
      }
      const whole = answerOf(everybody)
      const without = Array.from(everybody, (s) => answerOf(everybody.filter((other) => other !== s)))
      expect(theirs).toHaveLength(4)
      theirs.forEach((visit, v) => {
        const difference = (fits: ReturnType<typeof answerOf>): number =>
          ((fits[v] as (typeof fits)[number]).differences[1] as MeanEstimate).estimate
        const means = whole[v]?.leastSquaresMeans as readonly MeanEstimate[]
        near(difference(whole), visit.drug_minus_placebo, 1e-5, `visit ${v + 4} difference`)
        near(means[0]?.estimate as number, visit.lsmean_placebo, 1e-5, `visit ${v + 4} placebo`)
        near(means[1]?.estimate as number, visit.lsmean_drug, 1e-5, `visit ${v + 4} drug`)
        const left = without.map(difference)
        const mean = left.reduce((sum, one) => sum + one, 0) / left.length
        const se = Math.sqrt(((left.length - 1) / left.length) * left.reduce((sum, one) => sum + (one - mean) ** 2, 0))
        near(se, visit.se_jackknife, 1e-4, `visit ${v + 4} jackknife`)
      })
    },
    60_000,
  )

  it('acu.bocf_locf: ANCOVA of all 401 patients after single imputation', () => {
    const theirs = expected('acupuncture_headache', 'acu.bocf_locf')
    const data = dataOf('acupuncture_headache/acupuncture.csv')
    const number = (name: string): Float64Array =>
      Float64Array.from(data, (row) => (row[name] === '' ? Number.NaN : Number(row[name])))
    const subjects: Subjects = {
      arm: Int32Array.from(data, (row) => Number(row.group)),
      arms: 2,
      reference: 0,
      covariates: [number('pk1')],
    }
    for (const rule of ['LOCF', 'BOCF'] as const) {
      const carried = carriedForward([number('pk2'), number('pk5')], number('pk1'), rule)
      const found = ancova(carried[1] as Float64Array, subjects)
      if (isMissing(found)) throw new Error(found.reason)
      const difference = found.differences[1] as MeanEstimate
      const figures = theirs[rule.toLowerCase()]
      near(difference.estimate, figures.estimate, 1e-10, `${rule} estimate`)
      near(difference.se, figures.se, 1e-10, `${rule} se`)
      expect(difference.df).toBe(figures.df)
    }
  })
})
