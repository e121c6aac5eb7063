import { readFileSync } from 'node:fs'
import {
  ancova,
  chiSquareTest,
  clopperPearson,
  fisher,
  garwoodInterval,
  type MeanEstimate,
  miettinenNurminen,
  type NoAnswer,
  newcombe,
  numberNeeded,
  oddsRatio,
  riskRatio,
  scoreRiskRatio,
  type TwoProportions,
  waldDifference,
  wilsonCorrected,
  wilsonInterval,
} from '@afferent/statistics'
import { expect, it } from 'vitest'
import { describeReference } from '../../testkit/reference.ts'
import { type Cells, readTable } from '../metrics/hand-fed.ts'

/**
 * Statistics of two groups against R: every case of the files below is either answered here, figure by figure, or stands in
 * NOT_ANSWERED. A new case of R's, or a figure no longer compared, fails.
 */
const SETS = [
  'unit/ci_shared',
  'acupuncture_headache/expected_shared',
  'amitriptyline_hivsn/expected_shared',
  'epil/expected_shared',
  'neuropathy/expected_shared',
  'published_vns/expected_shared',
  'kostecki_dillon/expected_shared',
]

interface Case {
  readonly id: string
  readonly input?: unknown
  readonly expect: unknown
  readonly tol_rel: number
}
type Answer = (given: Case) => unknown
type Found<T> = Exclude<T, NoAnswer>

/** A result that must exist. */
function known<T extends object>(result: T): Found<T> {
  if ('reason' in result) throw new Error(String(result.reason))
  return result as Found<T>
}

const numberOf = (row: Cells, name: string): number => {
  const cell = row[name]
  return cell === undefined || cell === '' || cell === 'NA' ? Number.NaN : Number(cell)
}

/** An interval under the names of the file. */
function limits(interval: { readonly estimate: number; readonly lower: number; readonly upper: number }) {
  return { est: interval.estimate, lower: interval.lower, upper: interval.upper }
}

function singleProportion({ input }: Case) {
  const { x, n } = input as { x: number; n: number }
  return {
    wilson: limits(wilsonInterval(x, n) as Parameters<typeof limits>[0]),
    wilson_cc: limits(known(wilsonCorrected(x, n))),
    clopper_pearson: limits(known(clopperPearson(x, n))),
  }
}

function differences(arms: TwoProportions) {
  const wald = known(waldDifference(arms))
  return {
    newcombe: limits(known(newcombe(arms))),
    newcombe_cc: limits(known(newcombe(arms, 'corrected'))),
    miettinen_nurminen: limits(known(miettinenNurminen(arms))),
    mee: limits(known(miettinenNurminen(arms, 'none'))),
    wald: { ...limits(wald), se: wald.se },
  }
}

function ratios(arms: TwoProportions) {
  const katz = known(riskRatio(arms))
  const woolf = known(oddsRatio(arms))
  const exact = known(fisher(arms))
  return {
    rr_katz: { ...limits(katz), se_log: katz.seOfLog },
    rr_mn: limits(known(scoreRiskRatio(arms))),
    or_woolf: { ...limits(woolf), se_log: woolf.seOfLog },
    fisher: { p: exact.p, or_cmle: exact.oddsRatio, lower: exact.lower, upper: exact.upper },
  }
}

/** The bundle `two_by_two` of the scripts in R. */
function bundle(arms: TwoProportions) {
  const { x1, n1, x2, n2 } = arms
  const { newcombe: plain, newcombe_cc, miettinen_nurminen, mee, wald } = differences(arms)
  const exact = known(fisher(arms))
  const uncorrected = known(chiSquareTest(arms))
  const yates = known(chiSquareTest(arms, 'yates'))
  const needed = numberNeeded(known(newcombe(arms)))
  const signed = ({ direction, number }: (typeof needed)['estimate']): number =>
    direction === 'harm' ? -(number as number) : (number as number)
  const full = x1 > 0 && x2 > 0 && x1 < n1 && x2 < n2
  return {
    ...arms,
    p1_wilson: limits(wilsonInterval(x1, n1) as Parameters<typeof limits>[0]),
    p2_wilson: limits(wilsonInterval(x2, n2) as Parameters<typeof limits>[0]),
    p1_clopper_pearson: limits(known(clopperPearson(x1, n1))),
    p2_clopper_pearson: limits(known(clopperPearson(x2, n2))),
    diff_newcombe: plain,
    diff_newcombe_cc: newcombe_cc,
    diff_miettinen_nurminen: miettinen_nurminen,
    diff_mee: mee,
    diff_wald: wald,
    chisq_uncorrected: { statistic: uncorrected.chiSquare, p: uncorrected.p },
    chisq_yates: { statistic: yates.chiSquare, p: yates.p },
    fisher: {
      p_two_sided: exact.p,
      or_conditional_mle: exact.oddsRatio ?? 'Infinity',
      or_lower: exact.lower,
      or_upper: exact.upper ?? 'Infinity',
    },
    nnt_from_newcombe: {
      nnt: signed(needed.estimate),
      bound_from_lower: signed(needed.fromLower),
      bound_from_upper: signed(needed.fromUpper),
    },
    ...(full && {
      or_woolf: ratios(arms).or_woolf,
      rr_katz: ratios(arms).rr_katz,
      rr_miettinen_nurminen: ratios(arms).rr_mn,
    }),
  }
}

