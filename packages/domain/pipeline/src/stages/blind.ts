import { type ShardResult, type StudyFacts, unknownFacts } from '@afferent/records'
import { type Study, withoutArms } from '@afferent/study'

/**
 * The wall of a blinded study. It stands between `derive`, which knows the arms, and everything that is published: tables,
 * study file, manifest, methods and page are made of what passes here, so that none of them can tell arms apart. Shards in
 * the vault keep the arms; unblinding is a change of the study file and makes new runs.
 */
export interface Shown {
  readonly study: Study
  readonly facts: StudyFacts
  /** A shard as it may be published. */
  readonly shard: (shard: ShardResult) => ShardResult
}

export function blind(study: Study, facts: StudyFacts): Shown {
  if (!study.analytic.blinded) return { study, facts, shard: (shard) => shard }
  return {
    study: { ...study, analytic: withoutArms(study.analytic) },
    facts: { ...facts, treatments: [] },
    shard: withoutTreatments,
  }
}

/** Allocation, treatment received and guesses of it are unknown; so is the treatment of a phase. */
function withoutTreatments(shard: ShardResult): ShardResult {
  const unknown = unknownFacts(shard.subjects.length)
  const { arm, treated, guess } = unknown
  const TRT = unknownFacts(shard.effects.rows).arm
  return {
    ...shard,
    facts: { ...shard.facts, arm, treated, guess },
    effects: { ...shard.effects, columns: { ...shard.effects.columns, TRT } },
  }
}
