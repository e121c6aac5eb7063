import type { CohortMethod } from '@afferent/study'
import { outcomeName } from '@afferent/study'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { chiSquareTest } from '../proportions/chi-square-test.ts'
import { fisher } from '../proportions/fisher.ts'
import { mantelHaenszel } from '../proportions/mantel-haenszel.ts'
import { miettinenNurminen } from '../proportions/miettinen-nurminen.ts'
import { newcombe } from '../proportions/newcombe.ts'
import { numberNeeded } from '../proportions/number-needed.ts'
import { oddsRatio } from '../proportions/odds-ratio.ts'
import { riskRatio } from '../proportions/risk-ratio.ts'
import { stratifiedDifference } from '../proportions/stratified-difference.ts'
import type { Interval, TwoProportions } from '../proportions/two-proportions.ts'
import {
  type AnalysisContext,
  addRow,
  adjustmentOf,
  type Figures,
  figures,
  hasAdjustment,
  type MethodRow,
} from './analysis-context.ts'
import { REPEATED } from './ancova-rows.ts'

/** Responders of two arms at a visit: members with an answer, and how many of each arm say yes. */
interface Answered {
  readonly members: Int32Array
  /** Positions of the arm and of its reference. */
  readonly pair: readonly [number, number]
  readonly counts: TwoProportions
  readonly strata: () => readonly TwoProportions[]
  readonly lowerIsBetter: boolean
}

type Writer = (answered: Answered) => readonly (MethodRow & { readonly STAT: string })[]

/** Comparisons of response proportions; each method says which rows it has. */
export function addResponseRows(context: AnalysisContext, method: CohortMethod): void {
  const write = METHODS[method as keyof typeof METHODS] as Writer | undefined
  if (write === undefined) throw new Error(`no analysis of responders is called ${method}`)
  const { data, arms, analysis } = context
  const outcome = outcomeName(analysis.outcome)
  const stratified = method === 'CMH' && analysis.adjust.length > 0
  for (const { visit, answer } of data.visits.filter(({ visit }) => analysis.visits.includes(visit))) {
    for (const { arm, reference } of context.comparisons) {
      const pair = [arms.placeOf(arm), arms.placeOf(reference)] as const
      const has = (m: number): boolean =>
        pair.includes(data.arm[m] as number) && answer[m] !== 0 && (!stratified || hasAdjustment(context, m, false))
      const members = Int32Array.from([...data.members.keys()].filter(has))
      const countIn = (among: Int32Array): TwoProportions => countPair(among, pair, data.arm, answer)
      const answered: Answered = {
        members,
        pair,
        counts: countIn(members),
        strata: () => strataOf(context, members).map(countIn),
        lowerIsBetter: analysis.outcome.kind === 'answer' && context.lowerIsBetter === true,
      }
      const names = { ARM: arms.names[pair[0] - 1] as string, REFARM: arms.names[pair[1] - 1] as string }
      for (const row of data.repeated ? [{ STAT: 'RD', METHOD: method, REASON: REPEATED.reason }] : write(answered)) {
        const base = { ANALYSIS: method, AVISIT: context.labelOf(visit), ...names, N: members.length }
        const { x1, n1 } = answered.counts
        const counts = { NUMER: x1, DENOM: n1 }
        addRow(context, { ...base, ...counts, ...row, METHOD: `${outcome}, ${row.METHOD}` }, pair, members.length)
      }
    }
  }
}

function countPair(
  members: Int32Array,
  [arm, reference]: readonly [number, number],
  armOf: Int32Array,
  answer: Uint8Array,
): TwoProportions {
  const counts = { x1: 0, n1: 0, x2: 0, n2: 0 }
  for (const m of members) {
    const yes = answer[m] === 2 ? 1 : 0
    if (armOf[m] === arm) {
      counts.n1++
      counts.x1 += yes
    } else if (armOf[m] === reference) {
      counts.n2++
      counts.x2 += yes
    }
  }
  return counts
}

/** Members by each combination of the levels of the strata; numbers are no strata and are left out. */
function strataOf(context: AnalysisContext, members: Int32Array): Int32Array[] {
  const { strata } = adjustmentOf(context, members, false)
  const byKey = new Map<string, number[]>()
  members.forEach((m, at) => {
    const key = strata.map(({ codes }) => codes[at]).join(' ')
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [m])
    else known.push(m)
  })
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => Int32Array.from(list))
}

