import type { AnalyticStudy, HeadacheFamily } from '@afferent/study'
import type { ClusterSchedules } from '../windows/cluster-schedule.ts'

/** Any headache is one, without a migraine test: what days of cluster headache are observed by. */
const ANY_HEADACHE: HeadacheFamily = {
  preset: 'any',
  migraineSource: 'patient',
  durationBasis: 'episode',
  featureScope: 'episode',
  probable: false,
  attackRule: 'gapHours',
  gapHours: 24,
  maxMissing: 1,
  relapseHours: 0,
  nrsCuts: [0, 4, 7],
  sustainPeriods: 3,
  overuseRegular: false,
  overuseOther: null,
}

/**
 * The study with the headache family that its days are judged by: weekly attacks need the days of the diary, also where the
 * study has no headache family of its own.
 */
export const dayStudyOf = (study: AnalyticStudy, cluster: ClusterSchedules | null): AnalyticStudy =>
  study.headache === null && cluster !== null ? { ...study, headache: ANY_HEADACHE } : study
