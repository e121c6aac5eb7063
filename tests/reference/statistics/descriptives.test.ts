import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import {
  answer,
  type Cells,
  type ExportedValue,
  type FormDay,
  only,
  type Row,
  readCases,
  readStudy,
  readTable,
  settle,
} from '../metrics/hand-fed.ts'

const FACTS = { cut: null, periods: 4, weeks: 0, phases: [], treatments: [] }

type Figures = Readonly<Record<string, number>>
const STATS: Readonly<Record<string, string>> = {
  n: 'N',
  mean: 'MEAN',
  sd: 'SD',
  min: 'MIN',
  q1_type7: 'Q1',
  median: 'MEDIAN',
  q3_type7: 'Q3',
  max: 'MAX',
}

/** All descriptive figures of one group against those of R; at least seven of them. */
function expectFigures(cohort: readonly Row[], keys: Row, theirs: Figures, tolerance: number): void {
  const names = Object.keys(STATS).filter((name) => theirs[name] !== undefined)
  expect(names.length).toBeGreaterThan(6)
  for (const name of names) {
    const ours = only(cohort, { SUBGRP: null, ...keys, STAT: STATS[name] as string })
    expectRelative(ours.ESTIMATE, theirs[name] as number, tolerance, `${JSON.stringify(keys)} ${name}`)
  }
  if (theirs.se !== undefined)
    expectRelative(only(cohort, { SUBGRP: null, ...keys, STAT: 'MEAN' }).SE, theirs.se, tolerance, 'SE')
}

function expectRelative(
  ours: number | string | null | undefined,
  theirs: number,
  tolerance: number,
  place: string,
): void {
  const value = ours as number
  const error = Math.abs(value - theirs)
  const scale = Math.max(Math.abs(value), Math.abs(theirs), 1e-12)
  expect(theirs === 0 ? error < 1e-9 : error / scale <= tolerance, `${place}: ${value} against ${theirs}`).toBe(true)
}

interface Proportion {
  readonly est: number
  readonly lower: number
  readonly upper: number
}

function expectProportion(
  cohort: readonly Row[],
  keys: Row,
  x: number,
  n: number,
  theirs: Proportion,
  tolerance: number,
): void {
  const ours = only(cohort, { SUBGRP: null, ANALYSIS: 'RESPONSE', ...keys })
  expect(ours).toMatchObject({ NUMER: x, DENOM: n })
  expectRelative(ours.ESTIMATE, theirs.est, tolerance, 'rate')
  expectRelative(ours.LOWER, theirs.lower, tolerance, 'lower limit')
  expectRelative(ours.UPPER, theirs.upper, tolerance, 'upper limit')
}

describeReference('descriptive statistics of the Kostecki-Dillon diary', (root) => {
  const table = readTable(`${root}/data/kostecki_dillon/kostecki_dillon.csv`)
  const byKey = new Map<string, FormDay>()
  for (const row of table) {
    byKey.set(`${row.id} ${row.time}`, {
      subject: row.id as string,
      day: Number(row.time),
      headache: row.headache === 'yes',
    })
  }
  const settled = settle(new Map(table.map((row) => [row.id as string, undefined])), { forms: [...byKey.values()] })
  const cases = readCases(root, 'kostecki_dillon')

  it.each([
    ['study.yaml', 'min20'],
    ['study-min14.yaml', 'min14'],
  ])('%s: baseline figures, responders among those with both windows', (study, name) => {
    const { cohort } = answer(settled, readStudy(`kostecki-dillon/${study}`), FACTS)
    const base = cases.get(`kd.baseline.${name}`) as { expect: Figures; tol_rel: number }
    const mhd = { PARAMCD: 'MHD', ARM: null }
    expectFigures(cohort, { ...mhd, AVISIT: 'Baseline', ANALYSIS: 'AVAL' }, base.expect, base.tol_rel)
    const w1 = cases.get(`kd.w1.observed.${name}`) as unknown as {
      expect: { n: number; n_resp30: number; n_resp50: number; resp30_wilson: Proportion; resp50_wilson: Proportion }
      tol_rel: number
    }
    const { n, n_resp30, n_resp50, resp30_wilson, resp50_wilson } = w1.expect
    const visit = { ...mhd, AVISIT: 'Weeks 1 to 4' }
    expectProportion(cohort, { ...visit, STAT: 'RSP30' }, n_resp30, n, resp30_wilson, w1.tol_rel)
    expectProportion(cohort, { ...visit, STAT: 'RSP50' }, n_resp50, n, resp50_wilson, w1.tol_rel)
  })
})