const limits = ({ estimate, lower, upper }: Interval): Figures => ({
  ESTIMATE: estimate,
  LOWER: lower,
  UPPER: upper,
})

/** Chi-square without continuity correction; Fisher's test where an expected count is below 5. */
function testOf(counts: TwoProportions): { readonly p: number | null; readonly name: string } {
  const tested = chiSquareTest(counts)
  if (isMissing(tested)) return { p: null, name: `no test: ${tested.reason}` }
  if (!tested.fewExpected) return { p: tested.p, name: 'p by chi-square' }
  const exact = fisher(counts)
  return { p: isMissing(exact) ? null : exact.p, name: "p by Fisher's test" }
}

function difference(found: Interval | NoAnswer, method: string, counts: TwoProportions) {
  const { p, name } = testOf(counts)
  return [{ STAT: 'RD', METHOD: `${method}; ${name}`, PVALUE: p, ...figures(found, limits) }]
}

const METHODS = {
  NEWC: ({ counts }: Answered) =>
    difference(newcombe(counts), 'difference, Newcombe hybrid score limits (method 10)', counts),
  MN: ({ counts }: Answered) =>
    difference(miettinenNurminen(counts), 'difference, Miettinen-Nurminen limits with N/(N-1)', counts),
  RR: ({ counts }: Answered) => {
    const found = riskRatio(counts)
    const { p, name } = testOf(counts)
    const added = !isMissing(found) && found.halfAdded ? ', 0.5 added to all cells' : ''
    return [
      { STAT: 'RR', METHOD: `risk ratio, Katz log limits${added}; ${name}`, PVALUE: p, ...figures(found, limits) },
    ]
  },
  OR: ({ counts }: Answered) => {
    const { p, name } = testOf(counts)
    const found = oddsRatio(counts)
    return [{ STAT: 'OR', METHOD: `odds ratio, Woolf log limits; ${name}`, PVALUE: p, ...figures(found, limits) }]
  },
  NNT: ({ counts, lowerIsBetter }: Answered) => {
    const rd = miettinenNurminen(counts)
    const METHOD = 'number needed to treat, limits from those of Miettinen and Nurminen'
    if (isMissing(rd)) return [{ STAT: 'NNTB', METHOD, ESTIMATE: null, REASON: rd.reason }]
    const better = lowerIsBetter ? { estimate: -rd.estimate, lower: -rd.upper, upper: -rd.lower } : rd
    const { estimate, fromLower, fromUpper, text } = numberNeeded(better)
    const spans = fromLower.direction !== fromUpper.direction
    const [low, high] = estimate.direction === 'harm' ? [fromLower, fromUpper] : [fromUpper, fromLower]
    const numbers = { ESTIMATE: estimate.number, LOWER: spans ? null : low.number, UPPER: spans ? null : high.number }
    const REASON = estimate.number === null || spans ? text : null
    return [{ STAT: estimate.direction === 'harm' ? 'NNTH' : 'NNTB', METHOD, ...numbers, REASON }]
  },
  CMH: (answered: Answered) => {
    const strata = answered.strata()
    const found = mantelHaenszel(strata)
    const sato = stratifiedDifference(strata, 'sato')
    const score = stratifiedDifference(strata, 'score')
    const PVALUE = isMissing(found) ? null : found.p
    const test = 'p by Cochran-Mantel-Haenszel, no continuity correction'
    const common = isMissing(found) ? found : found.oddsRatio
    return [
      {
        STAT: 'OR',
        METHOD: `Mantel-Haenszel odds ratio, Robins-Breslow-Greenland limits; ${test}`,
        PVALUE,
        ...figures(common, limits),
      },
      { STAT: 'RD', METHOD: `Mantel-Haenszel difference, Sato limits; ${test}`, PVALUE, ...figures(sato, limits) },
      {
        STAT: 'RDSCORE',
        METHOD: `Mantel-Haenszel difference, stratified score limits; ${test}`,
        PVALUE,
        ...figures(score, limits),
      },
    ]
  },
} as const satisfies Partial<Record<CohortMethod, Writer>>
