import type { Row } from './work.ts'

/** What latest.json holds. */
export interface Results {
  readonly machine: string
  readonly date: string
  /** Load average when the run began: others at work on the machine make walls, not answers, unreliable. */
  readonly load: number
  readonly size: 'full' | 'quick'
  readonly results: readonly Row[]
}

interface Column {
  readonly head: string
  readonly cell: (row: Row) => string
  /** Too much for the README. */
  readonly terminalOnly?: true
}

const COLUMNS: readonly Column[] = [
  { head: 'work', cell: ({ work }) => work },
  { head: 'beside', cell: ({ peer }) => peer ?? '' },
  { head: 'target', cell: ({ target }) => target ?? '' },
  { head: 'Afferent', cell: ({ oursS }) => seconds(oursS) },
  { head: 'peer', cell: ({ peerS }) => seconds(peerS) },
  { head: 'ratio', cell: ({ ratio }) => ratio?.toFixed(2) ?? '' },
  { head: 'cpu ratio', cell: cpuRatio, terminalOnly: true },
  { head: 'memory', cell: memory },
  { head: 'met', cell: ({ met }) => (met === null ? '' : met ? 'yes' : 'NO') },
  { head: 'note', cell: ({ note }) => note ?? '' },
]

function seconds(value: number | null): string {
  if (value === null) return ''
  return `${value < 1 ? value.toFixed(3) : value.toFixed(2)} s`
}

function cpuRatio({ oursCpuS, peerCpuS }: Row): string {
  return oursCpuS === null || peerCpuS === null ? '' : (oursCpuS / peerCpuS).toFixed(2)
}

function memory({ oursMb, peerMb }: Row): string {
  if (oursMb === null) return ''
  return peerMb === null ? `${oursMb.toFixed(0)} MB` : `${oursMb.toFixed(0)} / ${peerMb.toFixed(0)} MB`
}

/** The table for a terminal. */
export const terminalTable = (rows: readonly Row[]): string =>
  laid(rows, COLUMNS)
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n')

/** The same for README.md. */
export function markdownTable(rows: readonly Row[]): string {
  const [head, ...lines] = laid(
    rows,
    COLUMNS.filter(({ terminalOnly }) => terminalOnly === undefined),
  ) as [string[], ...string[][]]
  return [head, head.map((cell) => '-'.repeat(cell.length)), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function laid(rows: readonly Row[], columns: readonly Column[]): string[][] {
  const table = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ cell }) => cell(row)))]
  const widths = columns.map((_, i) => Math.max(...table.map((cells) => (cells[i] as string).length)))
  return table.map((cells) => cells.map((cell, i) => cell.padEnd(widths[i] as number)))
}
