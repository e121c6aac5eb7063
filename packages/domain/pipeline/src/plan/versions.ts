import type { AnalyticStudy } from '@afferent/study'

/**
 * The computation version: an integer per stage. Raise a stage's number whenever the same input would give other bytes;
 * tests/pipeline/versions.test.ts keeps the hashes of a fixed corpus and fails when they change under an old number.
 */
export const VERSIONS = { validate: 5, derive: 5, summarize: 3, publish: 2 } as const

/** The version as one growing number, for `latest`: an old worker never overwrites what a newer one published. */
export const VERSION_NUMBER =
  VERSIONS.validate * 1e6 + VERSIONS.derive * 1e4 + VERSIONS.summarize * 1e2 + VERSIONS.publish

/** The version as it stands in manifests; names the time-zone data where the study uses a zone. */
export function computationVersion(study: AnalyticStudy, zoneData: string): string {
  const stages = `${VERSIONS.validate}.${VERSIONS.derive}.${VERSIONS.summarize}.${VERSIONS.publish}`
  return study.timezone === null ? stages : `${stages}+tz${zoneData}`
}
