import type { Areason, RecordTable, Settled } from '@afferent/records'
import { type AutonomicFamily, HRV_CODES, type HrvCode, hrvParameter, toStudyDay } from '@afferent/study'
import { type Hrv, type HrvReason, heartRateVariability } from '../../autonomic/heart-rate-variability.ts'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { RowRanges } from '../../windows/row-ranges.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { Family, FamilyReader, SubjectAtHand } from '../family.ts'
import { stateReason } from '../questionnaires/visit-rows.ts'
import { HRV_ENTRIES } from './hrv-entries.ts'
import { HRV_WHY, measureOf, toAreason } from './hrv-values.ts'
import { type RrRecord, type RrSeries, recordsOf, seriesOf } from './rr-records.ts'
import { traceRecords } from './trace-records.ts'
import { recordsByVisit, type VisitRecords } from './visit-records.ts'

/** Heart rate variability per visit (endpoints.md section 8). */
export const autonomic: Family = {
  name: 'autonomic',
  entries: HRV_ENTRIES,
  open: (plan, settled) =>
    plan.study.autonomic === null ? null : new AutonomicReader(plan, settled, plan.study.autonomic),
}

/** A record with what was made of it. */
export interface MeasuredRecord {
  readonly record: RrRecord
  readonly series: RrSeries
  readonly hrv: Hrv
}

/** Clean seconds below which a record is an ultra-short one; the frequency domain needs them. */
const STANDARD_SECONDS = 240
/** R-NUM. */
const TOLERANCE = 1e-9

const isStandard = ({ hrv }: MeasuredRecord): boolean => hrv.cleanSeconds >= STANDARD_SECONDS - TOLERANCE

/** In what two records differ that are then never compared; null: in nothing. */
export function difference(a: MeasuredRecord, b: MeasuredRecord): string | null {
  const told = (word: string | null): string => word ?? 'not told'
  for (const name of ['posture', 'device'] as const) {
    if (a.record[name] !== b.record[name])
      return `${name} ${told(a.record[name])}, at the visit ${told(b.record[name])}`
  }
  if (isStandard(a) === isStandard(b)) return null
  return isStandard(a) ? 'at least 4 min clean, at the visit less' : 'less than 4 min clean, at the visit at least that'
}

class AutonomicReader implements FamilyReader {
  private readonly plan: Plan
  private readonly family: AutonomicFamily
  private readonly table: Settled['intervals']
  private readonly rows: RowRanges

  constructor(plan: Plan, settled: Settled, family: AutonomicFamily) {
    this.plan = plan
    this.family = family
    this.table = settled.intervals
    this.rows = new RowRanges(settled.intervals)
  }

  read(at: SubjectAtHand, points: Points): void {
    this.rows.advance(at.subject)
    const records = recordsOf(this.table, this.rows)
    for (const stimulation of this.family.stimulation) {
      const visits = recordsByVisit(this.plan, records, stimulation === 'on', at.zero)
      const measured = visits.map(({ chosen }) => this.measure(chosen))
      for (const code of HRV_CODES) {
        const place = this.plan.effectCodes.indexOf(hrvParameter(code, stimulation))
        if (place >= 0) this.write(at, points, code, place, visits, measured)
      }
    }
  }

  private measure(record: RrRecord | null): MeasuredRecord | null {
    if (record === null) return null
    const series = seriesOf(this.table as RecordTable<'intervals'>, record)
    return { record, series, hrv: heartRateVariability(series.rr) }
  }

  private write(
    at: SubjectAtHand,
    points: Points,
    code: HrvCode,
    place: number,
    visits: readonly VisitRecords[],
    measured: readonly (MeasuredRecord | null)[],
  ): void {
    const base = measured[0] ?? null
    this.plan.visits.spans.forEach(({ visit, from, to }, w) => {
      const state = at.pass.visitStates[w] as number
      if ((state & WINDOW.scheduled) === 0) return
      const own = measured[w] ?? null
      const found = own === null ? null : measureOf(own.hrv, code)
      const why =
        stateReason(state) ?? (found === null ? missing(at, w) : found.why === null ? null : toAreason(found.why))
      if (why === null && found !== null) points.add(place, visit, found.value)
      else points.none(place, visit, why as Areason)
      points.window(toStudyDay(from), toStudyDay(to))
      const unlike = w > 0 && own !== null && base !== null ? difference(base, own) : null
      if (unlike !== null) points.unlikeBaseline()
      if (own !== null && why !== 'NOT_REACHED') {
        if (own.record.day !== null && at.zero !== null) points.on(toStudyDay(own.record.day - at.zero))
        if (own.hrv.ultraShort && why === null) points.flag('ULTRAFL', 'Y')
        if (own.hrv.corrected) points.flag('CORRFL', 'Y')
      }
      if (points.trace !== null) {
        traceRecords(points, visits[w] as VisitRecords, own, why === null ? null : inWords(why, found?.why ?? null))
        if (unlike !== null && base !== null) {
          points.leaves('intervals', base.record.from, `baseline record, not compared: ${unlike}`)
        }
      }
    })
  }
}

const inWords = (why: Areason, measure: HrvReason | null): string => {
  if (why === 'NOT_REACHED') return 'the window is not over'
  return why === 'DISCONTINUED' || measure === null ? 'the subject had left' : HRV_WHY[measure]
}

const missing = ({ zero }: SubjectAtHand, w: number): Areason => {
  if (zero === null) return 'NOT_EVALUABLE'
  return w === 0 ? 'NO_BASELINE' : 'MISSING_ITEMS'
}
