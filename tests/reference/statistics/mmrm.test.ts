import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DegreesOfFreedom,
  isMissing,
  type MeanEstimate,
  type Mmrm,
  mmrm,
  type RepeatedRows,
} from '@afferent/statistics'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'

/**
 * Mixed models for repeated measures against R (estimates and standard errors to 1e-6, degrees of freedom to 1e-4) and the
 * output of SAS PROC MIXED as published (oracles/fev_sas).
 */
type Row = Readonly<Record<string, string>>
type Term = (row: Row) => number

interface Figures {
  readonly estimate: number
  readonly se: number
  readonly df: number
  readonly t: number
  readonly p: number
  readonly lower: number
  readonly upper: number
}

const is =
  (column: string, level: string): Term =>
  (row) =>
    row[column] === level ? 1 : 0
const times =
  (...terms: readonly Term[]): Term =>
  (row) =>
    terms.reduce((product, term) => product * term(row), 1)
const one: Term = () => 1

function rowsOf(
  data: readonly Row[],
  names: { subject: string; visit: string; outcome: string },
  terms: readonly Term[],
): RepeatedRows {
  const seen = data.filter((row) => row[names.outcome] !== '' && row[names.outcome] !== undefined)
  const codes = (name: string): Int32Array => {
    const levels = [...new Set(seen.map((row) => row[name] as string))].sort()
    return Int32Array.from(seen, (row) => levels.indexOf(row[name] as string))
  }
  const visit = codes(names.visit)
  return {
    outcome: Float64Array.from(seen, (row) => Number(row[names.outcome])),
    subject: codes(names.subject),
    visit,
    visits: Math.max(...visit) + 1,
    columns: terms.map((term) => Float64Array.from(seen, term)),
  }
}

function fitted(rows: RepeatedRows): Mmrm {
  const found = mmrm(rows)
  if (isMissing(found)) throw new Error(found.reason)
  expect(found.structureLabel).toBe('unstructured')
  return found
}

function near(ours: number, theirs: number, within: number, place: string): void {
  const off = Math.abs(ours - theirs) / Math.max(Math.abs(theirs), Math.abs(ours), 1e-12)
  expect(off, `${place}: ${ours} against ${theirs}`).toBeLessThan(within)
}

function expectContrast(
  model: Mmrm,
  weights: readonly number[],
  df: DegreesOfFreedom,
  theirs: Figures,
  place: string,
): void {
  const ours = model.contrast(Float64Array.from(weights), df) as MeanEstimate
  near(ours.estimate, theirs.estimate, 1e-6, `${place} estimate`)
  near(ours.se, theirs.se, 1e-6, `${place} se`)
  near(ours.df, theirs.df, 1e-4, `${place} df`)
  near(ours.lower, theirs.lower, 1e-5, `${place} lower`)
  near(ours.upper, theirs.upper, 1e-5, `${place} upper`)
}