const armsOf = ({ input }: Case): TwoProportions => input as unknown as TwoProportions

/** Answers by case; built once the data are read. */
function answersFrom(root: string): Record<string, Answer> {
  const answers: Record<string, Answer> = {
    'wilson.n_zero': () => {
      const found = wilsonInterval(0, 0)
      return { est: found, lower: found, upper: found }
    },
    'ci.poisson.7': ({ input }) => {
      const { x, time } = input as { x: number; time: number }
      const { estimate, lower, upper } = garwoodInterval(x, time) as { estimate: number; lower: number; upper: number }
      return { rate: estimate, garwood: { lower, upper } }
    },
  }
  for (const id of ['81_263', '0_20', '10_10', '133_401']) answers[`ci.proportion.${id}`] = singleProportion
  for (const id of ['56_70.48_80', '6_7.2_7', '0_10.0_20', '10_10.0_20', '7_34.1_34'])
    answers[`ci.difference.${id}`] = (given) => differences(armsOf(given))
  for (const id of ['18_45.4_48', '1_20.6_22']) answers[`ci.ratio.${id}`] = (given) => ratios(armsOf(given))
  return {
    ...answers,
    ...vagusNerveAnswers(),
    ...acupunctureAnswers(readTable(`${root}/data/acupuncture_headache/acupuncture.csv`)),
  }
}

function vagusNerveAnswers(): Record<string, Answer> {
  const counts: readonly (readonly [string, number, number, number, number])[] = [
    ['vns.act1_total', 16, 60, 11, 73],
    ['vns.act1_episodic', 13, 38, 5, 47],
    ['vns.preva', 18, 45, 4, 48],
  ]
  return Object.fromEntries(counts.map(([id, x1, n1, x2, n2]) => [id, () => bundle({ x1, n1, x2, n2 })]))
}

/** A difference of means under the names of the file. */
function meanRow(found: MeanEstimate | NoAnswer | null | undefined) {
  const { estimate, se, t, df, p, lower, upper } = known(found as object) as MeanEstimate
  return { estimate, se, t, df, p, lower, upper }
}

