import { type Column, type ColumnTable, isPresent } from '@afferent/records'

/** One line of a responder table: an arm at a visit. Means are null where nobody has a value. */
export interface ResponderRow {
  /** Name of the arm, '' for all subjects together. */
  readonly arm: string
  /** Subjects with a value at the visit. */
  readonly n: number
  readonly baseline: number | null
  readonly change: number | null
  /** Per responder cut: responders of subjects who could respond. */
  readonly responders: readonly { readonly cut: number; readonly numer: number; readonly denom: number }[]
  /** Of a parameter that is an answer itself: how many subjects answer yes; else null. */
  readonly yes: { readonly numer: number; readonly denom: number } | null
}

export interface ResponderBlock {
  readonly parameter: string
  readonly visit: string
  readonly rows: readonly ResponderRow[]
}

/**
 * What people look at first, from the descriptive rows of `cohort`: per arm n, mean baseline, mean change and responders.
 * One block for the parameter and visit asked for; null where the cohort has none.
 */
export function responderBlock(
  cohort: ColumnTable,
  cuts: readonly number[],
  parameter: string,
  visit: string,
): ResponderBlock | null {
  const figures = new CohortFigures(cohort, parameter, visit)
  const rows = figures.arms.map((arm): ResponderRow => {
    const yes = figures.counts(arm, 'RESPONSE', 'YES')
    const row = { arm, yes, n: figures.number(arm, 'AVAL', 'N') ?? yes?.denom ?? 0 }
    return {
      ...row,
      baseline: figures.number(arm, 'BASE', 'MEAN'),
      change: figures.number(arm, 'CHG', 'MEAN'),
      responders: cuts.flatMap((cut) => {
        const counts = figures.counts(arm, 'RESPONSE', `RSP${cut}`)
        return counts === null ? [] : [{ cut, ...counts }]
      }),
    }
  })
  return rows.length === 0 ? null : { parameter, visit, rows }
}

/** Figures of one parameter and visit, by arm, analysis and statistic; rows of subgroups are left out. */
class CohortFigures {
  readonly arms: readonly string[]
  private readonly cohort: ColumnTable
  private readonly rows = new Map<string, number>()

  constructor(cohort: ColumnTable, parameter: string, visit: string) {
    this.cohort = cohort
    const arms = new Set<string>()
    for (let row = 0; row < cohort.rows; row++) {
      if (this.text('PARAMCD', row) !== parameter || this.text('AVISIT', row) !== visit) continue
      if (this.text('SUBGRP', row) !== null) continue
      const arm = this.text('ARM', row) ?? ''
      arms.add(arm)
      this.rows.set(key(arm, this.text('ANALYSIS', row), this.text('STAT', row)), row)
    }
    this.arms = [...arms].sort((a, b) => (a === '' ? 1 : 0) - (b === '' ? 1 : 0))
  }

  number(arm: string, analysis: string, stat: string): number | null {
    const row = this.rows.get(key(arm, analysis, stat))
    return row === undefined ? null : this.cell('ESTIMATE', row)
  }

  counts(arm: string, analysis: string, stat: string): { numer: number; denom: number } | null {
    const row = this.rows.get(key(arm, analysis, stat))
    if (row === undefined) return null
    return { numer: this.cell('NUMER', row) ?? 0, denom: this.cell('DENOM', row) ?? 0 }
  }

  private cell(name: string, row: number): number | null {
    const column = this.cohort.columns[name] as Column
    return isPresent(column.valid, row) ? (column.values[row] as number) : null
  }

  private text(name: string, row: number): string | null {
    const column = this.cohort.columns[name]
    if (column?.kind !== 'text' || !isPresent(column.valid, row)) return null
    return column.dictionary[column.values[row] as number] as string
  }
}

const key = (...names: readonly (string | null)[]): string => names.join('\u0000')

/**
 * The block as lines of text, in columns:
 *
 *   MMD, Weeks 9 to 12      n  baseline  change  30 %             50 %
 *   nVNS                  188       8.2    -2.3  98/188 (52.1 %)  54/188 (28.7 %)
 */
export function responderTable({ parameter, visit, rows }: ResponderBlock): string[] {
  const head = `${parameter}, ${visit}`
  const isAnswer = rows.some(({ yes }) => yes !== null)
  const table = isAnswer ? answerCells(head, rows) : changeCells(head, rows)
  const numbers = isAnswer ? 1 : 3
  const widths = table[0]?.map((_, i) => Math.max(...table.map((cells) => cells[i]?.length ?? 0))) ?? []
  return table.map((cells) =>
    cells
      .map((cell, i) => (i === 0 || i > numbers ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function changeCells(head: string, rows: readonly ResponderRow[]): string[][] {
  const cuts = rows[0]?.responders.map(({ cut }) => `${cut} %`) ?? []
  return [
    [head, 'n', 'baseline', 'change', ...cuts],
    ...rows.map((row) => [
      armOf(row),
      String(row.n),
      decimal(row.baseline),
      decimal(row.change),
      ...row.responders.map(({ numer, denom }) => share(numer, denom)),
    ]),
  ]
}

const answerCells = (head: string, rows: readonly ResponderRow[]): string[][] => [
  [head, 'n', 'yes'],
  ...rows.map((row) => [armOf(row), String(row.n), row.yes === null ? '-' : share(row.yes.numer, row.yes.denom)]),
]

const armOf = ({ arm }: ResponderRow): string => (arm === '' ? 'all' : arm)

/** One decimal, halves away from zero (R-NUM); '-' where there is no figure. */
function decimal(value: number | null): string {
  if (value === null) return '-'
  const tenths = Math.round(Math.abs(value) * 10 + 1e-9)
  return `${value < 0 && tenths > 0 ? '-' : ''}${(tenths / 10).toFixed(1)}`
}

const share = (numer: number, denom: number): string =>
  denom === 0 ? `${numer}/${denom}` : `${numer}/${denom} (${decimal((100 * numer) / denom)} %)`
