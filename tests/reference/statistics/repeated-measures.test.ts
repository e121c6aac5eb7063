import {
  type Contrast,
  contrastsOf,
  type DfMethod,
  fitRepeated,
  mmrm,
  type RepeatedFit,
  type VisitRows,
} from '@afferent/statistics'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import { type Cells, readCases, readTable } from '../metrics/hand-fed.ts'

/** The models of repeated measures that were fitted in R, and by SAS where `published` says so. */
interface Theirs {
  readonly estimate: number
  readonly se: number
  readonly df: number
  readonly t: number
  readonly p: number
  readonly lower: number
  readonly upper: number
}

const FIGURES = 1e-6
const DF = 1e-4

function near(ours: number, theirs: number, tolerance: number, place: string): void {
  const scale = Math.max(Math.abs(ours), Math.abs(theirs), 1e-12)
  expect(Math.abs(ours - theirs) / scale <= tolerance, `${place}: ${ours} against ${theirs}`).toBe(true)
}

function expectContrast(ours: Contrast, theirs: Theirs, place: string): void {
  for (const name of ['estimate', 'se', 't', 'lower', 'upper'] as const)
    near(ours[name], theirs[name], FIGURES, `${place} ${name}`)
  near(ours.df, theirs.df, DF, `${place} df`)
  near(ours.p, theirs.p, DF, `${place} p`)
}

function expectSigma(fit: RepeatedFit, theirs: readonly (readonly number[])[]): void {
  theirs.flat().forEach((value, k) => void near(fit.visitCovariance[k], value, FIGURES, `covariance ${k}`))
}

function fitted(rows: VisitRows): RepeatedFit {
  const fit = fitRepeated(rows)
  if ('reason' in fit) throw new Error(fit.reason)
  expect(fit.structure).toBe('UN')
  return fit
}

const column = (table: readonly Cells[], of: (row: Cells) => number): Float64Array => Float64Array.from(table, of)
const is = (truth: boolean): number => (truth ? 1 : 0)
const cell = (text: string | undefined): number => (text === '' || text === undefined ? Number.NaN : Number(text))

function codes(values: readonly (string | undefined)[]): { readonly count: number; readonly codes: Int32Array } {
  const known = new Map<string | undefined, number>()
  const all = Int32Array.from(values, (value) => {
    if (!known.has(value)) known.set(value, known.size)
    return known.get(value) as number
  })
  return { count: known.size, codes: all }
}

