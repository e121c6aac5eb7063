import { isPresent } from '@afferent/records'
import type { Source } from '@afferent/study'
import { lineOf } from '../join/part.ts'
import { columnOf } from '../settle/file-slice.ts'
import type { JudgedRows } from '../settle/judged-rows.ts'
import { columnIn, fateCode, fileOf } from '../settle/judged-rows.ts'

const PAIN = ['painAvg', 'painWorst', 'painLeast', 'painNow'] as const
type Scale = 'nrs' | 'vas'

/**
 * Pain ratings of a subject on another scale than his earliest one (endpoints.md section 6): the scale of the earliest date
 * of a subject and kind stands, NRS where both fall on it. Rows with ratings on the other are quarantined.
 */
export function checkScales(rows: JudgedRows): void {
  if (rows.name !== 'diary' || rows.origin === null) return
  for (const field of PAIN) {
    const scales = rows.files.map(({ source }) => scaleOf(source, field))
    if (scales.includes('nrs') && scales.includes('vas')) checkField(rows, field, scales)
  }
}

/**
 * Marks the days of ratings in use on the visual scale, for UNITFL, in a study whose sources differ: where all of them use
 * one scale the study file says it.
 */
export function markScales(rows: JudgedRows): void {
  if (rows.name !== 'diary' || rows.day === null) return
  for (const field of PAIN) {
    const scales = rows.study.sources.map((source) => scaleOf(source, field))
    const column = columnIn(rows, field)
    if (column === undefined || !scales.includes('nrs') || !scales.includes('vas')) continue
    for (let row = 0; row < rows.table.rows; row++) {
      if (rows.fate[row] !== 0 || !isPresent(column.valid, row)) continue
      if (scaleOf(fileOf(rows, row).source, field) === 'vas') {
        rows.marks.add(rows.table.subject[row], rows.day[row], MARK_OF[field])
      }
    }
  }
}

const MARK_OF = { painAvg: 'vas.avg', painWorst: 'vas.worst', painLeast: 'vas.least', painNow: 'vas.now' } as const

/** Scale on which a source reports a kind of pain rating; null: it does not. */
function scaleOf(source: Source | null, field: string): Scale | null {
  const mapping = [...(source?.fields ?? []), ...(source?.days ?? [])].find((candidate) => candidate.field === field)
  if (mapping === undefined) return null
  return mapping.unit === 'vas' ? 'vas' : 'nrs'
}

function checkField(rows: JudgedRows, field: string, scales: readonly (Scale | null)[]): void {
  const column = columnIn(rows, field)
  if (column === undefined || rows.origin === null || rows.day === null) return
  for (let s = 0; s < rows.subjects.length; s++) {
    let first: { readonly day: number; readonly scale: Scale } | null = null
    for (let row = rows.starts[s]; row < rows.starts[s + 1]; row++) {
      const scale = scales[rows.origin[row]]
      if (rows.fate[row] !== 0 || scale === null || !isPresent(column.valid, row)) continue
      if (first === null || (rows.day[row] === first.day && scale === 'nrs')) first = { day: rows.day[row], scale }
    }
    for (let row = rows.starts[s]; row < rows.starts[s + 1]; row++) {
      const scale = scales[rows.origin[row]]
      if (first === null || scale === null || scale === first.scale) continue
      if (rows.fate[row] === 0 && isPresent(column.valid, row)) reject(rows, row, field, column.values[row], scale)
    }
  }
}

function reject(rows: JudgedRows, row: number, field: string, value: number, scale: Scale): void {
  const { file, source } = fileOf(rows, row)
  rows.fate[row] = fateCode('scale-change')
  rows.findings.add({
    rule: 'scale-change',
    file,
    line: lineOf(rows.table, row),
    column: columnOf(source, field) || field,
    value: String(scale === 'vas' ? value * 10 : value),
    subject: rows.subjects[rows.table.subject[row]],
    detail: scale === 'vas' ? 'a VAS rating after NRS ones' : 'an NRS rating after VAS ones',
  })
}
