import { readFileSync } from 'node:fs'
import {
  ancova,
  chiSquareTest,
  clopperPearson,
  fisher,
  garwoodInterval,
  hodgesLehmann,
  holm,
  interaction,
  kaplanMeier,
  type LogRatio,
  logistic,
  type MeanEstimate,
  mannWhitney,
  miettinenNurminen,
  type NoAnswer,
  negativeBinomial,
  newcombe,
  numberNeeded,
  oddsRatio,
  pairedDifference,
  poisson,
  pooledDifference,
  type RateRatio,
  rankMiddle,
  riskRatio,
  scoreRiskRatio,
  type TwoProportions,
  waldDifference,
  welch,
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
    ...unitAnswers(),
    ...vagusNerveAnswers(),
    ...epilAnswers(readTable(`${root}/data/epil/epil_wide.csv`)),
    ...neuropathyAnswers(readTable(`${root}/data/neuropathy/neuropathy.csv`)),
    ...crossoverAnswers(readTable(`${root}/data/amitriptyline_hivsn/xoverPP.csv`)),
    ...acupunctureAnswers(readTable(`${root}/data/acupuncture_headache/acupuncture.csv`)),
  }
}

const of = (values: readonly number[]): Float64Array => Float64Array.from(values)

function ranksOf(x: Float64Array, y: Float64Array) {
  const found = known(mannWhitney(x, y))
  return {
    W_mann_whitney_U1: found.u,
    prob_superiority: found.superiority,
    z_no_cc: found.z,
    p_normal_tie_corrected_no_cc: found.p,
    p_normal_tie_corrected_with_cc: found.pCorrected,
    hodges_lehmann_median_of_pairwise_differences: known(hodgesLehmann(x, y)).estimate,
  }
}

function unitAnswers(): Record<string, Answer> {
  const samples = ({ input }: Case) => {
    const { x, y } = input as { x: number[]; y: number[] }
    return [of(x), of(y)] as const
  }
  return {
    'test.welch': (given) => meanRow(welch(...samples(given))),
    'test.mannwhitney': (given) => ranksOf(...samples(given)),
    'test.ranksum.exact': (given) => {
      const [x, y] = samples(given)
      const { u, pExact } = known(mannWhitney(x, y))
      const { estimate, lower, upper } = known(hodgesLehmann(x, y, 'exact'))
      return { W: u, p: pExact, hl: estimate, lower, upper }
    },
    'mult.adjust.missing': ({ input }) => ({ holm: holm((input as { p: (number | null)[] }).p) }),
  }
}

