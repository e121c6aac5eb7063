import type { Column, RecordTable, RuleId, SettledName, TableName } from '@afferent/records'
import { compareBytes, isPresent, RECORD_TABLES } from '@afferent/records'
import { lineOf } from '../join/part.ts'
import { FATES, fileOf, type JudgedRows } from './judged-rows.ts'

/** One physical row that speaks about a settled record. */
export interface SourceRow {
  readonly file: string
  readonly line: number
  /** False: a rule left it out, or another copy won over it (R-DUP). */
  readonly used: boolean
  readonly why: RuleId | null
}

type Columns = Readonly<Record<string, Column | undefined>>

/**
 * From settled records back to the rows of all files they came from: rows of one subject and key (R-DUP) speak about one
 * record, those that rules across files left out included. Fed by `settle` while it judges.
 */
export class SourceRows {
  private readonly byKey = new Map<string, SourceRow[]>()

  readonly add = (rows: JudgedRows): void => {
    const { name, table, subjects } = rows
    for (let row = 0; row < table.rows; row++) {
      const key = keyOf(name, table, row, subjects)
      const why = FATES[rows.fate[row]] ?? null
      const source = { file: fileOf(rows, row).file, line: lineOf(table, row), used: why === null, why }
      const known = this.byKey.get(key)
      if (known === undefined) this.byKey.set(key, [source])
      else if (!known.some(({ file, line }) => file === source.file && line === source.line)) known.push(source)
    }
  }

  /** In the order of files and lines. */
  of(name: SettledName, table: RecordTable<TableName>, row: number, subjects: readonly string[]): readonly SourceRow[] {
    const found = this.byKey.get(keyOf(name, table, row, subjects)) ?? []
    return [...found].sort((a, b) => compareBytes(a.file, b.file) || a.line - b.line)
  }
}

/** Subject and key of a record as one text, a missing part told from every value; an intake without product by its class. */
function keyOf(name: SettledName, table: RecordTable<TableName>, row: number, subjects: readonly string[]): string {
  const columns = table.columns as Columns
  const parts: unknown[] = [name, subjects[table.subject[row]]]
  for (const part of RECORD_TABLES[name].key) parts.push(cellOf(columns[part], row))
  if (name === 'intakes' && cellOf(columns.product, row) === null) parts.push(cellOf(columns.medicationClass, row))
  return JSON.stringify(parts)
}

function cellOf(column: Column | undefined, row: number): string | number | null {
  if (column === undefined || !isPresent(column.valid, row)) return null
  return column.kind === 'text' ? column.dictionary[column.values[row]] : column.values[row]
}