describeReference('mixed models for repeated measures', (root) => {
  const casesOf = (set: string) =>
    JSON.parse(readFileSync(join(root, `oracles/${set}/expected_shared.json`), 'utf8')).cases as {
      id: string
      // biome-ignore lint/suspicious/noExplicitAny: the reference file is read as it is
      expect: any
    }[]
  const expected = (set: string, id: string) => {
    const found = casesOf(set).find((one) => one.id === id)
    if (found === undefined) throw new Error(`no case ${id}`)
    return found.expect
  }
  const dataOf = (file: string): Row[] => parse(readFileSync(join(root, 'data', file)), { columns: true, bom: true })
  const FEV = { subject: 'USUBJID', visit: 'AVISIT', outcome: 'FEV1' }
  const visits = ['VIS1', 'VIS2', 'VIS3', 'VIS4']
  const unit = (size: number, ...places: readonly number[]): number[] =>
    Array.from({ length: size }, (_, k) => (places.includes(k) ? 1 : 0))

  it('fev.simple: intercept alone', () => {
    const theirs = expected('fev_sas', 'fev.simple')
    const model = fitted(rowsOf(dataOf('fev_sas/fev_data.csv'), FEV, [one]))
    expectContrast(model, [1], 'Satterthwaite', theirs.intercept, 'intercept')
    near(model.minusTwoLogLikelihood, theirs.minus2_reml_loglik, 1e-9, '-2 log likelihood')
    theirs.sigma.flat().forEach((value: number, k: number) => {
      near(model.sigma[k] as number, value, 1e-5, `sigma ${k}`)
    })
    expect([model.n, model.subjects]).toEqual([theirs.n_obs, theirs.n_subjects_with_data])
    // SAS PROC MIXED as published: 42.8338, 0.3509, 3700.9464857.
    expect(model.minusTwoLogLikelihood).toBeCloseTo(3700.9464857, 4)
  })

  it('fev.arm_sex: two factors', () => {
    const theirs = expected('fev_sas', 'fev.arm_sex')
    const terms = [one, is('ARMCD', 'TRT'), is('SEX', 'Female')]
    const model = fitted(rowsOf(dataOf('fev_sas/fev_data.csv'), FEV, terms))
    expectContrast(model, [1, 0, 0], 'Satterthwaite', theirs.intercept, 'intercept')
    expectContrast(model, [0, 1, 0], 'Satterthwaite', theirs.trt, 'treatment')
    expectContrast(model, [0, 0, 1], 'Satterthwaite', theirs.female, 'female')
  })

  it('fev.full and fev.lsmeans: treatment by visit, and least-squares means', () => {
    const theirs = expected('fev_sas', 'fev.full')
    const means = expected('fev_sas', 'fev.lsmeans')
    const RACES = ['Black or African American', 'White']
    const later = visits.slice(1)
    const terms = [
      one,
      ...RACES.map((race) => is('RACE', race)),
      is('SEX', 'Female'),
      is('ARMCD', 'TRT'),
      ...later.map((visit) => is('AVISIT', visit)),
      ...later.map((visit) => times(is('ARMCD', 'TRT'), is('AVISIT', visit))),
    ]
    const model = fitted(rowsOf(dataOf('fev_sas/fev_data.csv'), FEV, terms))
    visits.forEach((_, v) => {
      const weights = unit(11, 4, ...(v === 0 ? [] : [7 + v]))
      expectContrast(model, weights, 'Satterthwaite', theirs[`vis${v + 1}`], `treatment at visit ${v + 1}`)
      const mean = (arm: number): number[] => [
        1,
        1 / 3,
        1 / 3,
        1 / 2,
        arm,
        ...unit(3, v - 1),
        ...unit(3, v - 1).map((value) => value * arm),
      ]
      expectContrast(model, mean(1), 'Satterthwaite', means.TRT[v], `mean of TRT ${v + 1}`)
      expectContrast(model, mean(0), 'Satterthwaite', means.PBO[v], `mean of PBO ${v + 1}`)
    })
    expectContrast(model, unit(11, 1), 'Satterthwaite', theirs.black, 'black')
    expectContrast(model, unit(11, 2), 'Satterthwaite', theirs.white, 'white')
  })

  it('ad.mmrm: Satterthwaite and Kenward-Roger in the antidepressant trial', () => {
    const theirs = expected('antidepressant_rbmi', 'ad.mmrm')
    const data = dataOf('antidepressant_rbmi/antidepressant.csv')
    const later = ['5', '6', '7'].map((visit) => is('VISIT', visit))
    const base: Term = (row) => Number(row.BASVAL)
    const drug = is('THERAPY', 'DRUG')
    const terms = [one, base, drug, ...later, ...later.map((v) => times(base, v)), ...later.map((v) => times(drug, v))]
    const model = fitted(rowsOf(data, { subject: 'PATIENT', visit: 'VISIT', outcome: 'CHANGE' }, terms))
    const last = unit(12, 2, 11)
    expectContrast(model, last, 'Satterthwaite', theirs.satterthwaite, 'difference')
    expectContrast(model, last, 'Kenward-Roger', theirs.kenward_roger, 'difference')
    near(model.minusTwoLogLikelihood, theirs.minus2_reml_loglik, 1e-9, '-2 log likelihood')
  })
})
