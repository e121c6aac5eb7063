import type { ReliableChangeNorm } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import { type Course, type CourseVisit, visitOf } from '../../courses/course.ts'
import { reliableChange } from '../../individual/reliable-change.ts'
import { responseClass } from '../../individual/response-class.ts'
import type { Points } from '../../points/points.ts'
import { meetsCut } from '../../responses/response.ts'
import type { FamilyReader, SubjectAtHand } from '../family.ts'
import { isEarly, isSustainedAt, type Responses } from './attributes.ts'
import { codeIn } from './individual-entries.ts'
import { type Source, sourceOf } from './source.ts'

const CLASS_VALUES = { worsened: -1, 'no change': 0, minimal: 1, moderate: 2, substantial: 3 } as const

/** RCI and RSPCLASS: every visit of a parameter against its baseline. */
export class JudgedVisits implements FamilyReader {
  private readonly source: Source
  private readonly norm: ReliableChangeNorm | null
  private readonly change: number
  private readonly classes: number

  constructor(plan: Plan, source: Source, slot: number) {
    this.source = source
    this.norm = plan.study.individual?.reliableChange[source.code] ?? null
    this.change = plan.effectCodes.indexOf(codeIn('RCI', slot))
    this.classes = plan.effectCodes.indexOf(codeIn('RSPCLASS', slot))
  }

  read({ courses }: SubjectAtHand, points: Points): void {
    const course = courses.of(this.source.code)
    if (course === null) this.writeNothing(points)
    else this.writeCourse(course, points)
  }

  private writeCourse(course: Course, points: Points): void {
    const base = visitOf(course, 0)
    const after = course.visits.filter(({ visit }) => visit !== 0)
    const responses = after.map((at) => this.isResponse(base, at))
    for (const [k, at] of after.entries()) {
      if (this.change >= 0) this.writeChange(points, base, at)
      if (this.classes >= 0) this.writeClass(points, base, at, responses, k)
    }
  }

  /** A parameter with several phases has no single course. */
  private writeNothing(points: Points): void {
    for (const place of [this.change, this.classes].filter((known) => known >= 0)) {
      for (const [visit] of this.source.visits) {
        if (visit === 0) continue
        points.none(place, visit, 'NOT_EVALUABLE')
        points.flag('SRCPARM', this.source.code)
      }
    }
  }

  private isResponse(base: CourseVisit | null, at: CourseVisit): boolean | null {
    if (base === null || base.reason !== null || base.numerator === 0 || at.reason !== null) return null
    const { cut, higherIsBetter } = this.source
    return meetsCut(base.numerator, base.denominator, at.numerator, at.denominator, cut, higherIsBetter)
  }

  private reliable(base: CourseVisit | null, at: CourseVisit) {
    if (this.norm === null || base === null || base.reason !== null || at.reason !== null) return null
    return reliableChange(at.value - base.value, this.norm.sd, this.norm.r, !this.source.higherIsBetter)
  }

  private writeChange(points: Points, base: CourseVisit | null, at: CourseVisit): void {
    const found = this.reliable(base, at)
    if (found === null) points.none(this.change, at.visit, at.reason ?? 'NO_BASELINE')
    else {
      points.add(this.change, at.visit, found.index)
      points.word(found.kind)
    }
    this.writePlace(points, at)
  }

  private writeClass(points: Points, base: CourseVisit | null, at: CourseVisit, responses: Responses, k: number): void {
    const { higherIsBetter, isRating, isWeekly, sustainVisits } = this.source
    const by = isRating ? 'percent-or-points' : 'percent'
    const hasBase = base !== null && base.reason === null
    const found =
      hasBase && at.reason === null
        ? responseClass(base.numerator, base.denominator, at.numerator, at.denominator, higherIsBetter, by)
        : null
    if (found === null) {
      points.none(this.classes, at.visit, at.reason ?? (hasBase ? 'NOT_EVALUABLE' : 'NO_BASELINE'))
      this.writePlace(points, at)
      return
    }
    points.add(this.classes, at.visit, CLASS_VALUES[found])
    points.word(found)
    this.writePlace(points, at)
    const sustained = isSustainedAt(responses, k, sustainVisits)
    if (sustained !== null) points.flag('SUSTFL', sustained ? 'Y' : 'N')
    points.flag('EARLYFL', isEarly(responses, isWeekly) ? 'Y' : 'N')
    const reliable = this.reliable(base, at)
    if (reliable !== null) points.flag('RELFL', reliable.kind === 'improvement' ? 'Y' : 'N')
  }

  private writePlace(points: Points, at: CourseVisit): void {
    const { code } = this.source
    points.window(at.from, at.to).flag('SRCPARM', code).restsOn(code, 0).restsOn(code, at.visit)
  }
}

export function judgedVisitsOf(plan: Plan): FamilyReader[] {
  return (plan.study.individual?.parameters ?? []).flatMap((code, slot) => {
    const source = sourceOf(plan, code)
    return source === null ? [] : [new JudgedVisits(plan, source, slot)]
  })
}
