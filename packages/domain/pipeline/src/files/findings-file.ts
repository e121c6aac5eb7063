import type { Column, ColumnTable, Findings, TextColumn } from '@afferent/records'
import { fromArrow, toArrow } from '@afferent/records/arrow'

const FINDING_TEXTS = [
  ['rule', 'rules'],
  ['file', 'files'],
  ['sheet', 'sheets'],
  ['column', 'columns'],
  ['subject', 'subjects'],
  ['detail', 'details'],
  ['value', 'values'],
] as const

function toTable(findings: Findings): ColumnTable {
  const columns: Record<string, Column> = { line: { kind: 'i32', values: findings.line, valid: null } }
  for (const [codes, words] of FINDING_TEXTS) {
    columns[codes] = { kind: 'text', values: findings[codes], valid: null, dictionary: findings[words] }
  }
  return { rows: findings.count, columns }
}

function fromTable(table: ColumnTable): Findings {
  const out: Record<string, unknown> = {
    count: table.rows,
    line: new Int32Array((table.columns.line as Column).values),
  }
  for (const [codes, words] of FINDING_TEXTS) {
    const column = table.columns[codes] as TextColumn
    out[codes] =
      codes === 'subject' || codes === 'detail' || codes === 'value'
        ? Int32Array.from(column.values)
        : Uint16Array.from(column.values)
    out[words] = column.dictionary
  }
  return out as unknown as Findings
}

/** A file of a vault folder by its name. */
export type ReadFile = (file: string) => Promise<Uint8Array>

export const writeFindings = (findings: Findings): Uint8Array => toArrow(toTable(findings), {})

export async function readFindings(read: ReadFile): Promise<Findings> {
  return fromTable(fromArrow(await read('findings.arrow')))
}