function epilAnswers(table: readonly Cells[]): Record<string, Answer> {
  const value = (row: Cells, name: string) => numberOf(row, name)
  const total = (row: Cells) => ['y1', 'y2', 'y3', 'y4'].reduce((sum, name) => sum + value(row, name), 0)
  const treated = (rows: readonly Cells[]) => rows.filter((row) => row.trt === 'progabide')
  const placebo = (rows: readonly Cells[]) => rows.filter((row) => row.trt !== 'progabide')
  const both = (rows: readonly Cells[], figure: (row: Cells) => number) =>
    [of(treated(rows).map(figure)), of(placebo(rows).map(figure))] as const
  const percent = (row: Cells) => (100 * (total(row) - value(row, 'base'))) / value(row, 'base')
  const change28 = (row: Cells) => total(row) / 2 - value(row, 'base') / 2
  const responds = (cut: number) => (row: Cells) => 100 * total(row) <= (100 - cut) * value(row, 'base')
  const period50 = (row: Cells, k: number) => 400 * value(row, `y${k}`) <= 50 * value(row, 'base')
  const counts = (rows: readonly Cells[], yes: (row: Cells) => boolean) =>
    bundle({
      x1: treated(rows).filter(yes).length,
      n1: treated(rows).length,
      x2: placebo(rows).filter(yes).length,
      n2: placebo(rows).length,
    })
  const subjects = (covariates: readonly Float64Array[]) => ({
    arm: Int32Array.from(table, (row) => (row.trt === 'progabide' ? 1 : 0)),
    arms: 2,
    reference: 0,
    covariates,
  })
  const column = (figure: (row: Cells) => number) => Float64Array.from(table, figure)
  const logBase = column((row) => Math.log(value(row, 'base') / 4))
  const logAge = column((row) => Math.log(value(row, 'age')))
  const once = new Float64Array(table.length).fill(1)
  const rest49 = table.filter((row) => row.subject !== '49')
  const zRow = ({ estimate, se, z, p, ratio, lower, upper }: LogRatio) => ({
    estimate,
    se,
    z,
    p,
    exp_estimate: ratio,
    exp_lower_wald: lower,
    exp_upper_wald: upper,
  })
  return {
    'epil.resp50': () => counts(table, responds(50)),
    'epil.resp30': () => counts(table, responds(30)),
    'epil.resp50_p1': () => counts(table, (row) => period50(row, 1)),
    'epil.sustained50': () => counts(table, (row) => [1, 2, 3, 4].every((k) => period50(row, k))),
    'epil.pct_change.wilcoxon': () => ranksOf(...both(table, percent)),
    'epil.change28.welch': () => meanRow(welch(...both(table, change28))),
    'epil.without49': () => ({
      resp50: counts(rest49, responds(50)),
      wilcoxon: ranksOf(...both(rest49, percent)),
      welch_change28: meanRow(welch(...both(rest49, change28))),
    }),
    'epil.pct_change.permutation': () => {
      const [x, y] = both(table, percent)
      const { z, p, pExact } = known(mannWhitney(x, y))
      const { estimate, lower, upper, rank } = known(hodgesLehmann(x, y))
      return { z: Math.abs(z), p_asymptotic: p, p_exact: pExact, hl: { est: estimate, lower, upper, k: rank } }
    },
    'epil.poisson': () => {
      const found = known(poisson(column(total), once, subjects([logBase, logAge])))
      const ratio = found.rateRatios[1] as LogRatio
      const dispersion = found.pearsonDispersion as number
      return { ...zRow(ratio), pearson_dispersion: dispersion, quasi_se: ratio.se * Math.sqrt(dispersion) }
    },
    'epil.negbin': () => {
      const found = known(negativeBinomial(column(total), once, subjects([logBase, logAge])))
      const { estimate, ratio, seGivenDispersion: se } = found.rateRatios[1] as RateRatio
      return { estimate, se, exp_estimate: ratio, theta: 1 / found.dispersion, loglik: found.logLikelihood }
    },
    'epil.resp50.logistic': () => {
      const response = Uint8Array.from(table, (row) => (responds(50)(row) ? 1 : 0))
      const found = known(logistic(response, subjects([logBase, logAge])))
      return zRow(found.oddsRatios[1] as LogRatio)
    },
    'epil.ancova.log': () => {
      const covariates = [column((row) => Math.log(value(row, 'base'))), logAge]
      const found = known(
        ancova(
          column((row) => Math.log(total(row) + 1)),
          subjects(covariates),
        ),
      )
      const row = meanRow(found.differences[1])
      return { ...row, ratio: Math.exp(row.estimate) }
    },
    'epil.rank_ancova': () => {
      const covariates = [rankMiddle(column((row) => value(row, 'base')))]
      return meanRow(known(ancova(rankMiddle(column(total)), subjects(covariates))).differences[1])
    },
    'epil.km50': () => {
      const curves = [placebo(table), treated(table)].map((rows) => {
        const first = rows.map((row) => [1, 2, 3, 4].find((k) => period50(row, k)))
        const times = of(first.map((k) => 2 * (k ?? 4)))
        return known(
          kaplanMeier(
            times,
            Uint8Array.from(first, (k) => (k === undefined ? 0 : 1)),
          ),
        )
      })
      return {
        t: curves.flatMap(({ time }) => [...time]),
        surv: curves.flatMap(({ survival }) => [...survival]),
        se: curves.flatMap(({ se }) => [...se]),
        lower: curves.flatMap(({ lower }) => lower),
        upper: curves.flatMap(({ upper }) => upper),
        n_risk: curves.flatMap(({ atRisk }) => [...atRisk]),
        n_event: curves.flatMap(({ eventsAt }) => [...eventsAt]),
      }
    },
  }
}

function neuropathyAnswers(table: readonly Cells[]): Record<string, Answer> {
  const of = (group: string) =>
    Float64Array.from(
      table.filter((row) => row.group === group),
      (row) => numberOf(row, 'pain'),
    )
  return {
    'neuro.welch': () => meanRow(welch(of('treat'), of('control'))),
    'neuro.mannwhitney': () => ranksOf(of('treat'), of('control')),
  }
}

