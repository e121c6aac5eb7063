import type { ContentId } from '@afferent/ledger'
import { type AnalyticStudy, canonicalJson, validationPart } from '@afferent/study'
import type { Upload } from './state.ts'
import { computationVersion, VERSIONS } from './versions.ts'

/** Names of what the stages make: the hash of everything that decides it, and of nothing else. */

type Digest = (input: Uint8Array | string) => string

export const nameOf = (digest: Digest, made: unknown): ContentId => `sha256-${digest(canonicalJson(made))}`

/** The version part of a name: a stage's number, and the zone data where the study reads wall clocks. */
const stageVersion = (stage: keyof typeof VERSIONS, study: AnalyticStudy, zoneData: string): string =>
  study.timezone === null ? `${stage}.${VERSIONS[stage]}` : `${stage}.${VERSIONS[stage]}+tz${zoneData}`

/**
 * Names the record tables of uploads under one study file; the study's part is hashed once. The name of the upload counts,
 * because sources are chosen by it and a subject may be read from it; responder cuts, presets and the like do not: changing
 * them validates nothing again.
 */
export function datasetNamer(digest: Digest, study: AnalyticStudy, zoneData: string) {
  const part = digest(canonicalJson([stageVersion('validate', study, zoneData), validationPart(study)]))
  return (upload: Pick<Upload, 'object' | 'name'>): ContentId =>
    nameOf(digest, { part, object: upload.object, name: upload.name })
}

/**
 * A run: uploads in force, the analytic part of the study file and the computation version. The order of uploads counts
 * only where later rows win; their names count because `findings` and the manifest show them.
 */
export function runName(
  digest: Digest,
  study: AnalyticStudy,
  zoneData: string,
  inForce: readonly Pick<Upload, 'object' | 'name'>[],
): ContentId {
  const uploads = inForce.map(({ name, object }) => ({ name, object }))
  return nameOf(digest, { version: computationVersion(study, zoneData), study, uploads })
}

/**
 * Names results of some subjects by their records in every dataset, what the study file asks for, and the study's facts; the
 * study's part is hashed once.
 */
export function shardNamer(digest: Digest, study: AnalyticStudy, zoneData: string) {
  const part = digest(canonicalJson([stageVersion('derive', study, zoneData), derivePart(study)]))
  return (made: {
    readonly subjects: readonly string[]
    readonly facts: unknown
    readonly blocks: readonly string[]
  }): ContentId => nameOf(digest, { part, ...made })
}

/** What `derive` reads of the study file: all but what the other stages alone look at. */
function derivePart(study: AnalyticStudy): unknown {
  const { title: _title, primary: _primary, cohort: _cohort, blinded: _blinded, sources, ...rest } = study
  return { ...rest, sources: sources.map(({ fields, wide, layout, name }) => ({ fields, wide, layout, name })) }
}
