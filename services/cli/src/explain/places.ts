import type { SourceRow } from '@afferent/pipeline'
import { printable } from '../printable.ts'

/** Rows of files as text, rows that follow each other as a range: `diary.csv:3-9, 12 (not used: duplicate-copy)`. */
export function placesInWords(sources: readonly SourceRow[], most: number = Number.POSITIVE_INFINITY): string {
  const ranges = toRanges(sources)
  const shown = ranges.slice(0, most)
  const left = ranges.slice(most).reduce((sum, { from, to }) => sum + to - from + 1, 0)
  let file = ''
  const words = shown.map((range) => {
    const name = range.file === file ? '' : `${printable(range.file)}:`
    file = range.file
    const lines = range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`
    return `${name}${lines}${range.why === '' ? '' : ` (${range.why})`}`
  })
  if (left > 0) words.push(`and ${left} more`)
  return words.join(', ')
}

interface LineRange {
  readonly file: string
  readonly from: number
  to: number
  readonly why: string
}

function toRanges(sources: readonly SourceRow[]): LineRange[] {
  const ranges: LineRange[] = []
  for (const { file, line, used, why } of sources) {
    const says = used ? '' : `not used: ${why ?? 'a copy'}`
    const last = ranges.at(-1)
    if (last?.file === file && last.why === says && last.to === line) continue
    if (last?.file === file && last.why === says && last.to + 1 === line) last.to = line
    else ranges.push({ file, from: line, to: line, why: says })
  }
  return ranges
}
