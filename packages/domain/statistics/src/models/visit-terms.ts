import type { Design } from '../linear-algebra/design.ts'

/** Columns of a model by visit: a column of the design, at one visit or, for strata, at all of them. */
export type VisitTerm = readonly [column: number, visit: number | null]

/** `TRT*AVISIT + covariates*AVISIT + strata`: the intercept, arms and covariates differ by visit, strata do not. */
export function visitTerms({ columns, armColumns }: Design, covariates: number, visits: number): VisitTerm[] {
  const arms = armColumns.filter((column) => column >= 0)
  const byVisit = [0, ...arms, ...Array.from({ length: covariates }, (_, k) => 1 + arms.length + k)]
  const strata = [...columns.keys()].filter((column) => !byVisit.includes(column))
  return [
    ...Array.from({ length: visits }, (_, visit) => byVisit.map((column): VisitTerm => [column, visit])).flat(),
    ...strata.map((column): VisitTerm => [column, null]),
  ]
}

/** The term's column for a row at a visit. */
export const termAt = ([column, at]: VisitTerm, visit: number, of: (column: number) => number): number =>
  at === null || at === visit ? of(column) : 0
