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

const HEAD = ['work', 'beside', 'target', 'Afferent', 'peer', 'ratio', 'memory', 'met', 'note']

const seconds = (value: number | null): string => {
  if (value === null) return ''
  return `${value < 1 ? value.toFixed(3) : value.toFixed(2)} s`
}
const memory = ({ oursMb, peerMb }: Row): string => {
  if (oursMb === null) return ''
  return peerMb === null ? `${oursMb.toFixed(0)} MB` : `${oursMb.toFixed(0)} / ${peerMb.toFixed(0)} MB`
}

const cellsOf = (row: Row): string[] => [
  row.work,
  row.peer ?? '',
  row.target ?? '',
  seconds(row.oursS),
  seconds(row.peerS),
  row.ratio === null ? '' : row.ratio.toFixed(2),
  memory(row),
  row.met === null ? '' : row.met ? 'yes' : 'NO',
  row.note ?? '',
]

/** The table for a terminal. */
export const terminalTable = (rows: readonly Row[]): string => laid(rows, '  ', false)
/** The same for README.md. */
export const markdownTable = (rows: readonly Row[]): string => laid(rows, ' | ', true)

function laid(rows: readonly Row[], between: string, markdown: boolean): string {
  const cells = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, i) => Math.max(...cells.map((row) => (row[i] as string).length)))
  if (markdown)
    cells.splice(
      1,
      0,
      widths.map((width) => '-'.repeat(width)),
    )
  return cells
    .map((row) => {
      const line = row.map((cell, i) => cell.padEnd(widths[i] as number)).join(between)
      return markdown ? `| ${line} |` : line.trimEnd()
    })
    .join('\n')
}
