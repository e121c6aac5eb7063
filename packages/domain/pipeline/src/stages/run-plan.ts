import type { ContentId } from '@afferent/ledger'
import { compareBytes, type StudyFacts } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { cutSubjects } from '@afferent/validation'
import type { DatasetManifest } from '../files/dataset-files.ts'
import { type Block, greater, rangesWithin } from '../files/shards.ts'
import { shardNamer } from '../plan/names.ts'
import type { StudyLayout } from './lay-out.ts'

export interface PlannedShard {
  readonly id: ContentId
  readonly from: number
  readonly to: number
  /** The work it means: its records, or the rows that are made of its subjects where these are more. */
  readonly rows: number
  /** A piece of a dataset ends with its last subject. */
  readonly endsPiece?: true
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

/** Rows of adeff that a subject has in any case, records or not: a hundred or so in a trial of three periods. */
const ROWS_PER_SUBJECT = 100

/** Names the shards of a run by the records of their subjects. */
export function planShards(
  layout: StudyLayout,
  datasets: readonly Pick<DatasetManifest, 'subjects' | 'blocks' | 'pieces'>[],
  study: AnalyticStudy,
  digest: (input: Uint8Array | string) => string,
  zoneData: string,
): PlannedShard[] {
  const nameShard = shardNamer(digest, study, zoneData)
  const ends = new Set(datasets.flatMap(({ subjects, pieces }) => pieces.map(({ to }) => subjects[to - 1])))
  return cutSubjects(layout.subjects).map(({ from, to }) => {
    const subjects = layout.subjects.slice(from, to)
    const first = subjects[0] as string
    const last = subjects.at(-1) as string
    const blocks = datasets.flatMap((d) => rangesWithin(d.blocks, d.subjects, first, last))
    const hashes = blocks.map((b) => b.hash).sort(compareBytes)
    const facts = factsThatMatter(layout.facts, study, blocks)
    const id = nameShard({ subjects, facts, blocks: hashes })
    const records = blocks.reduce((sum, b) => sum + b.rows, 0)
    const rows = Math.max(records, subjects.length * ROWS_PER_SUBJECT)
    return { id, from, to, rows, ...(ends.has(last) ? { endsPiece: true } : {}) }
  })
}

/**
 * The study's facts as far as they can change anything for some subjects: labels, such as how many attacks there are, do not. Once the cut lies behind all their windows, the
 * grace for late entries and all their records, it matters no more where it lies: a later day of somebody else recomputes
 * nobody who is done.
 */
function factsThatMatter(
  { attacks: _, ...facts }: StudyFacts,
  study: AnalyticStudy,
  blocks: readonly Block[],
): unknown {
  // Exposure of a subject whose last stimulation nobody knows ends at the cut, wherever that lies.
  if (study.safety !== null) return facts
  let lastDay: number | null = null
  let dayZero: number | null = null
  for (const { extent } of blocks) {
    lastDay = greater(lastDay, extent.lastDay)
    dayZero = greater(dayZero, extent.dayZero)
  }
  const windows = dayZero === null ? null : dayZero + scheduledDays(facts, study) + graceDays(study)
  // Windows of an attack end up to two days after the last thing that is known of it.
  const treats = study.acute !== null || study.cluster !== null
  const ofAttacks = !treats || lastDay === null ? null : lastDay + ATTACK_DAYS + graceDays(study)
  const closed = greater(greater(lastDay, windows), ofAttacks)
  return facts.cut !== null && closed !== null && facts.cut > closed ? { ...facts, cut: 'closed' } : facts
}

/** An attack is followed for 48 h. */
const ATTACK_DAYS = 2
/** Windows of cluster headache that every study of it has: the 28-day phase. */
const CLUSTER_DAYS = 28

/** Days from first treatment to the end of the last window. */
function scheduledDays(facts: StudyFacts, { periods, cluster }: AnalyticStudy): number {
  const last = periods.windows?.reduce((end, window) => Math.max(end, window.to), 0) ?? 0
  return Math.max(last, facts.periods * periods.lengthDays, facts.weeks * 7, cluster === null ? 0 : CLUSTER_DAYS)
}

/** Late entries count for so long after a window; one day more, since a cut is a date and a window ends at midnight. */
const graceDays = ({ diary }: AnalyticStudy): number => Math.ceil(diary.lateHours / 24) + 1
