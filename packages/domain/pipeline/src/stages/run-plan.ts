import type { ContentId } from '@afferent/ledger'
import { compareBytes, type Findings, type InForce, type StudyFacts } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { studyFacts, subjectsOf } from '@afferent/validation'
import { type Block, blocksWithin, cutSubjects } from '../files/shards.ts'
import { shardName } from '../plan/names.ts'

/** What only all datasets together can tell, and how the work is cut. */
export interface StudyLayout {
  readonly subjects: readonly string[]
  readonly facts: StudyFacts
  readonly findings: Findings
}

export function layOutStudy(inForce: readonly InForce[], study: AnalyticStudy): StudyLayout {
  return { subjects: subjectsOf(inForce), ...studyFacts(inForce, study) }
}

export interface PlannedShard {
  readonly id: ContentId
  readonly from: number
  readonly to: number
  readonly rows: number
}

/** `plans/<run>/plan.json`: all that derive and publish need to know about a run. */
export interface RunPlan {
  readonly subjects: readonly string[]
  readonly facts: StudyFacts
  readonly uploads: readonly {
    readonly number: number
    readonly name: string
    readonly object: ContentId
    readonly size: number
    readonly dataset: ContentId
  }[]
  readonly shards: readonly PlannedShard[]
}

/** Names the shards of a run by the records of their subjects. */
export function planShards(
  layout: StudyLayout,
  datasets: readonly { readonly subjects: readonly string[]; readonly blocks: readonly Block[] }[],
  study: AnalyticStudy,
  digest: (input: Uint8Array | string) => string,
  zoneData: string,
): PlannedShard[] {
  return cutSubjects(layout.subjects).map(({ from, to }) => {
    const subjects = layout.subjects.slice(from, to)
    const first = subjects[0] as string
    const last = subjects.at(-1) as string
    const blocks = datasets.flatMap((d) => blocksWithin(d.blocks, d.subjects, first, last))
    const hashes = blocks.map((b) => b.hash).sort(compareBytes)
    const id = shardName(digest, study, zoneData, { subjects, facts: layout.facts, blocks: hashes })
    return { id, from, to, rows: blocks.reduce((sum, b) => sum + b.rows, 0) }
  })
}