describeReference('descriptive statistics of the progabide trial', (root) => {
  const table = readTable(`${root}/data/epil/epil_wide.csv`)
  const values = table.flatMap((row): ExportedValue[] =>
    ['base', 'y1', 'y2', 'y3', 'y4'].map((name, visit) => ({
      subject: row.subject as string,
      parameter: 'SEIZ',
      visit,
      value: Number(row[name]),
    })),
  )
  const arms = new Map(table.map((row) => [row.subject as string, row.trt]))
  const { cohort } = answer(settle(arms, { values }), readStudy('epil/study-wide.yaml'), FACTS)
  const cases = readCases(root, 'epil')
  const pooled = { PARAMCD: 'SEIZP', AVISIT: 'All visits' }

  it('percent change over eight weeks, by arm', () => {
    const { expect: theirs, tol_rel } = cases.get('epil.pct_change.desc') as unknown as {
      expect: Record<string, Figures>
      tol_rel: number
    }
    expectFigures(cohort, { ...pooled, ANALYSIS: 'PCHG', ARM: 'Progabide' }, theirs.progabide as Figures, tol_rel)
    expectFigures(cohort, { ...pooled, ANALYSIS: 'PCHG', ARM: 'Placebo' }, theirs.placebo as Figures, tol_rel)
  })

  it.each([
    ['epil.resp50', 'RSP50', pooled],
    ['epil.resp30', 'RSP30', pooled],
    ['epil.resp50_p1', 'RSP50', { PARAMCD: 'SEIZ', AVISIT: 'Visit 1' }],
  ])('%s: responders of both arms with Wilson limits', (id, stat, where) => {
    const { expect: theirs, tol_rel } = cases.get(id) as unknown as {
      expect: { x1: number; n1: number; x2: number; n2: number; p1_wilson: Proportion; p2_wilson: Proportion }
      tol_rel: number
    }
    const { x1, n1, x2, n2, p1_wilson, p2_wilson } = theirs
    const visit = cohort.find((row) => row.PARAMCD === where.PARAMCD && row.AVISIT === where.AVISIT)
    const keys = { ...where, AVISIT: visit?.AVISIT ?? 'Period 1', STAT: stat }
    expectProportion(cohort, { ...keys, ARM: 'Progabide' }, x1, n1, p1_wilson, tol_rel)
    expectProportion(cohort, { ...keys, ARM: 'Placebo' }, x2, n2, p2_wilson, tol_rel)
  })
})

