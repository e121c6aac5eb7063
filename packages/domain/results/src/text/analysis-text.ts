import { type Column, type ColumnTable, isPresent } from '@afferent/records'

/** A result of an analysis that compares arms, ready to print. */
export interface AnalysisResult {
  /** ANALYSIS: `ANCOVA`, `SUBGRP`, `ICEMAN`. */
  readonly code: string
  /** Name in the study file. */
  readonly analysis: string
  readonly estimand: string
  readonly set: string
  readonly parameter: string
  readonly visit: string
  /** `Stimulation v Sham`, or one arm. */
  readonly who: string
  /** Whether it compares two arms. */
  readonly compares: boolean
  readonly level: string
  readonly stat: string
  readonly estimate: string
  /** `-7.05 to -2.16`; '' where there is none. */
  readonly limits: string
  readonly p: string
  /** Adjusted for multiplicity; '' where it is not. */
  readonly adjusted: string
  readonly n: string
  readonly method: string
  /** Why there are no figures, or what is to be said about them. */
  readonly reason: string
  readonly sentence: string
}

/** How a statistic is called and printed. */
const STATS: Readonly<Record<string, { readonly says: string; readonly as: 'number' | 'percent' }>> = {
  LSMEAN: { says: 'LS mean', as: 'number' },
  DIFF: { says: 'difference', as: 'number' },
  SHIFT: { says: 'shift', as: 'number' },
  MEDIAN: { says: 'median days', as: 'number' },
  CHISQ: { says: 'chi-square', as: 'number' },
  INTERACT: { says: 'test of the interaction', as: 'number' },
  SLOPE: { says: 'slope of the difference', as: 'number' },
  DELTA: { says: 'tipping delta', as: 'number' },
  RD: { says: 'difference of proportions', as: 'percent' },
  RDSCORE: { says: 'difference of proportions', as: 'percent' },
  RR: { says: 'risk ratio', as: 'number' },
  OR: { says: 'odds ratio', as: 'number' },
  RATIO: { says: 'rate ratio', as: 'number' },
  HR: { says: 'hazard ratio', as: 'number' },
  NNTB: { says: 'number needed to treat to benefit', as: 'number' },
  NNTH: { says: 'number needed to treat to harm', as: 'number' },
}

/** Rows of `cohort` that compare arms for an estimand, in their order; empty where the study asks for none. */
export function analysisResults(cohort: ColumnTable): AnalysisResult[] {
  const results: AnalysisResult[] = []
  for (let row = 0; row < cohort.rows; row++) {
    const text = (name: string): string => textAt(cohort, name, row) ?? ''
    if (text('ESTIMAND') !== '') results.push(resultOf(cohort, row, text))
  }
  return results
}

function resultOf(cohort: ColumnTable, row: number, text: (name: string) => string): AnalysisResult {
  const number = (name: string): number | null => numberAt(cohort, name, row)
  const stat = STATS[text('STAT')] ?? { says: text('STAT'), as: 'number' as const }
  const print = (value: number | null): string => (value === null ? '-' : printFigure(value, stat.as))
  const [lower, upper] = [number('LOWER'), number('UPPER')]
  const [analysis = '', ...method] = text('METHOD').split(': ')
  const who = text('REFARM') === '' ? text('ARM') : `${text('ARM')} v ${text('REFARM')}`
  const result = {
    code: text('ANALYSIS'),
    analysis,
    estimand: text('ESTIMAND'),
    set: text('ANLSET'),
    parameter: text('PARAMCD'),
    visit: text('AVISIT'),
    who,
    compares: text('REFARM') !== '',
    level: text('SUBGRP') === '' ? '' : `${text('SUBGRP')} ${text('SUBGLVL')}`.trim(),
    stat: stat.says,
    estimate: print(number('ESTIMATE')),
    limits: lower === null && upper === null ? '' : `${print(lower)} to ${print(upper)}`,
    p: printP(number('PVALUE')),
    adjusted: printP(number('PADJ')),
    n: String(number('N') ?? number('NDATA') ?? ''),
    method: method.join(': '),
    reason: text('REASON'),
  }
  return { ...result, sentence: sentenceOf(result) }
}

function sentenceOf(r: Omit<AnalysisResult, 'sentence'>): string {
  const at = [r.parameter, r.visit, r.level].filter((part) => part !== '').join(', ')
  const about = `${r.who}, ${at}: ${r.stat}`
  const base = `${r.method}; ${r.set}, estimand ${r.estimand}, n = ${r.n}`
  if (r.estimate === '-') return `${about} not estimated: ${r.reason} (${base}).`
  const figures = [
    r.limits === '' ? '' : `95 % CI ${r.limits}`,
    r.p === '' ? '' : r.p.startsWith('<') ? `p ${r.p}` : `p = ${r.p}`,
    r.adjusted === '' ? '' : `adjusted p ${r.adjusted}`,
    r.reason,
  ].filter((part) => part !== '')
  return `${about} ${r.estimate}${figures.length === 0 ? '' : ` (${figures.join(', ')})`}; ${base}.`
}

/** Two decimals, three below 1, per cent with one; halves away from zero (R-NUM). */
function printFigure(value: number, as: 'number' | 'percent'): string {
  const [scaled, digits] = as === 'percent' ? [100 * value, 1] : [value, Math.abs(value) < 1 ? 3 : 2]
  const factor = 10 ** digits
  const rounded = Math.round(Math.abs(scaled) * factor + 1e-9) / factor
  return `${scaled < 0 && rounded > 0 ? '-' : ''}${rounded.toFixed(digits)}${as === 'percent' ? ' %' : ''}`
}

function printP(p: number | null): string {
  if (p === null) return ''
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4)
}

function textAt(table: ColumnTable, name: string, row: number): string | null {
  const column = table.columns[name]
  if (column?.kind !== 'text' || !isPresent(column.valid, row)) return null
  return column.dictionary[column.values[row] as number] as string
}

function numberAt(table: ColumnTable, name: string, row: number): number | null {
  const column = table.columns[name] as Column
  return isPresent(column.valid, row) ? (column.values[row] as number) : null
}
