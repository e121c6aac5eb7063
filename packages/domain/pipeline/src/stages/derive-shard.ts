import { deriveSubjects } from '@afferent/metrics'
import {
  compareBytes,
  type Dataset,
  type InForce,
  NO_FINDINGS,
  type ShardResult,
  type StudyFacts,
  type Task,
} from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { settle } from '@afferent/validation'
import { toSubjectPlaces, withPlaces } from '../files/position.ts'

export interface DeriveInput {
  readonly inForce: readonly InForce[]
  /** Subjects to derive, in byte order. */
  readonly subjects: readonly string[]
  readonly study: AnalyticStudy
  readonly facts: StudyFacts
}

/** The task that compute threads load. */
export const DERIVE_SHARD: Task<DeriveInput, ShardResult> = { module: import.meta.url, name: 'deriveShard' }

/** Records of some subjects in all files -> their period metrics and responses. */
export function deriveShard({ inForce, subjects, study, facts }: DeriveInput): ShardResult {
  const settled = settle(inForce, subjects, study, facts)
  const { effects, events } = deriveSubjects(settled, study, facts)
  const byFile = new Map(inForce.map(({ file, dataset }) => [file, dataset]))
  return {
    subjects,
    facts: settled.facts,
    effects,
    events,
    findings: toSubjectPlaces(settled.findings, byFile),
    quarantined: settled.quarantined,
    excluded: settled.excluded,
  }
}

/** Datasets without what derive does not read, with places for lines; posted to threads again and again. */
export function slim(inForce: readonly InForce[]): InForce[] {
  return inForce.map(({ number, file, dataset }) => ({
    number,
    file,
    dataset: withPlaces({ ...dataset, findings: NO_FINDINGS }),
  }))
}

/** Those datasets that hold records of any subject between the first and the last of a slice. */
export function relevantTo(inForce: readonly InForce[], subjects: readonly string[]): InForce[] {
  const first = subjects[0] as string
  const last = subjects.at(-1) as string
  return inForce.filter(({ dataset }) => overlaps(dataset, first, last))
}

function overlaps({ subjects }: Dataset, first: string, last: string): boolean {
  if (subjects.length === 0) return false
  return compareBytes(subjects[0] as string, last) <= 0 && compareBytes(subjects.at(-1) as string, first) >= 0
}
