import { toStudyDay } from '@afferent/study'
import type { CatalogueEntry, Plan, Planned } from '../catalogue/entry.ts'
import type { Points } from '../points/points.ts'
import { pointsOf, reasonOf as reasonOfPoint } from '../points/write-points.ts'
import { reasonOf } from '../rows/measure-rows.ts'
import { denominatorOf, isCount } from '../rows/value-rows.ts'
import type { Measure } from '../windows/measure.ts'
import { QUANTITIES } from '../windows/quantities.ts'
import type { Span } from '../windows/schedule.ts'
import type { SubjectPass } from '../windows/subject-pass.ts'
import type { ValuePass } from '../windows/value-pass.ts'
import { WINDOW } from '../windows/window-state.ts'
import type { Course, CourseVisit } from './course.ts'

/**
 * Reads the course of any parameter of the subject at hand, so that endpoints over several parameters or visits need not
 * know where a value comes from. Made anew by each call: families ask for the few they rest on.
 */
export class Courses {
  private readonly plan: Plan
  private readonly pass: SubjectPass
  private readonly values: ValuePass
  private readonly points: Points
  private readonly byCode: ReadonlyMap<string, Planned>

  constructor(plan: Plan, pass: SubjectPass, values: ValuePass, points: Points) {
    this.plan = plan
    this.pass = pass
    this.values = values
    this.points = points
    this.byCode = new Map(
      plan.planned.filter(({ table }) => table === 'adeff').map((planned) => [planned.code, planned]),
    )
  }

  /** Null: the study does not compute the parameter, or it has no course (several phases, pooled values, yes/no). */
  of(code: string): Course | null {
    const planned = this.byCode.get(code)
    if (planned === undefined) return null
    if (planned.value !== null) return this.ofExported(planned, planned.value)
    const entry = planned.entry as CatalogueEntry
    const higherIsBetter = entry.direction === 'higher-is-better'
    if (entry.compute.kind === 'measure') {
      return { code, higherIsBetter, visits: this.ofMeasure(entry.compute.measure, planned) }
    }
    if (entry.compute.kind !== 'points') return null
    return { code, higherIsBetter, visits: this.ofPoints(planned) }
  }

  private ofMeasure(measure: Measure, planned: Planned): CourseVisit[] {
    const { plan, pass } = this
    const weekly = measure.windows === 'weeks'
    const { spans } = weekly ? plan.weeks : plan.periods
    const states = weekly ? pass.weekStates : pass.periodStates
    const totals = weekly ? pass.weekTotals : pass.periodTotals
    const never = planned.never ?? (pass.zero === null ? 'NOT_EVALUABLE' : null)
    const visits: CourseVisit[] = []
    for (let w = 0; w < spans.length; w++) {
      const state = states[w] as number
      if ((state & WINDOW.scheduled) === 0) continue
      const { visit, from, to, minObserved } = spans[w] as Span
      const at = w * QUANTITIES
      const numerator = totals[at + measure.numerator] as number
      const denominator = totals[at + measure.denominator] as number
      const observed = totals[at + measure.observed] as number
      const reason = reasonOf(state, never, measure, observed, minObserved, denominator, w === 0)
      const value = reason === null ? (measure.scale * numerator) / denominator : Number.NaN
      visits.push({ visit, value, numerator, denominator, reason, from: toStudyDay(from), to: toStudyDay(to) })
    }
    return visits
  }

  private ofPoints(planned: Planned): CourseVisit[] {
    const { points } = this
    return pointsOf(points, planned.place)
      .filter((at) => points.phase[at] === -1)
      .map((at) => {
        const reason = reasonOfPoint(points, at, planned.never)
        return {
          visit: points.visit[at] as number,
          value: reason === null ? (points.value[at] as number) : Number.NaN,
          numerator: points.numerator[at] as number,
          denominator: points.denominator[at] as number,
          reason,
          from: points.from[at] as number,
          to: points.to[at] as number,
        }
      })
  }

  private ofExported({ code }: Planned, { parameter, index, pooled }: NonNullable<Planned['value']>): Course | null {
    if (pooled || this.values.slots > 1) return null
    const scale = isCount(parameter) ? (parameter.perDays as number) : 1
    const visits = parameter.visits.map(({ visit }, place): CourseVisit => {
      const numerator = this.values.valueAt(0, index, place)
      const denominator = denominatorOf(parameter, place)
      const reason = Number.isNaN(numerator) ? (visit === 0 ? 'NO_BASELINE' : 'MISSING_ITEMS') : null
      const value = (scale * numerator) / denominator
      return { visit, value, numerator, denominator, reason, from: Number.NaN, to: Number.NaN }
    })
    return { code, higherIsBetter: parameter.direction === 'higher-is-better', visits }
  }
}
