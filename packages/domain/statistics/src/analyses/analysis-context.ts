import { compareBytes } from '@afferent/records'
import type { Analysis, Comparison, Estimand } from '@afferent/study'
import type { Factor } from '../linear-algebra/design.ts'
import type { NoAnswer } from '../no-answer.ts'
import type { CohortRows, Estimate } from '../rows/cohort-rows.ts'
import type { SubjectColumn } from './cohort-subjects.ts'
import type { EstimandData } from './estimand-data.ts'

/** One analysis of the study file with its data; every method adds its rows through it. */
export interface AnalysisContext {
  readonly rows: CohortRows
  readonly seed: number
  readonly analysis: Analysis
  readonly estimand: Estimand
  readonly comparisons: readonly Comparison[]
  readonly data: EstimandData
  readonly lowerIsBetter: boolean | null
  readonly arms: {
    readonly names: readonly string[]
    /** Position of an arm of the study file. */
    readonly placeOf: (code: string) => number
  }
  readonly labelOf: (visit: number) => string
  readonly columnOf: (name: string) => SubjectColumn
}

/** A result of one method at one visit, without what is the same for all of them. */
export type MethodRow = Omit<Estimate, 'PARAMCD' | 'ESTIMAND' | 'ANLSET'>

/** The numbers of a row, or why there are none. */
export type Figures = Pick<MethodRow, 'ESTIMATE' | 'SE' | 'DF' | 'LOWER' | 'UPPER' | 'PVALUE' | 'REASON'>

/** Adds a row. `members`: those it is about, by place in the data; `withData`: how many of them have what it needs. */
export function addRow(
  { rows, analysis, estimand, data }: AnalysisContext,
  row: MethodRow,
  armPlaces: readonly number[],
  withData: number,
): void {
  let inSet = 0
  for (const arm of data.arm) if (armPlaces.includes(arm)) inSet++
  rows.add({
    PARAMCD: analysis.parameter,
    ESTIMAND: estimand.name,
    ANLSET: estimand.population,
    NRAND: armPlaces.reduce((sum, arm) => sum + data.randomised(arm), 0),
    NSET: inSet,
    NDATA: withData,
    ...row,
    METHOD: `${analysis.name}: ${row.METHOD}`,
  })
}

/** The figures of a row, or the reason that there are none. */
export function figures<T extends object>(found: T | NoAnswer, of: (result: T) => Figures): Figures {
  return 'reason' in found ? { ESTIMATE: null, REASON: found.reason } : of(found)
}

/** Arms of the comparisons with one reference, that first. */
export function comparedWith(
  context: AnalysisContext,
): { readonly reference: string; readonly arms: readonly string[] }[] {
  const references = [...new Set(context.comparisons.map(({ reference }) => reference))]
  return references.map((reference) => ({
    reference,
    arms: context.comparisons.filter((one) => one.reference === reference).map(({ arm }) => arm),
  }))
}

/** Covariates and strata of some members: those of `adjust`, and who lacks one. */
export interface Adjustment {
  readonly covariates: readonly Float64Array[]
  readonly strata: readonly Factor[]
}

/** Columns of `adjust` for the members at `places`; the baseline first where it is asked for. */
export function adjustmentOf(context: AnalysisContext, places: Int32Array, withBase: boolean): Adjustment {
  const { data, analysis } = context
  const covariates: Float64Array[] = withBase ? [Float64Array.from(places, (m) => data.base[m] as number)] : []
  const strata: Factor[] = []
  for (const name of analysis.adjust) {
    const column = context.columnOf(name)
    const subjectOf = (m: number): number => data.members[m] as number
    if (column.kind === 'number')
      covariates.push(Float64Array.from(places, (m) => column.values[subjectOf(m)] as number))
    else strata.push(toFactor(Array.from(places, (m) => column.values[subjectOf(m)] ?? '')))
  }
  return { covariates, strata }
}

/** Codes of words in the order of their bytes. */
export function toFactor(words: readonly string[]): Factor {
  const levels = [...new Set(words)].sort(compareBytes)
  const codes = new Map(levels.map((word, code) => [word, code]))
  return { codes: Int32Array.from(words, (word) => codes.get(word) as number), levels: levels.length }
}

/** Members who have a finite number in every column that `adjust` and the baseline name, and a word in every stratum. */
export function hasAdjustment(context: AnalysisContext, m: number, withBase: boolean): boolean {
  const { data, analysis } = context
  if (withBase && Number.isNaN(data.base[m])) return false
  return analysis.adjust.every((name) => {
    const column = context.columnOf(name)
    const s = data.members[m] as number
    return column.kind === 'number' ? Number.isFinite(column.values[s]) : column.values[s] !== null
  })
}

/** `TRT + BASE + SITEID`, as METHOD says it. */
export const modelTerms = (analysis: Analysis, withBase: boolean): string =>
  ['TRT', ...(withBase ? ['BASE'] : []), ...analysis.adjust].join(' + ')