function crossoverAnswers(table: readonly Cells[]): Record<string, Answer> {
  const change = (row: Cells) => numberOf(row, 'Time3') - numberOf(row, 'Time1')
  const first = table.filter((row) => row.Period === '1')
  const second = new Map(table.filter((row) => row.Period === '2').map((row) => [row.ID, row]))
  const pairs = (treatment: string, figure: (a: Cells, b: Cells) => number) =>
    of(first.filter((row) => row.Treatment === treatment).map((row) => figure(row, second.get(row.ID) as Cells)))
  const off = (a: Cells, b: Cells) => (change(a) - change(b)) / 2
  const arms = (yes: (row: Cells) => boolean) => {
    const rows = (treatment: string) => first.filter((row) => row.Treatment === treatment)
    const [a, p] = [rows('A'), rows('P')]
    return bundle({ x1: a.filter(yes).length, n1: a.length, x2: p.filter(yes).length, n2: p.length })
  }
  return {
    'ami.period1.resp50': () => arms((row) => 100 * numberOf(row, 'Time3') <= 50 * numberOf(row, 'Time1')),
    'ami.period1.ancova': () => {
      const found = known(
        ancova(of(first.map((row) => numberOf(row, 'Time3'))), {
          arm: Int32Array.from(first, (row) => (row.Treatment === 'A' ? 1 : 0)),
          arms: 2,
          reference: 0,
          covariates: [of(first.map((row) => numberOf(row, 'Time1')))],
        }),
      )
      return meanRow(found.differences[1])
    },
    'ami.reduction.naive': () => {
      const naive = table.filter((row) => row.ARV === 'No')
      const by = (treatment: string) =>
        new Map(naive.filter((row) => row.Treatment === treatment).map((row) => [row.ID, -change(row)]))
      const [active, control] = [by('A'), by('P')]
      const ids = [...active.keys()].filter((id) => control.has(id))
      const column = (values: ReadonlyMap<string | undefined, number>) => of(ids.map((id) => values.get(id) as number))
      return { n: ids.length, paired: meanRow(pairedDifference(column(active), column(control))) }
    },
    'ami.crossover.hills_armitage': () => {
      const sums = (a: Cells, b: Cells) => change(a) + change(b)
      const [ap, pa] = [pairs('A', off), pairs('P', off)]
      const period = meanRow(
        pooledDifference(
          ap,
          pa.map((half) => -half),
        ),
      )
      const carryover = meanRow(pooledDifference(pairs('A', sums), pairs('P', sums)))
      return {
        n_AP: ap.length,
        n_PA: pa.length,
        treatment: meanRow(pooledDifference(ap, pa)),
        period: { estimate: period.estimate, t: period.t, p: period.p },
        carryover: { difference_of_sums: carryover.estimate, t: carryover.t, p: carryover.p },
      }
    },
  }
}

