import { outcomeName } from '@afferent/study'
import { designOf } from '../linear-algebra/design.ts'
import { leastSquares, linearCombination } from '../linear-algebra/least-squares.ts'
import { residualProblem } from '../means/ancova.ts'
import { interaction } from '../means/interaction.ts'
import { meanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import {
  type AnalysisContext,
  addRow,
  adjustmentOf,
  figures,
  hasAdjustment,
  type MethodRow,
  modelTerms,
  toFactor,
} from './analysis-context.ts'
import { REPEATED, testedFigures } from './ancova-rows.ts'

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

/** Difference of arms in each level of a subgroup, one model with `TRT*subgroup`; interaction; numbers unbinned as well. */
export function addSubgroupRows(context: AnalysisContext): void {
  const { analysis, data, arms } = context
  if (analysis.outcome.kind !== 'value') return
  for (const name of analysis.subgroups) {
    const levels = levelsOf(context, name)
    for (const { visit, outcome } of data.visits.filter(({ visit }) => analysis.visits.includes(visit))) {
      for (const { arm, reference } of context.comparisons) {
        const pair = [arms.placeOf(arm), arms.placeOf(reference)] as const
        const has = (m: number): boolean =>
          pair.includes(data.arm[m] as number) &&
          !Number.isNaN(outcome[m]) &&
          levels.words[m] !== null &&
          hasAdjustment(context, m, true)
        const members = Int32Array.from([...data.members.keys()].filter(has))
        addForest(context, name, levels, visit, pair, members, outcome)
      }
    }
  }
}

function addForest(
  context: AnalysisContext,
  name: string,
  levels: Levels,
  visit: number,
  pair: readonly [number, number],
  members: Int32Array,
  outcome: Float64Array,
): void {
  const { analysis, data, arms } = context
  const model = `${outcomeName(analysis.outcome)} ~ ${modelTerms(analysis, true)} + TRT*${name}`
  const base: MethodRow = {
    ANALYSIS: 'SUBGRP',
    AVISIT: context.labelOf(visit),
    ARM: arms.names[pair[0] - 1] as string,
    REFARM: arms.names[pair[1] - 1] as string,
    SUBGRP: name,
  }
  const arm = Int32Array.from(members, (m) => (data.arm[m] === pair[0] ? 1 : 0))
  const values = Float64Array.from(members, (m) => outcome[m] as number)
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
  const effects = data.repeated ? REPEATED : effectsByLevel(values, subjects, words, order)
  for (const word of order) {
    const sizes = [sizeOf(word, 1), sizeOf(word, 0)] as const
    const effect = isMissing(effects) ? effects : (effects.get(word) as ReturnType<typeof meanEstimate> | NoAnswer)
    const shown = figures(effect, (one) => ({ ...testedFigures(one), PVALUE: null }))
    const note = sizes.some((n) => n < ENOUGH_PER_ARM)
      ? { REASON: shown.REASON ?? `fewer than ${ENOUGH_PER_ARM} in an arm: not tested` }
      : {}
    const N = sizes[0] + sizes[1]
    addRow(
      context,
      { ...base, SUBGLVL: word, STAT: 'DIFF', METHOD: `${model}, least squares`, N, ...shown, ...note },
      pair,
      N,
    )
  }
  const tested = data.repeated
    ? REPEATED
    : few
      ? { reason: `a level has fewer than ${ENOUGH_PER_ARM} in an arm: not tested` }
      : interaction(values, subjects, { stratum: adjustment.strata.length })
  const N = members.length
  const METHOD = `${model}, F test of the interaction`
  const found = figures(tested, ({ f, df2, p }) => ({ ESTIMATE: f, DF: df2, PVALUE: p }))
  addRow(context, { ...base, STAT: 'INTERACT', METHOD, N, ...found }, pair, N)
  addCredibility(context, base, levels, isMissing(tested) ? null : tested.p, pair, N)
  const { numbers } = levels
  if (numbers === null) return
  const own = Float64Array.from(members, (m) => numbers[m] as number)
  const covariates = name === 'BASE' ? adjustment.covariates : [...adjustment.covariates, own]
  const place = name === 'BASE' ? 0 : covariates.length - 1
  const unbinned = data.repeated
    ? REPEATED
    : interaction(values, { ...subjects, covariates, strata: adjustment.strata }, { covariate: place })
  const slope = isMissing(unbinned) ? unbinned : (unbinned.slope ?? { reason: 'the slope cannot be told' })
  addRow(
    context,
    {
      ...base,
      STAT: 'SLOPE',
      METHOD: `${model}, ${name} unbinned, change of the difference per unit`,
      N,
      ...figures(slope, testedFigures),
    },
    pair,
    N,
  )
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
  subjects: Parameters<typeof designOf>[0],
  words: readonly string[],
  order: readonly string[],
): Map<string, ReturnType<typeof meanEstimate> | NoAnswer> | NoAnswer {
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
  const effects = new Map<string, ReturnType<typeof meanEstimate> | NoAnswer>()
  order.forEach((word, k) => {
    const weights = new Float64Array(columns.length)
    weights[armColumn] = 1
    if (k > 0) weights[design.columns.length + k - 1] = 1
    const found = linearCombination(fit, weights)
    const tells = found !== null && found.unscaledVariance > 0
    effects.set(
      word,
      tells
        ? meanEstimate(found.estimate, Math.sqrt(found.unscaledVariance * variance), fit.df)
        : { reason: 'the arms cannot be compared in this level' },
    )
  })
  return effects
}

function levelsOf(context: AnalysisContext, name: string): Levels {
  const { data } = context
  const places = [...data.members.keys()]
  const column = name === 'BASE' ? null : context.columnOf(name)
  if (column?.kind === 'text') {
    const words = places.map((m) => column.values[data.members[m] as number] ?? null)
    return { words, order: [...new Set(words.filter((word) => word !== null))].sort(), numbers: null, cut: false }
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
