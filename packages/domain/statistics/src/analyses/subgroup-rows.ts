import { compareBytes } from '@afferent/records'
import { outcomeName } from '@afferent/study'
import type { LogRatio } from '../likelihood/log-ratio.ts'
import { designOf } from '../linear-algebra/design.ts'
import { leastSquares, linearCombination } from '../linear-algebra/least-squares.ts'
import { residualProblem } from '../means/ancova.ts'
import { interaction } from '../means/interaction.ts'
import { meanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { logisticInteraction } from '../proportions/logistic-interaction.ts'
import {
  type AnalysisContext,
  addRow,
  adjustmentOf,
  type Figures,
  figures,
  hasAdjustment,
  type MethodRow,
  modelTerms,
  toFactor,
} from './analysis-context.ts'
import { REPEATED, testedFigures } from './ancova-rows.ts'
import type { MemberValues } from './estimand-data.ts'
import { ratioFigures } from './ratio-rows.ts'

/** Cut points of endpoints.md section 10; other numbers are cut at their median [P]. */
const CUTS: Readonly<Record<string, { readonly at: readonly number[]; readonly labels: readonly string[] }>> = {
  AGE: { at: [45, 65], labels: ['< 45', '45 to 64', '>= 65'] },
  BMI: { at: [25, 30], labels: ['< 25', '25 to < 30', '>= 30'] },
  PDURY: { at: [1, 5], labels: ['< 1 y', '1 to 5 y', '> 5 y'] },
}
/** The middle class of pain duration holds 5 years itself. */
const UPPER_INCLUDED = new Set(['PDURY'])
/** Fewer subjects of an arm in a level are printed and not tested. */
const ENOUGH_PER_ARM = 10

interface Levels {
  /** By member; null: not known. */
  readonly words: readonly (string | null)[]
  readonly order: readonly string[]
  /** The number itself, where it is one. */
  readonly numbers: Float64Array | null
  /** Whether the levels come from cut points. */
  readonly cut: boolean
}

/** What a model with `TRT*subgroup` says: of values differences, of responses odds ratios. */
interface Modified {
  readonly STAT: 'DIFF' | 'OR'
  readonly fitted: string
  readonly test: string
  /** By level, without its p: levels are not tested. */
  readonly effects: () => ReadonlyMap<string, Figures> | NoAnswer
  readonly tested: () => { readonly figures: Figures; readonly p: number } | NoAnswer
  /** By a number in place of its levels; `covariates` holds it at `place`. */
  readonly slope: (covariates: readonly Float64Array[], place: number, own: Float64Array) => Figures
}

/** Difference of arms in each level of a subgroup, one model with `TRT*subgroup`; interaction; numbers unbinned as well. */
export function addSubgroupRows(context: AnalysisContext): void {
  const { analysis, data, arms } = context
  if (analysis.outcome.kind === 'time') return
  const isValue = analysis.outcome.kind === 'value'
  for (const name of analysis.subgroups) {
    const levels = levelsOf(context, name)
    for (const at of data.visits.filter(({ visit }) => analysis.visits.includes(visit))) {
      for (const { arm, reference } of context.comparisons) {
        const pair = [arms.placeOf(arm), arms.placeOf(reference)] as const
        const has = (m: number): boolean =>
          pair.includes(data.arm[m] as number) &&
          (isValue ? !Number.isNaN(at.outcome[m]) : at.answer[m] !== 0) &&
          levels.words[m] !== null &&
          hasAdjustment(context, m, true)
        const members = Int32Array.from([...data.members.keys()].filter(has))
        addForest(context, name, levels, at, pair, members)
      }
    }
  }
}

function addForest(
  context: AnalysisContext,
  name: string,
  levels: Levels,
  at: MemberValues,
  pair: readonly [number, number],
  members: Int32Array,
): void {
  const { analysis, data, arms } = context
  const model = `${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)} + TRT*${name}`
  const base: MethodRow = {
    ANALYSIS: 'SUBGRP',
    AVISIT: context.labelOf(at.visit),
    ARM: arms.names[pair[0] - 1] as string,
    REFARM: arms.names[pair[1] - 1] as string,
    SUBGRP: name,
  }
  const arm = Int32Array.from(members, (m) => (data.arm[m] === pair[0] ? 1 : 0))
  const words = Array.from(members, (m) => levels.words[m] as string)
  const order = levels.order.filter((word) => words.includes(word))
  const sizeOf = (word: string, of: number): number =>
    words.reduce((n, own, k) => n + (own === word && arm[k] === of ? 1 : 0), 0)
  const few = order.some((word) => sizeOf(word, 0) < ENOUGH_PER_ARM || sizeOf(word, 1) < ENOUGH_PER_ARM)
  const adjustment = adjustmentOf(context, members, true)
  const factor = toFactor(words)
  const subjects = {
    arm,
    arms: 2,
    reference: 0,
    covariates: adjustment.covariates,
    strata: [...adjustment.strata, factor],
  }
  const modified =
    analysis.outcome.kind === 'value'
      ? ofValues(
          Float64Array.from(members, (m) => at.outcome[m] as number),
          subjects,
          words,
          order,
        )
      : ofResponses(
          Uint8Array.from(members, (m) => (at.answer[m] === 2 ? 1 : 0)),
          subjects,
          words,
          order,
        )
  const effects = data.repeated ? REPEATED : modified.effects()
  for (const word of order) {
    const sizes = [sizeOf(word, 1), sizeOf(word, 0)] as const
    const shown = isMissing(effects) ? figures(effects, () => ({})) : (effects.get(word) as Figures)
    const note = sizes.some((n) => n < ENOUGH_PER_ARM)
      ? { REASON: shown.REASON ?? `fewer than ${ENOUGH_PER_ARM} in an arm: not tested` }
      : {}
    const N = sizes[0] + sizes[1]
    const METHOD = `${model}, ${modified.fitted}`
    addRow(
      context,
      { ...base, SUBGLVL: word, STAT: modified.STAT, METHOD, N, ...shown, PVALUE: null, ...note },
      pair,
      N,
    )
  }
  const tested = data.repeated
    ? REPEATED
    : few
      ? { reason: `a level has fewer than ${ENOUGH_PER_ARM} in an arm: not tested` }
      : modified.tested()
  const N = members.length
  const METHOD = `${model}, ${modified.test}`
  const found = figures(tested, (one) => one.figures)
  addRow(context, { ...base, STAT: 'INTERACT', METHOD, N, ...found }, pair, N)
  addCredibility(context, base, levels, isMissing(tested) ? null : tested.p, pair, N)
  const { numbers } = levels
  if (numbers === null) return
  const own = Float64Array.from(members, (m) => numbers[m] as number)
  const covariates = name === 'BASE' ? adjustment.covariates : [...adjustment.covariates, own]
  const place = name === 'BASE' ? 0 : covariates.length - 1
  const slope = data.repeated ? figures(REPEATED, () => ({})) : modified.slope(covariates, place, own)
  const unbinned = `${model}, ${name} unbinned, ${modified.STAT === 'OR' ? 'ratio of odds ratios' : 'change of the difference'} per unit`
  addRow(context, { ...base, STAT: 'SLOPE', METHOD: unbinned, N, ...slope }, pair, N)
}

type TwoArms = Parameters<typeof designOf>[0]

function ofValues(
  values: Float64Array,
  subjects: TwoArms,
  words: readonly string[],
  order: readonly string[],
): Modified {
  const strata = subjects.strata ?? []
  return {
    STAT: 'DIFF',
    fitted: 'least squares',
    test: 'F test of the interaction',
    effects: () => effectsByLevel(values, subjects, words, order),
    tested: () => {
      const found = interaction(values, subjects, { stratum: strata.length - 1 })
      if (isMissing(found)) return found
      return { figures: { ESTIMATE: found.f, DF: found.df2, PVALUE: found.p }, p: found.p }
    },
    slope: (covariates, place) => {
      const others = { ...subjects, covariates, strata: strata.slice(0, -1) }
      const found = interaction(values, others, { covariate: place })
      return figures(isMissing(found) ? found : (found.slope ?? { reason: 'the slope cannot be told' }), testedFigures)
    },
  }
}

function ofResponses(
  response: Uint8Array,
  subjects: TwoArms,
  words: readonly string[],
  order: readonly string[],
): Modified {
  const dummies = order.slice(1).map((level) => Float64Array.from(words, (word) => (word === level ? 1 : 0)))
  const found = logisticInteraction(response, subjects, dummies)
  return {
    STAT: 'OR',
    fitted: 'logistic regression, Wald limits, SE of the log ratio',
    test: 'likelihood ratio test of the interaction in logistic regression',
    effects: () => {
      if (isMissing(found)) return found
      const at = (k: number): number[] => dummies.map((_, other) => (other === k - 1 ? 1 : 0))
      return new Map(order.map((word, k) => [word, ratioFigures(found.oddsRatioAt(at(k)))]))
    },
    tested: () =>
      isMissing(found) ? found : { figures: { ESTIMATE: found.chiSquare, DF: found.df, PVALUE: found.p }, p: found.p },
    slope: (covariates, _, own) => {
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length
      const others = { ...subjects, covariates, strata: (subjects.strata ?? []).slice(0, -1) }
      const by = logisticInteraction(response, others, [own.map((value) => value - mean)])
      return figures(by, ({ slopes }) => ratioFigures(slopes[0] as LogRatio))
    },
  }
}

/** What the questions of ICEMAN can be answered with; direction, prior evidence and the judgement are left to people. */
function addCredibility(
  context: AnalysisContext,
  base: MethodRow,
  levels: Levels,
  p: number | null,
  pair: readonly [number, number],
  N: number,
): void {
  const LEFT = 'left to the reader'
  const facts: readonly MethodRow[] = [
    { STAT: 'DIRECTION', REASON: LEFT },
    { STAT: 'PRIOR', REASON: LEFT },
    { STAT: 'PINTER', PVALUE: p, ESTIMATE: p, REASON: p === null ? 'no interaction p' : null },
    { STAT: 'TESTED', ESTIMATE: context.analysis.subgroups.length },
    { STAT: 'CUTPOINT', ESTIMATE: levels.cut ? 1 : 0 },
    { STAT: 'JUDGEMENT', REASON: LEFT },
  ]
  for (const fact of facts) {
    addRow(context, { ...base, ANALYSIS: 'ICEMAN', METHOD: 'facts for ICEMAN, trials', N, ...fact }, pair, N)
  }
}

/** Arm minus reference in each level, from the model with the products of arm and level. */
function effectsByLevel(
  values: Float64Array,
  subjects: TwoArms,
  words: readonly string[],
  order: readonly string[],
): Map<string, Figures> | NoAnswer {
  const design = designOf(subjects)
  if (isMissing(design)) return design
  const armColumn = design.armColumns[1] as number
  const dummies = order
    .slice(1)
    .map((word) => Float64Array.from(words, (own, k) => (own === word ? (subjects.arm[k] as number) : 0)))
  const columns = [...design.columns, ...dummies]
  const fit = leastSquares(columns, values)
  const problem = residualProblem(fit, values)
  if (problem !== null) return problem
  const variance = fit.residualSquares / fit.df
  const effects = new Map<string, Figures>()
  order.forEach((word, k) => {
    const weights = new Float64Array(columns.length)
    weights[armColumn] = 1
    if (k > 0) weights[design.columns.length + k - 1] = 1
    const found = linearCombination(fit, weights)
    const effect =
      found !== null && found.unscaledVariance > 0
        ? meanEstimate(found.estimate, Math.sqrt(found.unscaledVariance * variance), fit.df)
        : { reason: 'the arms cannot be compared in this level' }
    effects.set(word, figures(effect, testedFigures))
  })
  return effects
}

function levelsOf(context: AnalysisContext, name: string): Levels {
  const { data } = context
  const places = [...data.members.keys()]
  const column = name === 'BASE' ? null : context.columnOf(name)
  if (column?.kind === 'text') {
    const words = places.map((m) => column.values[data.members[m] as number] ?? null)
    return {
      words,
      order: [...new Set(words.filter((word) => word !== null))].sort(compareBytes),
      numbers: null,
      cut: false,
    }
  }
  const numbers = Float64Array.from(places, (m) =>
    column === null ? (data.base[m] as number) : (column.values[data.members[m] as number] as number),
  )
  const { at, labels } = CUTS[name] ?? atMedian(numbers)
  const words = Array.from(numbers, (value) => {
    if (Number.isNaN(value)) return null
    const above = at.findIndex((cut, k) =>
      UPPER_INCLUDED.has(name) && k === at.length - 1 ? value <= cut : value < cut,
    )
    return labels[above < 0 ? at.length : above] as string
  })
  return { words, order: labels, numbers, cut: true }
}

function atMedian(numbers: Float64Array): { readonly at: readonly number[]; readonly labels: readonly string[] } {
  const known = numbers.filter((value) => !Number.isNaN(value)).sort()
  const half = known.length >> 1
  const median =
    known.length % 2 === 1 ? (known[half] as number) : ((known[half - 1] as number) + (known[half] as number)) / 2
  const shown = Number(median.toPrecision(6))
  return { at: [median], labels: [`< ${shown} (median)`, `>= ${shown} (median)`] }
}
