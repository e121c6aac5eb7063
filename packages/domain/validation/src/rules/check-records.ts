import { isPresent, type RecordTable, type RuleId, rrUnitOf } from '@afferent/records'
import { endOfRecord } from '../join/end-of-record.ts'
import { lineOf } from '../join/part.ts'
import { columnOf } from '../settle/file-slice.ts'
import { columnIn, type Fate, fateCode, fileOf, type JudgedRows } from '../settle/judged-rows.ts'

/**
 * Records of RR intervals as a whole: each says whether there was stimulation (`stimulation-unknown`), is in the unit of its
 * study file (`rr-unit`), and holds one recording. Copies that agree are settled like any (R-DUP); of recordings that do not,
 * none can be told to be the right one: all are left out (`record-conflict`), but under `uploads: laterWins` the last upload
 * holds, whole (`superseded`). One finding per record.
 */
export function checkRecords(rows: JudgedRows): void {
  if (rows.name !== 'intervals') return
  const table = rows.table as RecordTable<'intervals'>
  for (let from = 0; from < table.rows; ) {
    const end = endOfRecord(table, from)
    const own = Array.from({ length: end - from }, (_, i) => from + i).filter((row) => rows.fate[row] === 0)
    if (own.length > 0) checkRecord(rows, own)
    from = end
  }
}

function checkRecord(rows: JudgedRows, own: readonly number[]): void {
  const stimulating = columnIn(rows, 'stimulating')
  if (stimulating === undefined || !isPresent(stimulating.valid, own[0])) {
    leaveOut(rows, 'stimulation-unknown', own, 'stimulating', '')
    return
  }
  const kept = settleConflict(rows, own)
  if (kept.length === 0) return
  const rr = columnIn(rows, 'rr')
  const values = Float64Array.from(kept, (row) => rr?.values[row] ?? Number.NaN)
  if (rrUnitOf(values) === 'ms') return
  leaveOut(rows, 'rr-unit', kept, 'rr', unitDetail(rows, kept[0], values))
}

function unitDetail(rows: JudgedRows, row: number, values: Float64Array): string {
  const declared = unitOf(rows, row)
  const written = declared === 's' ? values.map((value) => value / 1000) : values
  const looksLike = rrUnitOf(written)
  return `declared as ${declared}, ${looksLike === null ? 'but neither ms nor s' : `they look like ${looksLike}`}`
}

/** Rows that are left of a record: all but those of recordings that contradict another. */
function settleConflict(rows: JudgedRows, own: readonly number[]): readonly number[] {
  if (!contradicts(rows, own)) return own
  const latest = Math.max(...own.map((row) => fileOf(rows, row).number))
  const last = own.filter((row) => fileOf(rows, row).number === latest)
  if (rows.study.uploads !== 'laterWins' || contradicts(rows, last)) {
    leaveOut(rows, 'record-conflict', own, 'rr', '')
    return []
  }
  leaveOut(
    rows,
    'superseded',
    own.filter((row) => !last.includes(row)),
    'rr',
    '',
  )
  return last
}

/** Whether some interval of a record is there with two values. Rows are sorted by its number. */
function contradicts(rows: JudgedRows, own: readonly number[]): boolean {
  const sequence = columnIn(rows, 'sequence')?.values
  const rr = columnIn(rows, 'rr')?.values
  if (sequence === undefined || rr === undefined) return false
  return own.some((row, i) => i > 0 && sequence[row] === sequence[own[i - 1]] && rr[row] !== rr[own[i - 1]])
}

function leaveOut(
  rows: JudgedRows,
  rule: Fate & RuleId,
  own: readonly number[],
  field: 'rr' | 'stimulating',
  why: string,
): void {
  const code = fateCode(rule)
  for (const row of own) rows.fate[row] = code
  const [first] = own
  const { file, source } = fileOf(rows, first)
  const rr = columnIn(rows, 'rr')
  const written = rr === undefined ? '' : String(rr.values[first] / (unitOf(rows, first) === 's' ? 1000 : 1))
  rows.findings.add({
    rule,
    file,
    line: lineOf(rows.table, first),
    column: columnOf(source, field),
    value: field === 'rr' ? written : '',
    subject: rows.subjects[rows.table.subject[first]],
    detail: [why, `${own.length} intervals, this is the first`].filter((part) => part !== '').join('; '),
  })
}

const unitOf = (rows: JudgedRows, row: number) =>
  fileOf(rows, row).source?.fields.find(({ field }) => field === 'rr')?.unit ?? 'ms'
