import { stripVTControlCharacters } from 'node:util'

export interface TextColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
}

const width = (text: string): number => [...stripVTControlCharacters(text)].length

/** Rows under their titles, two blanks apart, numbers to the right; no lines are drawn, so that it can be pasted anywhere. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map((column) => column.title)
  const all = [titles, ...rows]
  const widths = columns.map((_, c) => Math.max(...all.map((row) => width(row[c] ?? ''))))
  const toLine = (row: readonly string[]): string =>
    columns.map((column, c) => pad(row[c] ?? '', widths[c] as number, column.align ?? 'left')).join('  ')
  return all.map((row) => `${toLine(row).trimEnd()}\n`).join('')
}

function pad(text: string, to: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(to - width(text))
  return align === 'left' ? text + blanks : blanks + text
}
