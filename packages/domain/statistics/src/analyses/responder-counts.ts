import type { Parameter, ShardResult } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { Arms } from '../arms.ts'
import { ANSWERS } from '../rows/parameter-sample.ts'
import { cohortSubjects } from './cohort-subjects.ts'
import { parameterValues } from './parameter-values.ts'

/** Responders of an arm among its subjects whose response is known or counts as none. */
export interface ArmResponse {
  /** Code of the study file. */
  readonly arm: string
  readonly responders: number
  readonly subjects: number
}

/** Responders by arm as allocated, at one visit, for one reduction in percent. */
export function responderCounts(
  study: AnalyticStudy,
  parameter: Parameter,
  visit: number,
  cut: number,
  shards: readonly ShardResult[],
): readonly ArmResponse[] {
  const arms = new Arms(study, [])
  const subjects = cohortSubjects(study, shards, arms)
  const column = ANSWERS[(parameter.cuts ?? study.responders.cuts).indexOf(cut)]
  if (column === undefined) throw new Error(`${parameter.code} has no criterion of ${cut} %`)
  const [at] = parameterValues(parameter.code, [visit], column, shards, subjects)
  return study.arms.map(({ code }, k) => {
    let [responders, known] = [0, 0]
    for (let s = 0; s < subjects.count; s++) {
      const answer = at?.answer[s] as number
      if (subjects.allocated[s] !== k + 1 || answer === 0) continue
      known++
      if (answer === 2) responders++
    }
    return { arm: code, responders, subjects: known }
  })
}
