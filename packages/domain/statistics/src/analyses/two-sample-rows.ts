import { type CohortMethod, outcomeName } from '@afferent/study'
import { pooledDifference } from '../means/pooled-difference.ts'
import { welch } from '../means/welch.ts'
import { isMissing } from '../no-answer.ts'
import { hodgesLehmann } from '../ranks/hodges-lehmann.ts'
import { mannWhitney } from '../ranks/mann-whitney.ts'
import { bootstrapFigures, bootstrapInterval } from '../resampling/bootstrap.ts'
import { countExtremes, permutationP } from '../resampling/permutation.ts'
import { type AnalysisContext, addRow, type Figures, figures, type MethodRow } from './analysis-context.ts'
import { REPEATED, testedFigures } from './ancova-rows.ts'

type Two = readonly [arm: Float64Array, reference: Float64Array]
/** Figures of one comparison, with what METHOD says and how the figure is called. */
interface Answer {
  readonly STAT: string
  readonly method: string
  readonly figures: Figures
}

const RESAMPLES = 10_000
/** Up to so many subjects in all, the rank-sum test is exact. */
const EXACT_UP_TO = 50

/** Comparisons of two samples of values, without a model. */
export function addTwoSampleRows(context: AnalysisContext, method: CohortMethod & keyof typeof METHODS): void {
  const { analysis, data, arms } = context
  for (const { visit, outcome } of data.visits.filter(({ visit }) => analysis.visits.includes(visit))) {
    for (const { arm, reference } of context.comparisons) {
      const pair = [arms.placeOf(arm), arms.placeOf(reference)] as const
      const [one, two] = pair.map((place) =>
        outcome.filter((value, m) => data.arm[m] === place && !Number.isNaN(value)),
      ) as unknown as Two
      const N = one.length + two.length
      const base: MethodRow = {
        ANALYSIS: method,
        AVISIT: context.labelOf(visit),
        ARM: arms.names[pair[0] - 1] as string,
        REFARM: arms.names[pair[1] - 1] as string,
        N,
      }
      for (const answer of METHODS[method]([one, two], context, visit)) {
        const found = data.repeated ? { ESTIMATE: null, REASON: REPEATED.reason } : answer.figures
        const METHOD = `${outcomeName(analysis.outcome)}, ${answer.method}`
        addRow(context, { ...base, STAT: answer.STAT, METHOD, ...found }, pair, N)
      }
    }
  }
}

const METHODS = {
  TTEST: ([one, two]: Two): Answer[] => [
    {
      STAT: 'DIFF',
      method: 'difference of means, pooled variance, t limits',
      figures: figures(pooledDifference(one, two), testedFigures),
    },
  ],
  WELCH: ([one, two]: Two): Answer[] => [
    { STAT: 'DIFF', method: "difference of means, Welch's t", figures: figures(welch(one, two), testedFigures) },
  ],
  HL: ([one, two]: Two): Answer[] => {
    const ranks = mannWhitney(one, two)
    const exact = !isMissing(ranks) && one.length + two.length <= EXACT_UP_TO && typeof ranks.pExact === 'number'
    const p = isMissing(ranks) ? null : exact ? (ranks.pExact as number) : ranks.p
    return [
      {
        STAT: 'SHIFT',
        method: `Hodges-Lehmann shift, asymptotic limits; p by the ${exact ? 'exact rank-sum test' : 'rank-sum test with ties, normal'}`,
        figures: figures(hodgesLehmann(one, two), ({ estimate, lower, upper }) => ({
          ESTIMATE: estimate,
          LOWER: lower,
          UPPER: upper,
          PVALUE: p,
        })),
      },
    ]
  },
  BOOT: ([one, two]: Two, { seed, analysis }: AnalysisContext, visit: number): Answer[] => {
    const values = Float64Array.of(...one, ...two)
    const groups = Int32Array.from(values, (_, k) => (k < one.length ? 1 : 0))
    const differenceOf = (chosen: Iterable<number>, groupOf: (place: number) => number): number | null => {
      const sums = [0, 0]
      const counts = [0, 0]
      for (const place of chosen) {
        const group = groupOf(place)
        sums[group] = (sums[group] as number) + (values[place] as number)
        counts[group] = (counts[group] as number) + 1
      }
      const [none, some] = counts as [number, number]
      return none === 0 || some === 0 ? null : (sums[1] as number) / some - (sums[0] as number) / none
    }
    const name = { seed: String(seed), analysis: `${analysis.name} ${visit}` }
    const statistic = (chosen: Iterable<number>) => differenceOf(chosen, (place) => groups[place] as number)
    const resampled = bootstrapFigures({ ...name, groups, statistic }, 0, RESAMPLES)
    const limits = bootstrapInterval({ groups, statistic }, resampled)
    const everybody = [...values.keys()]
    const assigned = (arm: Int32Array) => differenceOf(everybody, (place) => arm[place] as number)
    const counted = [countExtremes({ ...name, arm: groups, statistic: assigned }, 0, RESAMPLES)]
    const p = permutationP(counted, RESAMPLES)
    const shared = `difference of means, ${RESAMPLES} resamples within arms, seed ${seed}`
    const tested = typeof p === 'number' ? p : null
    return [
      {
        STAT: 'DIFF',
        method: `${shared}, BCa limits; p by ${RESAMPLES} permutations`,
        figures: figures(limits, ({ estimate, se, bcaLower, bcaUpper }) => ({
          ESTIMATE: estimate,
          SE: se,
          LOWER: bcaLower,
          UPPER: bcaUpper,
          PVALUE: tested,
        })),
      },
    ]
  },
}
