import { allocate, type Column, type ColumnTable, compareBytes, markPresent } from '@afferent/records'

const TEXTS = [
  'ANALYSIS',
  'ESTIMAND',
  'ANLSET',
  'PARAMCD',
  'AVISIT',
  'ARM',
  'REFARM',
  'SUBGRP',
  'SUBGLVL',
  'METHOD',
  'STAT',
] as const
const NUMBERS = ['ESTIMATE', 'SE', 'DF', 'LOWER', 'UPPER', 'PVALUE', 'PADJ'] as const
const COUNTS = ['N', 'NUMER', 'DENOM', 'NRAND', 'NSET', 'NDATA'] as const

type TextName = (typeof TEXTS)[number] | 'REASON'
type NumberName = (typeof NUMBERS)[number] | (typeof COUNTS)[number]

/** One estimate; what does not apply is left out or null. */
export type Estimate = { readonly [K in TextName]?: string | null } & { readonly [K in NumberName]?: number | null }

/** Collects estimates and lays them out as the table `cohort`. Some thousands of rows at most, so rows are objects here. */
export class CohortRows {
  private readonly rows: Estimate[] = []

  add(row: Estimate): void {
    this.rows.push(row)
  }

  /** How many rows there are. */
  get count(): number {
    return this.rows.length
  }

  /** Rows added since there were so many. */
  from(count: number): readonly Estimate[] {
    return this.rows.slice(count)
  }

  /** Puts into a row what only later ones tell. */
  amend(row: Estimate, more: Estimate): void {
    const at = this.rows.indexOf(row)
    if (at >= 0) this.rows[at] = { ...row, ...more }
  }

  table(): ColumnTable {
    const columns: Record<string, Column> = {}
    for (const name of TEXTS) columns[name] = this.textColumn(name)
    for (const name of NUMBERS) columns[name] = this.numberColumn(name, 'f64')
    for (const name of COUNTS) columns[name] = this.numberColumn(name, 'i32')
    columns.REASON = this.textColumn('REASON')
    return { rows: this.rows.length, columns }
  }

  private textColumn(name: TextName): Column {
    const words = new Set<string>()
    for (const row of this.rows) if (row[name] !== undefined && row[name] !== null) words.add(row[name])
    const dictionary = [...words].sort(compareBytes)
    const codes = new Map(dictionary.map((word, code) => [word, code]))
    const values = allocate.i32(this.rows.length)
    const valid = allocate.mask(this.rows.length)
    this.rows.forEach((row, at) => {
      const code = codes.get(row[name] ?? '')
      if (row[name] === undefined || row[name] === null || code === undefined) return
      values[at] = code
      markPresent(valid, at)
    })
    return { kind: 'text', values, valid, dictionary }
  }

  private numberColumn(name: NumberName, kind: 'f64' | 'i32'): Column {
    const values = allocate[kind](this.rows.length)
    const valid = allocate.mask(this.rows.length)
    this.rows.forEach((row, at) => {
      const value = row[name]
      if (value === undefined || value === null) return
      values[at] = value
      markPresent(valid, at)
    })
    return { kind, values, valid } as Column
  }
}