describeReference('descriptive statistics of the acupuncture trial', (root) => {
  const table = readTable(`${root}/data/acupuncture_headache/acupuncture.csv`)
  const value = (cell: string | undefined): number | null => (cell === '' || cell === undefined ? null : Number(cell))
  const missingWith = (row: Cells, days: string, score: string): number | null =>
    value(row[score]) === null ? null : value(row[days])
  const values = table.flatMap((row): ExportedValue[] => {
    const subject = row.id as string
    const of = (parameter: string, visit: number, cell: number | null) => ({ subject, parameter, visit, value: cell })
    return [
      of('HASCORE', 0, value(row.pk1)),
      of('HASCORE', 3, value(row.pk2)),
      of('HASCORE', 12, value(row.pk5)),
      of('HADAYS', 0, value(row.f1)),
      of('HADAYS', 3, missingWith(row, 'f2', 'pk2')),
      of('HADAYS', 12, missingWith(row, 'f5', 'pk5')),
    ]
  })
  const arms = new Map(table.map((row) => [row.id as string, row.group]))
  const { cohort } = answer(settle(arms, { values }), readStudy('acupuncture-headache/study.yaml'), FACTS)
  const cases = readCases(root, 'acupuncture_headache')

  it('headache days at 12 months, by arm, without the false zeros', () => {
    const { expect: theirs, tol_rel } = cases.get('acu.days.m12.desc') as unknown as {
      expect: { acu: Figures; ctl: Figures }
      tol_rel: number
    }
    const days = { PARAMCD: 'HADAYS', AVISIT: '12 months', ANALYSIS: 'AVAL' }
    expectFigures(cohort, { ...days, ARM: 'Acupuncture' }, theirs.acu, tol_rel)
    expectFigures(cohort, { ...days, ARM: 'Usual care' }, theirs.ctl, tol_rel)
  })

  it('randomised subjects and subjects with data of both arms at 12 months', () => {
    const row = { PARAMCD: 'HASCORE', AVISIT: '12 months', ANALYSIS: 'AVAL', STAT: 'N' }
    expect(only(cohort, { ...row, ARM: 'Acupuncture' })).toMatchObject({ NRAND: 205, NDATA: 161, ESTIMATE: 161 })
    expect(only(cohort, { ...row, ARM: 'Usual care' })).toMatchObject({ NRAND: 196, NDATA: 140, ESTIMATE: 140 })
    expect(only(cohort, { ...row, ARM: null })).toMatchObject({ NRAND: 401, NDATA: 301 })
  })
})

describeReference('descriptive statistics of the amitriptyline crossover', (root) => {
  const table = readTable(`${root}/data/amitriptyline_hivsn/xoverPP.csv`)
  const values = table.flatMap((row): ExportedValue[] =>
    [
      [0, row.Time1],
      [3, row.Time2],
      [6, row.Time3],
    ].map(([visit, cell]) => ({
      subject: row.ID as string,
      phase: row.Period as string,
      treatment: row.Treatment as string,
      parameter: 'PAIN',
      visit: visit as number,
      value: cell === 'NA' ? null : Number(cell),
    })),
  )
  const arms = new Map(table.map((row) => [row.ID as string, undefined]))
  const facts = { ...FACTS, phases: ['1', '2'], treatments: ['A', 'P'] }
  const { cohort } = answer(settle(arms, { values }), readStudy('amitriptyline/study.yaml'), facts)
  const cases = readCases(root, 'amitriptyline_hivsn')
  const week6 = { PARAMCD: 'PAIN', AVISIT: 'Week 6' }

  it('50 % responders of the first period, by treatment', () => {
    const { expect: theirs, tol_rel } = cases.get('ami.period1.resp50') as unknown as {
      expect: { x1: number; n1: number; x2: number; n2: number; p1_wilson: Proportion; p2_wilson: Proportion }
      tol_rel: number
    }
    const { x1, n1, x2, n2, p1_wilson, p2_wilson } = theirs
    const first = { ...week6, SUBGRP: 'BASETYPE', SUBGLVL: '1', STAT: 'RSP50' }
    expectProportion(cohort, { ...first, ARM: 'Amitriptyline' }, x1, n1, p1_wilson, tol_rel)
    expectProportion(cohort, { ...first, ARM: 'Placebo' }, x2, n2, p2_wilson, tol_rel)
  })

  it('the 20 second periods that start without pain leave the denominator, and are reported', () => {
    const second = { ...week6, SUBGRP: 'BASETYPE', SUBGLVL: '2', ARM: null }
    expect(only(cohort, { ...second, STAT: 'ZEROBASE' })).toMatchObject({ ESTIMATE: 20, NUMER: 20, DENOM: 122 })
    expect(only(cohort, { ...second, STAT: 'RSP50' }).DENOM).toBe(102)
  })
})
