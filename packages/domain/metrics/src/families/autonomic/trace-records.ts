import type { Points } from '../../points/points.ts'
import type { MeasuredRecord } from './autonomic.ts'
import type { VisitRecords } from './visit-records.ts'

/**
 * Names the rows behind a value: the first and the last interval of the record that counts, every interval that was removed,
 * and the first of each record that was left. `why`: why the record gives no value.
 */
export function traceRecords(
  points: Points,
  { others }: VisitRecords,
  own: MeasuredRecord | null,
  why: string | null,
): void {
  if (own !== null) traceRecord(points, own, why)
  for (const { from } of others)
    points.leaves('intervals', from, 'another record of the visit counts; this is its first row')
}

function traceRecord(points: Points, { record, series, hrv }: MeasuredRecord, why: string | null): void {
  const { from, to } = record
  const about = [
    `first of ${to - from} intervals`,
    ...[record.posture, record.device].filter((word) => word !== null),
    `${hrv.removed} of ${hrv.intervals} removed`,
    `${hrv.cleanSeconds.toFixed(1)} s clean`,
  ]
  if (why === null) points.uses('intervals', from, about.join(', '))
  else points.leaves('intervals', from, `${about.join(', ')}: ${why}`)
  if (to - from > 1) {
    if (why === null) points.uses('intervals', to - 1, 'last interval of the record')
    else points.leaves('intervals', to - 1, 'last interval of the record')
  }
  for (let i = 0; i < series.rr.length; i++) {
    const row = series.row[i] as number
    if (hrv.accepted[i] !== 1 && row >= 0) points.leaves('intervals', row, 'artefact')
  }
}
