import type { Subjects } from '../linear-algebra/design.ts'
import { type AnalysisContext, adjustmentOf, comparedWith, hasAdjustment } from './analysis-context.ts'
import type { MemberValues } from './estimand-data.ts'

/** The subjects of one model: a visit, the arms that have one reference, and the members who have all it needs. */
export interface ModelGroup {
  readonly at: MemberValues
  /** Members of the data, by place. */
  readonly members: Int32Array
  /** Positions of the arms, the reference first: code 0 of `subjects`. */
  readonly places: readonly number[]
  readonly names: readonly string[]
  readonly subjects: Subjects
  /** How many members each arm has. */
  readonly sizes: readonly number[]
}

/** Every model that an analysis asks for. `isUsable`: whether a member has an outcome at a visit. */
export function modelGroups(
  context: AnalysisContext,
  withBase: boolean,
  isUsable: (m: number, at: MemberValues) => boolean,
): ModelGroup[] {
  const { analysis, data, arms } = context
  const asked = data.visits.filter(({ visit }) => analysis.visits.includes(visit))
  return asked.flatMap((at) =>
    comparedWith(context).map(({ reference, arms: compared }): ModelGroup => {
      const places = [reference, ...compared].map(arms.placeOf)
      const has = (m: number): boolean =>
        places.includes(data.arm[m] as number) && isUsable(m, at) && hasAdjustment(context, m, withBase)
      const members = Int32Array.from([...data.members.keys()].filter(has))
      const arm = Int32Array.from(members, (m) => places.indexOf(data.arm[m] as number))
      const subjects = { arm, arms: places.length, reference: 0, ...adjustmentOf(context, members, withBase) }
      return {
        at,
        members,
        places,
        names: places.map((place) => arms.names[place - 1] as string),
        subjects,
        sizes: places.map((_, a) => arm.reduce((n, own) => n + (own === a ? 1 : 0), 0)),
      }
    }),
  )
}