function acupunctureAnswers(table: readonly Cells[]): Record<string, Answer> {
  const at12 = table.filter((row) => row.pk5 !== '')
  const at3 = at12.filter((row) => row.pk2 !== '')
  const column = (rows: readonly Cells[], name: string) => Float64Array.from(rows, (row) => numberOf(row, name))
  const codes = (rows: readonly Cells[], name: string) => {
    const levels = [...new Set(rows.map((row) => row[name]))]
    return { codes: Int32Array.from(rows, (row) => levels.indexOf(row[name])), levels: levels.length }
  }
  const ADJUSTED = ['age', 'sex', 'migraine', 'chronicity']
  const fit = (rows: readonly Cells[], outcome: Float64Array, covariates: readonly Float64Array[], sites = true) =>
    known(
      ancova(outcome, {
        arm: Int32Array.from(rows, (row) => numberOf(row, 'group')),
        arms: 2,
        reference: 0,
        covariates,
        strata: sites ? [codes(rows, 'acupuncturist')] : [],
      }),
    )
  const adjusted = (rows: readonly Cells[], outcome: string, base: string) =>
    meanRow(
      fit(rows, column(rows, outcome), [column(rows, base), ...ADJUSTED.map((name) => column(rows, name))])
        .differences[1],
    )
  const responders = (rows: readonly Cells[], later: string, base: string, percent: number) => {
    const of = (group: number) => rows.filter((row) => numberOf(row, 'group') === group)
    const count = (group: number) =>
      of(group).filter((row) => {
        const reduction = Math.round((numberOf(row, base) - numberOf(row, later)) * 1e6)
        return reduction * 100 >= Math.round(percent * numberOf(row, base) * 1e6)
      }).length
    return bundle({ x1: count(1), n1: of(1).length, x2: count(0), n2: of(0).length })
  }
  const carried = (row: Cells, ...names: string[]) => names.map((name) => numberOf(row, name)).find(Number.isFinite)
  return {
    'acu.score.m12.ancova': () => adjusted(at12, 'pk5', 'pk1'),
    'acu.score.m3.ancova': () => adjusted(at3, 'pk2', 'pk1'),
    'acu.days.m3.ancova': () => adjusted(at3, 'f2', 'f1'),
    'acu.score.m12.ancova.numeric_site': () => {
      const names = ['pk1', ...ADJUSTED, 'acupuncturist']
      const covariates = names.map((name) => column(at12, name))
      return meanRow(fit(at12, column(at12, 'pk5'), covariates, false).differences[1])
    },
    'acu.score.m12.ancova.simple': () => {
      const found = fit(at12, column(at12, 'pk5'), [column(at12, 'pk1')], false)
      const [control, treated] = found.leastSquaresMeans.map((mean) => known(mean) as MeanEstimate)
      return {
        difference: meanRow(found.differences[1]),
        lsmean_acu: treated?.estimate,
        lsmean_ctl: control?.estimate,
        se_acu: treated?.se,
        se_ctl: control?.se,
        sigma: found.sigma,
      }
    },
    'acu.bocf_locf': () => {
      const of = (...names: string[]) => {
        const outcome = Float64Array.from(table, (row) => carried(row, ...names) as number)
        return meanRow(fit(table, outcome, [column(table, 'pk1')], false).differences[1])
      }
      return { bocf: of('pk5', 'pk1'), locf: of('pk5', 'pk2', 'pk1') }
    },
    'acu.score.resp35.m12': () => responders(at12, 'pk5', 'pk1', 35),
    'acu.score.resp35.m3': () => responders(at3, 'pk2', 'pk1', 35),
    'acu.days.resp50.m3': () => responders(at3, 'f2', 'f1', 50),
  }
}

/** Leaves of nested figures by path. */
function leavesOf(value: unknown, path = ''): [string, unknown][] {
  if (value === null || typeof value !== 'object') return [[path, value]]
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, path === '' ? name : `${path}.${name}`))
}

function expectSame(ours: unknown, theirs: unknown, tolerance: number, place: string): void {
  if (typeof theirs !== 'number') {
    expect(ours, place).toBe(theirs)
    return
  }
  const error = Math.abs((ours as number) - theirs)
  const scale = Math.max(Math.abs(ours as number), Math.abs(theirs), 1e-12)
  const near = theirs === 0 ? error < 1e-9 : error <= tolerance * scale
  expect(near, `${place}: ${ours} against ${theirs}`).toBe(true)
}

/** Cases, and figures of cases, that are not compared here: descriptions and data quality have tests of their own. */
const NOT_ANSWERED: readonly string[] = []

describeReference('statistics of two groups, against R', (root) => {
  const answers = answersFrom(root)
  const cases = SETS.flatMap(
    (set) => (JSON.parse(readFileSync(`${root}/oracles/${set}.json`, 'utf8')) as { cases: Case[] }).cases,
  )
  const answered = cases.filter(({ id }) => id in answers)
  const examined = answered.map((given) => ({ given, ours: new Map(leavesOf(answers[given.id]?.(given))) }))

  it('examines all cases of the files', ({ task }) => {
    const figures = examined.reduce((sum, { ours }) => sum + ours.size, 0)
    task.meta.examined = `${answered.length} of ${cases.length} cases of R, ${figures} figures`
    expect(cases).toHaveLength(87)
    expect(answered.map(({ id }) => id).toSorted()).toEqual(Object.keys(answers).toSorted())
  })

  it('leaves out those that are named, and no others', () => {
    const missing = cases.filter(({ id }) => !(id in answers)).map(({ id }) => id)
    const figures = examined.flatMap(({ given, ours }) =>
      leavesOf(given.expect)
        .map(([path]) => path)
        .filter((path) => !ours.has(path))
        .map((path) => `${given.id} ${path}`),
    )
    expect([...missing, ...figures]).toEqual(NOT_ANSWERED)
  })

  it.each(examined)('$given.id', ({ given, ours }) => {
    const theirs = new Map(leavesOf(given.expect))
    expect(ours.size).toBeGreaterThan(0)
    for (const [path, value] of ours) {
      expect(theirs.has(path), `${given.id} has no ${path}`).toBe(true)
      expectSame(value, theirs.get(path), given.tol_rel, `${given.id} ${path}`)
    }
  })
})