function vagusNerveAnswers(): Record<string, Answer> {
  const counts: readonly (readonly [string, number, number, number, number])[] = [
    ['vns.act1_total', 16, 60, 11, 73],
    ['vns.act1_episodic', 13, 38, 5, 47],
    ['vns.preva', 18, 45, 4, 48],
  ]
  const answers: Record<string, Answer> = {
    'vns.preva.mean': ({ input }) => {
      const given = input as Record<'mean1' | 'se1' | 'n1' | 'mean2' | 'se2' | 'n2', number>
      const moments = (mean: number, se: number, n: number) => ({ n, mean, variance: se * se * n })
      const { estimate, se, df, lower, upper, p } = meanRow(
        welch(moments(given.mean1, given.se1, given.n1), moments(given.mean2, given.se2, given.n2)),
      )
      return { difference: estimate, se, df, lower, upper, p }
    },
  }
  for (const [id, x1, n1, x2, n2] of counts) answers[id] = () => bundle({ x1, n1, x2, n2 })
  return answers
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
    'acu.moderator.baseline': () => {
      const subjects = {
        arm: Int32Array.from(at12, (row) => numberOf(row, 'group')),
        arms: 2,
        reference: 0,
        covariates: ['pk1', ...ADJUSTED].map((name) => column(at12, name)),
        strata: [codes(at12, 'acupuncturist')],
      }
      return meanRow(known(interaction(column(at12, 'pk5'), subjects, { covariate: 0 })).slope)
    },
    'acu.dropouts': () => {
      const [stayed, left] = [at12, table.filter((row) => row.pk5 === '')]
      return {
        age: meanRow(pooledDifference(column(stayed, 'age'), column(left, 'age'))),
        pk1: meanRow(pooledDifference(column(left, 'pk1'), column(stayed, 'pk1'))),
      }
    },
    'acu.score.m12.change': () => {
      const by = (group: number, figure: (row: Cells) => number) =>
        of(at12.filter((row) => numberOf(row, 'group') === group).map(figure))
      const change = (row: Cells) => numberOf(row, 'pk5') - numberOf(row, 'pk1')
      const percent = (row: Cells) => (100 * change(row)) / numberOf(row, 'pk1')
      const { estimate, lower, upper, rank } = known(hodgesLehmann(by(1, percent), by(0, percent)))
      return {
        welch: meanRow(welch(by(1, change), by(0, change))),
        pooled: meanRow(pooledDifference(by(1, change), by(0, change))),
        wilcoxon_pct: ranksOf(by(1, percent), by(0, percent)),
        hl_pct: { est: estimate, lower, upper, k: rank },
      }
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
const NOT_ANSWERED: readonly string[] = [
  'desc.quantiles',
  'mi.rubin.identical',
  'test.mcnemar',
  'glm.logit.small',
  'resp.boundary',
  'acu.flow',
  'acu.score.desc',
  'acu.trap.zero_days',
  'acu.days.m12.desc',
  'acu.score.mmrm',
  'acu.baseline',
  'acu.score.m3.desc',
  'ami.files',
  'ami.zero_baseline',
  'ami.bocf',
  'ami.dose_response',
  'epil.design',
  'epil.pct_change.desc',
  'epil.gee.exch',
  'epil.hedges',
  'neuro.desc',
  'kd.rows',
  'kd.quality.duplicate',
  'kd.quality.date_shift',
  'kd.w1.observed.min20',
  'kd.baseline.min20',
  'kd.w1.observed.min14',
  'kd.baseline.min14',
  'kd.w1.change.min14.ttest',
  'kd.w1.rate28.sex.min14',
  'kd.km.ff7.all',
  'kd.W1.rate28.by_medication.min14',
  'kd.W1.chronic15.medication',
  'kd.quality.summary',
  'ci.proportion.81_263: jeffreys',
  'ci.proportion.81_263: agresti_coull',
  'ci.proportion.81_263: mid_p',
  'ci.proportion.81_263: wald',
  'ci.proportion.0_20: jeffreys',
  'ci.proportion.0_20: agresti_coull',
  'ci.proportion.0_20: mid_p',
  'ci.proportion.0_20: wald',
  'ci.proportion.10_10: jeffreys',
  'ci.proportion.10_10: agresti_coull',
  'ci.proportion.10_10: mid_p',
  'ci.proportion.10_10: wald',
  'ci.proportion.133_401: jeffreys',
  'ci.proportion.133_401: agresti_coull',
  'ci.proportion.133_401: mid_p',
  'ci.proportion.133_401: wald',
  'ci.poisson.7: log_wald',
  'mult.adjust.missing: BH',
  'acu.score.m12.ancova.simple: r_squared',
  'acu.score.m12.ancova.simple: hc3_se',
  'acu.score.m12.ancova.simple: hc1_se',
  'acu.dropouts: age',
  'acu.dropouts: pk1',
  'acu.score.m12.change: hedges',
  'acu.score.m12.change: pct_acu',
  'acu.score.m12.change: pct_ctl',
  'ami.reduction.naive: ami',
  'ami.reduction.naive: placebo',
  'epil.negbin: z',
  'epil.negbin: p',
  'epil.negbin: exp_lower_wald',
  'epil.negbin: exp_upper_wald',
  'epil.km50: order',
  'epil.km50: arm',
  'epil.ancova.log: hc3_se',
  'epil.resp50.logistic: lr_chisq',
]

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
        .map((path) => `${given.id}: ${path.split('.')[0]}`),
    )
    expect([...new Set([...missing, ...figures])]).toEqual(NOT_ANSWERED)
  })

  it.each(examined)('$given.id', ({ given, ours }) => {
    const theirs = new Map(leavesOf(given.expect))
    expect(ours.size).toBeGreaterThan(0)
    for (const [path, value] of ours) {
      if (!theirs.has(path) && /(^|\.)(se|df)$/.test(path)) continue
      expect(theirs.has(path), `${given.id} has no ${path}`).toBe(true)
      expectSame(value, theirs.get(path), given.tol_rel, `${given.id} ${path}`)
    }
  })
})
