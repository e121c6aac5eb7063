import type { Column } from '@afferent/records'
import type { ArrowField, PlainTextColumn } from '@afferent/records/arrow'
import type { ResultColumn } from './columns/column.ts'

/** Rows of a result table as columns, some of which may be written in full. */
export interface ResultTable {
  readonly rows: number
  readonly columns: Readonly<Record<string, Column | PlainTextColumn>>
  /** Of columns that bring texts of their own: where each of these stands among the texts of the file. */
  readonly places?: Readonly<Record<string, Int32Array>>
}

/** Pieces of memory that the cells of a table lie in, each once. */
export function memoryOf({ columns }: ResultTable): Set<ArrayBufferLike> {
  const buffers = new Set<ArrayBufferLike>()
  for (const column of Object.values(columns)) {
    if ('values' in column) buffers.add(column.values.buffer)
    if (column.valid !== null) buffers.add(column.valid.buffer)
  }
  return buffers
}

/** A column of a result file together with all texts it can hold. */
export interface ResultField extends ResultColumn {
  readonly dictionary: readonly string[]
  /** The text column whose codes decide this one, such as a parameter's label; tables hold no such column. */
  readonly follows?: Following
}

export interface Following {
  readonly column: string
  /** For each text of that column the place in this dictionary; NONE (-1): missing. */
  readonly places: Int32Array
}

/** Fields of a table that is at hand as a whole: its own dictionaries are the file's. */
export function fieldsOf(columns: readonly ResultColumn[], table: ResultTable): ResultField[] {
  return columns.map((column) => {
    const values = table.columns[column.name]
    if (values === undefined) throw new Error(`no column ${column.name} in the table`)
    return { ...column, dictionary: values.kind === 'text' ? values.dictionary : [] }
  })
}

const CODES = { few: 'code16', many: 'code32', free: 'text' } as const

export function toArrowField(field: ResultField): ArrowField {
  const unit: Record<string, string> = field.unit === '' ? {} : { unit: field.unit }
  return {
    name: field.name,
    type: field.type === 'text' ? CODES[field.texts] : field.type,
    dictionary: field.dictionary,
    metadata: { label: field.label, ...unit },
  }
}

export const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((text, i) => text === b[i]))
