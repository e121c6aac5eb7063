import type { Settled } from '@afferent/records'
import type { Plan } from './catalogue/entry.ts'
import { Courses } from './courses/courses.ts'
import { FAMILIES } from './families/families.ts'
import type { FamilyReader } from './families/family.ts'
import { Points, type Trace } from './points/points.ts'
import { SubjectPass } from './windows/subject-pass.ts'
import { ValuePass } from './windows/value-pass.ts'

/**
 * Everything that is known about one subject at a time: its windows and days, the values its exports summarised, and the
 * points of the families, each read once. Subjects come in ascending order; scratch is kept from subject to subject.
 */
export class SubjectReader {
  readonly plan: Plan
  readonly pass: SubjectPass
  readonly values: ValuePass
  readonly points: Points
  private readonly settled: Settled
  /** Opened when the first subject is read: counting rows needs none. */
  private families: readonly FamilyReader[] | null = null
  private readonly courses: Courses
  private readonly needsDays: boolean

  constructor(plan: Plan, settled: Settled, trace: Trace | null = null) {
    this.plan = plan
    this.pass = new SubjectPass(plan, settled)
    this.values = new ValuePass(plan, settled)
    this.points = new Points(trace)
    this.courses = new Courses(plan, this.pass, this.values, this.points)
    this.settled = settled
    this.needsDays = plan.planned.some(({ entry }) => entry !== null)
  }

  get subject(): number {
    return this.pass.subject
  }

  /** Places the windows of a subject without reading its diary. */
  place(subject: number): void {
    this.pass.place(subject)
    if (this.plan.study.values !== null) this.values.read(subject)
  }

  read(subject: number): void {
    this.place(subject)
    if (this.needsDays) this.pass.read()
    this.points.clear()
    this.families ??= FAMILIES.flatMap((family) => family.open(this.plan, this.settled) ?? [])
    const { pass, courses, points } = this
    for (const family of this.families) family.read({ subject, zero: pass.zero, pass, courses }, points)
  }
}