describeReference('MMRM of the FEV data against R and SAS', (root) => {
  const table = readTable(`${root}/data/fev_sas/fev_data.csv`)
  const cases = readCases(root, 'fev_sas')
  const subject = codes(table.map((row) => row.USUBJID))
  const visit = Int32Array.from(table, (row) => Number(row.AVISIT?.slice(3)) - 1)
  const one = column(table, () => 1)
  const trt = column(table, (row) => is(row.ARMCD === 'TRT'))
  const female = column(table, (row) => is(row.SEX === 'Female'))
  const rows = (design: readonly Float64Array[]): VisitRows => ({
    subjects: subject.count,
    visits: 4,
    subject: subject.codes,
    visit,
    response: column(table, (row) => cell(row.FEV1)),
    design,
  })
  const caseOf = <T>(id: string): T => (cases.get(id) as unknown as { expect: T }).expect

  it('fev.simple: an intercept alone', () => {
    const theirs = caseOf<{
      n_obs: number
      n_subjects_with_data: number
      intercept: Theirs
      minus2_reml_loglik: number
      sigma: number[][]
    }>('fev.simple')
    const fit = fitted(rows([one]))
    expect([fit.rows, fit.subjects]).toEqual([theirs.n_obs, theirs.n_subjects_with_data])
    expectContrast(contrastsOf(fit, 'satterthwaite')(Float64Array.of(1)), theirs.intercept, 'intercept')
    near(fit.minusTwoLogLikelihood, theirs.minus2_reml_loglik, 1e-9, '-2 REML')
    expectSigma(fit, theirs.sigma)
  })

  it('fev.arm_sex: main effects', () => {
    const theirs = caseOf<{
      intercept: Theirs
      trt: Theirs
      female: Theirs
      minus2_reml_loglik: number
      sigma: number[][]
    }>('fev.arm_sex')
    const fit = fitted(rows([one, trt, female]))
    const of = contrastsOf(fit, 'satterthwaite')
    expectContrast(of(Float64Array.of(1, 0, 0)), theirs.intercept, 'intercept')
    expectContrast(of(Float64Array.of(0, 1, 0)), theirs.trt, 'trt')
    expectContrast(of(Float64Array.of(0, 0, 1)), theirs.female, 'female')
    near(fit.minusTwoLogLikelihood, theirs.minus2_reml_loglik, 1e-9, '-2 REML')
    expectSigma(fit, theirs.sigma)
  })

  const at = (k: number) => Float64Array.from(visit, (v) => is(v === k))
  const times = (a: Float64Array, b: Float64Array) => a.map((value, k) => value * b[k])
  const race = (name: string) => column(table, (row) => is(row.RACE === name))
  const full = () =>
    rows([
      one,
      trt,
      ...[1, 2, 3].map(at),
      ...[1, 2, 3].map((k) => times(at(k), trt)),
      race('Black or African American'),
      race('White'),
      female,
    ])
  const contrast = (places: Readonly<Record<number, number>>): Float64Array => {
    const l = new Float64Array(11)
    for (const [place, value] of Object.entries(places)) l[Number(place)] = value
    return l
  }

  it('fev.full: treatment by visit with race and sex', () => {
    const theirs = caseOf<Record<string, Theirs> & { minus2_reml_loglik: number; sigma: number[][] }>('fev.full')
    const fit = fitted(full())
    const of = contrastsOf(fit, 'satterthwaite')
    expectContrast(of(contrast({ 1: 1 })), theirs.vis1, 'visit 1')
    for (const k of [2, 3, 4]) expectContrast(of(contrast({ 1: 1, [k + 3]: 1 })), theirs[`vis${k}`], `visit ${k}`)
    expectContrast(of(contrast({ 8: 1 })), theirs.black, 'black')
    expectContrast(of(contrast({ 9: 1 })), theirs.white, 'white')
    near(fit.minusTwoLogLikelihood, theirs.minus2_reml_loglik, 1e-9, '-2 REML')
    expectSigma(fit, theirs.sigma)
  })

  it('fev.lsmeans: means of arms by visit, races and sexes weighted equally', () => {
    const theirs = caseOf<{ TRT: Theirs[]; PBO: Theirs[] }>('fev.lsmeans')
    const of = contrastsOf(fitted(full()), 'satterthwaite')
    for (const [arm, name] of [
      [1, 'TRT'],
      [0, 'PBO'],
    ] as const)
      for (let k = 0; k < 4; k++) {
        const l = contrast({ 0: 1, 1: arm, 8: 1 / 3, 9: 1 / 3, 10: 1 / 2 })
        if (k > 0) l[1 + k] = 1
        if (k > 0) l[4 + k] = arm
        expectContrast(of(l), theirs[name][k], `${name} ${k + 1}`)
      }
  })

  it('fev.full and fev.lsmeans: the same of a trial with race and sex as factors', () => {
    const patients = [...new Set(table.map((row) => row.USUBJID))]
    const first = patients.map((id) => table.find((row) => row.USUBJID === id) as Cells)
    const values = new Float64Array(patients.length * 4).fill(Number.NaN)
    for (const row of table)
      values[patients.indexOf(row.USUBJID) * 4 + Number(row.AVISIT?.slice(3)) - 1] = cell(row.FEV1)
    const answer = mmrm(
      {
        subjects: patients.length,
        visits: 4,
        arms: 2,
        values,
        arm: Int32Array.from(first, (row) => is(row.ARMCD === 'TRT')),
        covariates: [],
        factors: [
          { level: codes(first.map((row) => row.RACE)).codes, levels: 3 },
          { level: codes(first.map((row) => row.SEX)).codes, levels: 2 },
        ],
      },
      { reference: 0, df: 'satterthwaite' },
    )
    if ('reason' in answer) throw new Error(answer.reason)
    const means = caseOf<{ TRT: Theirs[]; PBO: Theirs[] }>('fev.lsmeans')
    const differences = caseOf<Record<string, Theirs>>('fev.full')
    for (let k = 0; k < 4; k++) {
      expectContrast(answer.means[k][0], means.PBO[k], `PBO ${k + 1}`)
      expectContrast(answer.means[k][1], means.TRT[k], `TRT ${k + 1}`)
      expectContrast(answer.differences[k][1] as Contrast, differences[`vis${k + 1}`], `difference ${k + 1}`)
    }
  })
})

