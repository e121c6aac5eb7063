import type { Arm, ResolvedOptions } from './options.ts'
import type { Person } from './person.ts'
import type { ParameterTruth, Part } from './scenario.ts'

/** What is true of one simulated subject, before days are drawn. */
export interface SubjectTruth {
  readonly subject: string
  readonly arm: Arm
  /** Rate before and under treatment, in `Truth.unit`. */
  readonly baseline: number
  readonly treated: number
  readonly responder: boolean
  /** Study day of leaving, or null. */
  readonly leaves: number | null
  /** Expected values of parameters, by visit. */
  readonly parameters: readonly ParameterTruth[]
}

export interface ArmTruth {
  readonly arm: Arm
  readonly subjects: number
  readonly baseline: number
  readonly change: number
  readonly responders: number
  /** Means of the expected values over the subjects who have one. */
  readonly parameters: readonly ArmParameterTruth[]
}

export interface ArmParameterTruth extends ParameterTruth {
  readonly subjects: number
}

export function subjectTruth(person: Person, parts: readonly Part[], options: ResolvedOptions): SubjectTruth {
  const { id, arm, baseline, treated, responder, leaves, lastStudyDay } = person
  return {
    subject: id,
    arm,
    baseline,
    treated,
    responder,
    leaves: leaves ? lastStudyDay : null,
    parameters: parts.flatMap(({ truths }) => truths?.(person, options) ?? []),
  }
}

export function armTruth(arm: Arm, truths: Iterable<SubjectTruth>): ArmTruth {
  let subjects = 0
  let baseline = 0
  let change = 0
  let responders = 0
  const sums = new Map<string, { parameter: string; visit: number | null; value: number; subjects: number }>()
  for (const truth of truths) {
    if (truth.arm !== arm) continue
    subjects++
    baseline += truth.baseline
    change += truth.treated - truth.baseline
    if (truth.responder) responders++
    for (const { parameter, visit, value } of truth.parameters) {
      const key = `${parameter} ${visit}`
      const sum = sums.get(key) ?? { parameter, visit, value: 0, subjects: 0 }
      sums.set(key, { ...sum, value: sum.value + value, subjects: sum.subjects + 1 })
    }
  }
  const mean = (sum: number): number => (subjects === 0 ? 0 : sum / subjects)
  return {
    arm,
    subjects,
    baseline: mean(baseline),
    change: mean(change),
    responders,
    parameters: [...sums.values()].map((sum) => ({ ...sum, value: sum.value / sum.subjects })),
  }
}
