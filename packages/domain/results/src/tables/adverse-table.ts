import { ADVERSE_COLUMNS, type Column, type ColumnTable, isPresent, type ShardResult } from '@afferent/records'
import { ADAE } from '../columns/adae.ts'
import type { ResultColumn } from '../columns/column.ts'
import type { ResultTable } from '../result-table.ts'
import { FilledColumn } from './filled-column.ts'
import { armName, type RunContext, usubjid } from './run-context.ts'
import { codedColumn } from './text-cells.ts'

type Cell = string | number | null

/** Collects adae while the shards pass by. Events are few: some thousands in a large trial. */
export class AdverseTable {
  readonly columns: readonly ResultColumn[] = ADAE
  private readonly context: RunContext
  private readonly cells: Record<string, Cell[]> = {}
  private rows = 0

  constructor(context: RunContext) {
    this.context = context
    for (const { name } of ADAE) this.cells[name] = []
  }

  add({ subjects, facts, safety }: Pick<ShardResult, 'subjects' | 'facts' | 'safety'>): void {
    if (safety === undefined) return
    const { events, exposure } = safety
    const dated = this.context.calendar === 'dates'
    for (let row = 0; row < events.rows; row++) {
      const s = cellOf(events, 'SUBJECT', row) as number
      const arm = cellAt(facts.arm, s)
      const zero = cellAt(facts.dayZero, s)
      const cells: Record<string, Cell> = {
        STUDYID: this.context.studyId,
        USUBJID: usubjid(this.context, subjects[s] as string),
        TRTP: this.armText(arm),
        TRTA: this.armText(cellAt(facts.treated, s) ?? arm),
        SAFFL: cellOf(exposure, 'SAFFL', s),
      }
      for (const name of ADVERSE_COLUMNS) if (name !== 'SUBJECT') cells[name] = cellOf(events, name, row)
      cells.ASTDT = dated ? toDate(zero, cells.ASTDY) : null
      cells.AENDT = dated ? toDate(zero, cells.AENDY) : null
      for (const { name } of ADAE) this.cells[name]?.push(cells[name] ?? null)
      this.rows++
    }
  }

  private armText = (code: Cell): string | null => (code === null ? null : armName(this.context, String(code)))

  table(): ResultTable {
    const columns: Record<string, Column> = {}
    for (const { name, type } of ADAE) columns[name] = toColumn(type, this.cells[name] as Cell[])
    return { rows: this.rows, columns }
  }
}

function toColumn(type: ResultColumn['type'], cells: readonly Cell[]): Column {
  if (type === 'text') return codedColumn(cells as (string | null)[])
  const column = new FilledColumn(new Int32Array(cells.length))
  cells.forEach((cell, row) => {
    if (cell !== null) column.put(row, cell as number)
  })
  return { kind: type === 'date' ? 'date' : 'i32', values: column.values, valid: column.valid }
}

/** R-ADY backwards. */
function toDate(zero: Cell, studyDay: Cell | undefined): number | null {
  if (typeof zero !== 'number' || typeof studyDay !== 'number') return null
  return zero + (studyDay > 0 ? studyDay - 1 : studyDay)
}

const cellOf = (table: ColumnTable, name: string, row: number): Cell => cellAt(table.columns[name], row)

function cellAt(column: Column | undefined, row: number): Cell {
  if (column === undefined || !isPresent(column.valid, row)) return null
  const value = column.values[row] as number
  return column.kind === 'text' ? (column.dictionary[value] as string) : value
}