describeReference('MMRM of the antidepressant and acupuncture trials against R', (root) => {
  it('ad.mmrm: baseline and therapy by visit, both methods of df', () => {
    const table = readTable(`${root}/data/antidepressant_rbmi/antidepressant.csv`)
    const { expect: theirs } = readCases(root, 'antidepressant_rbmi').get('ad.mmrm') as unknown as {
      expect: { satterthwaite: Theirs; kenward_roger: Theirs; sigma: number[][]; minus2_reml_loglik: number }
    }
    const subject = codes(table.map((row) => row.PATIENT))
    const design: Float64Array[] = []
    for (let k = 4; k <= 7; k++)
      for (const value of [() => 1, (row: Cells) => is(row.THERAPY === 'DRUG'), (row: Cells) => Number(row.BASVAL)])
        design.push(column(table, (row) => (Number(row.VISIT) === k ? value(row) : 0)))
    const fit = fitted({
      subjects: subject.count,
      visits: 4,
      subject: subject.codes,
      visit: Int32Array.from(table, (row) => Number(row.VISIT) - 4),
      response: column(table, (row) => cell(row.CHANGE)),
      design,
    })
    const l = new Float64Array(12)
    l[10] = 1
    for (const [method, of] of [
      ['satterthwaite', theirs.satterthwaite],
      ['kenward-roger', theirs.kenward_roger],
    ] as readonly [DfMethod, Theirs][])
      expectContrast(contrastsOf(fit, method)(l), of, method)
    near(fit.minusTwoLogLikelihood, theirs.minus2_reml_loglik, 1e-9, '-2 REML')
    expectSigma(fit, theirs.sigma)
  })

  it('acu.score.mmrm: two visits, patients without follow-up left out', () => {
    const table = readTable(`${root}/data/acupuncture_headache/acupuncture.csv`)
    const { expect: theirs } = readCases(root, 'acupuncture_headache').get('acu.score.mmrm') as unknown as {
      expect: {
        n_obs: number
        n_patients: number
        m3: Theirs
        m12: Theirs
        sigma: { var3: number; cov: number; var12: number }
        minus2_reml_loglik: number
      }
    }
    const long = table.flatMap((row, subject) => [
      { row, subject, visit: 0, y: cell(row.pk2) },
      { row, subject, visit: 1, y: cell(row.pk5) },
    ])
    const of = (value: (one: (typeof long)[number]) => number): Float64Array => Float64Array.from(long, value)
    const late = (one: (typeof long)[number]): number => one.visit
    const group = (one: (typeof long)[number]): number => Number(one.row.group)
    const base = (one: (typeof long)[number]): number => Number(one.row.pk1)
    const fit = fitted({
      subjects: table.length,
      visits: 2,
      subject: Int32Array.from(long, (one) => one.subject),
      visit: Int32Array.from(long, late),
      response: of((one) => one.y),
      design: [
        of(() => 1),
        of(late),
        of(group),
        of(base),
        of((one) => late(one) * group(one)),
        of((one) => late(one) * base(one)),
      ],
    })
    expect([fit.rows, fit.subjects]).toEqual([theirs.n_obs, theirs.n_patients])
    const contrast = contrastsOf(fit, 'satterthwaite')
    expectContrast(contrast(Float64Array.of(0, 0, 1, 0, 0, 0)), theirs.m3, '3 months')
    expectContrast(contrast(Float64Array.of(0, 0, 1, 0, 1, 0)), theirs.m12, '12 months')
    const { var3, cov, var12 } = theirs.sigma
    expectSigma(fit, [
      [var3, cov],
      [cov, var12],
    ])
    near(fit.minusTwoLogLikelihood, theirs.minus2_reml_loglik, 1e-9, '-2 REML')
  })
})
