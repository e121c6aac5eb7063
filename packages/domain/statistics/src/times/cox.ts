import { type LogRatio, logRatio } from '../likelihood/log-ratio.ts'
import { type Likelihood, maximize } from '../likelihood/maximize.ts'
import { regressionOf } from '../likelihood/regression.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { orderByTime, timesProblem } from './event-times.ts'

export interface Cox {
  readonly n: number
  readonly events: number
  /** Hazard ratio by arm code, arm against reference; null for the reference. */
  readonly hazardRatios: readonly (LogRatio | null)[]
  readonly logLikelihood: number
}

/**
 * Ratio of hazards between arms, adjusted for covariates.
 *
 * Definition  partial likelihood of `TRT + covariates`, ties by Efron, each combination of strata with its own baseline hazard;
 *             Wald limits (95 %).
 * Input       times, 1 for an event and 0 for a censoring, in subject order; at a tie events come before censorings.
 * Undefined   an empty arm, an arm without events, a missing time, an arm that is a stratum, no maximum: a reason.
 * Source      Cox, JRSS B 1972;34:187-220; Efron, JASA 1977;72:557-565.
 */
export function cox(times: Float64Array, events: Uint8Array, subjects: Subjects): Cox | NoAnswer {
  const problem = timesProblem(times, events)
  if (problem !== null) return problem
  const regression = regressionOf({ ...subjects, strata: [] })
  if (isMissing(regression)) return regression
  for (let code = 0; code < subjects.arms; code++)
    if (!events.some((event, i) => event === 1 && subjects.arm[i] === code)) return { reason: 'an arm has no events' }
  // The intercept is the baseline hazard, which the partial likelihood leaves open.
  const columns = regression.columns.slice(1)
  const size = columns.length
  const groups = groupByStrata(orderByTime(times, events), subjects)
  const found = maximize(new Float64Array(size), (place) => partialLikelihood(times, events, groups, columns, place))
  if (isMissing(found))
    return found.reason === 'the information is singular' ? { reason: 'the arm cannot be told from a stratum' } : found
  return {
    n: times.length,
    events: events.reduce((sum, event) => sum + event, 0),
    hazardRatios: regression.armColumns.map((column) =>
      column < 0
        ? null
        : logRatio(
            found.place[column - 1] as number,
            Math.sqrt(found.covariance[(column - 1) * size + column - 1] as number),
          ),
    ),
    logLikelihood: found.value,
  }
}

/** The subjects of each combination of strata, latest time first. */
function groupByStrata(order: Uint32Array, { strata = [] }: Subjects): Uint32Array[] {
  const groups = new Map<string, number[]>()
  for (const place of order.toReversed()) {
    const key = strata.map(({ codes }) => codes[place]).join(' ')
    const group = groups.get(key) ?? []
    group.push(place)
    groups.set(key, group)
  }
  return [...groups.keys()].sort().map((key) => Uint32Array.from(groups.get(key) as number[]))
}

/** Sums of e^x, e^x z and e^x z z' over some subjects. */
interface RiskSums {
  weight: number
  readonly first: Float64Array
  readonly second: Float64Array
}

const noRisk = (size: number): RiskSums => ({
  weight: 0,
  first: new Float64Array(size),
  second: new Float64Array(size * size),
})

function partialLikelihood(
  times: Float64Array,
  events: Uint8Array,
  groups: readonly Uint32Array[],
  columns: readonly Float64Array[],
  place: Float64Array,
): Likelihood {
  const size = columns.length
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  let value = 0
  const add = (sums: RiskSums, subject: number, weight: number): void => {
    sums.weight += weight
    for (let k = 0; k < size; k++) {
      const own = weight * ((columns[k] as Float64Array)[subject] as number)
      sums.first[k] = (sums.first[k] as number) + own
      for (let j = 0; j < size; j++)
        sums.second[k * size + j] =
          (sums.second[k * size + j] as number) + own * ((columns[j] as Float64Array)[subject] as number)
    }
  }
  for (const group of groups) {
    const risk = noRisk(size)
    for (let start = 0; start < group.length; ) {
      const time = times[group[start] as number]
      const died = noRisk(size)
      let deaths = 0
      for (; start < group.length && times[group[start] as number] === time; start++) {
        const subject = group[start] as number
        let predictor = 0
        for (let k = 0; k < size; k++)
          predictor += ((columns[k] as Float64Array)[subject] as number) * (place[k] as number)
        const weight = Math.exp(predictor)
        add(risk, subject, weight)
        if (events[subject] === 0) continue
        deaths++
        add(died, subject, weight)
        value += predictor
        for (let k = 0; k < size; k++)
          gradient[k] = (gradient[k] as number) + ((columns[k] as Float64Array)[subject] as number)
      }
      // Efron: of those who have their event at one time, 0, 1/d, 2/d ... are taken as gone already.
      for (let gone = 0; gone < deaths; gone++) {
        const share = gone / deaths
        const weight = risk.weight - share * died.weight
        value -= Math.log(weight)
        const mean = risk.first.map((sum, k) => (sum - share * (died.first[k] as number)) / weight)
        for (let k = 0; k < size; k++) {
          gradient[k] = (gradient[k] as number) - (mean[k] as number)
          for (let j = 0; j < size; j++) {
            const at = k * size + j
            const square = ((risk.second[at] as number) - share * (died.second[at] as number)) / weight
            information[at] = (information[at] as number) + square - (mean[k] as number) * (mean[j] as number)
          }
        }
      }
    }
  }
  return { value, gradient, information }
}
