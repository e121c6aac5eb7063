import { ABOVE, BELOW, isPresent, MEASURED, type RecordTable } from '@afferent/records'
import type { LaboratoryFamily } from '@afferent/study'
import type { RowRanges } from '../../windows/row-ranges.ts'
import type { Schedule } from '../../windows/schedule.ts'
import { visitPlaceOf } from '../../windows/visit-of.ts'
import { belowLimit } from './below-limit.ts'

/** A result at a visit, as it is analysed. */
export interface VisitResult {
  readonly row: number
  readonly value: number
  readonly below: boolean
  readonly above: boolean
  /** Distance from day 1; null: the export names the visit alone. */
  readonly day: number | null
}

/** Results of one subject by analyte and place in the schedule, in the order they were taken. */
export function resultsByVisit(
  table: RecordTable<'measurements'> | null,
  rows: RowRanges,
  zero: number | null,
  schedule: Schedule,
  blq: LaboratoryFamily['blq'],
): ReadonlyMap<string, readonly (readonly VisitResult[])[]> {
  const found = new Map<string, VisitResult[][]>()
  const { analyte, value, day, visit, quantified } = table?.columns ?? {}
  if (analyte === undefined || value === undefined) return found
  for (let row = rows.from; row < rows.to; row++) {
    if (!isPresent(analyte.valid, row) || !isPresent(value.valid, row)) continue
    const at =
      day !== undefined && isPresent(day.valid, row) && zero !== null ? (day.values[row] as number) - zero : null
    const named = visit !== undefined && isPresent(visit.valid, row) ? (visit.values[row] as number) : null
    const place = visitPlaceOf(schedule, named, at)
    if (place < 0) continue
    const code = analyte.dictionary[analyte.values[row] as number] as string
    const visits = found.get(code) ?? schedule.spans.map(() => [])
    found.set(code, visits)
    const side = quantified === undefined ? MEASURED : (quantified.values[row] as number)
    const written = value.values[row] as number
    visits[place]?.push({
      row,
      value: side === BELOW ? belowLimit(written, blq) : written,
      below: side === BELOW,
      above: side === ABOVE,
      day: at,
    })
  }
  return found
}
