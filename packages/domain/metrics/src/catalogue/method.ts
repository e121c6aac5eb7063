import type { AnalyticStudy, HeadacheFamily } from '@afferent/study'
import type { CatalogueEntry } from '../windows/measure.ts'

/** METHOD: the presets and rules a value rests on, by the names the study file gives them (R-METH). */
export function methodOf(study: AnalyticStudy, entry: CatalogueEntry): string {
  if (entry.family === 'adherence') return adherenceParts(study, entry.code).join('; ')
  if (entry.family === 'acute' || entry.family === 'cluster') return (entry.method?.(study) ?? []).join('; ')
  const parts = [
    ...(entry.method?.(study) ?? []),
    ...(entry.methodParts?.(study) ?? [...familyParts(study, entry), ...windowParts(study, entry)]),
  ]
  if (isJudged(entry)) parts.push(...responderParts(study))
  return parts.join('; ')
}

/** Whether somebody can be a responder by the parameter. */
function isJudged({ compute, direction }: CatalogueEntry): boolean {
  if (compute.kind === 'points' && !compute.responders && compute.criteria === undefined) return false
  return direction !== 'none' || compute.kind === 'endpoint'
}

export function methodOfValue(study: AnalyticStudy, pooled: boolean): string {
  const { pooledMinObservedFraction } = study.periods
  const pooling = pooled ? [`pooled, observed >= ${pooledMinObservedFraction}`] : []
  return ['as exported', ...pooling, ...responderParts(study)].join('; ')
}

function familyParts(study: AnalyticStudy, entry: CatalogueEntry): string[] {
  const { headache, pain, diary } = study
  if (entry.family === 'headache' && headache !== null) {
    return [
      headache.preset,
      ...headacheParts(headache),
      ...(entry.code.startsWith('MATT') ? [attackPart(headache)] : []),
    ]
  }
  if (entry.family === 'pain' && pain !== null && entry.compute.kind === 'endpoint') {
    return [`ttr.confirm ${pain.ttrConfirmWeeks}`, `sustain.weeks ${pain.sustainWeeks}`]
  }
  if (entry.family !== 'diary') return []
  return [diary.logComplete ? 'diary.logComplete' : 'days with an entry']
}

function headacheParts(family: HeadacheFamily): string[] {
  const parts = [`duration per ${family.durationBasis}`, `features per ${family.featureScope}`]
  if (family.migraineSource === 'patient') parts.push('migraine by patient')
  if (family.probable) parts.push('probable migraine counts')
  return parts
}

function adherenceParts({ adherence, periods }: AnalyticStudy, code: string): string[] {
  const prescribed =
    adherence?.sessionsPerDay == null ? 'as recorded' : `${adherence.sessionsPerDay} a day or as recorded`
  if (code === 'STIMADH') return [`prescribed ${prescribed}`, 'days capped at their prescription']
  const rule = periods.minObserved === null ? periods.missing : `>= ${periods.minObserved} days`
  return [`period ${rule}`, `session of ${adherence?.sessionMinutes ?? 'its own'} min where not recorded`]
}

function attackPart(family: HeadacheFamily): string {
  if (family.attackRule === 'freeDay') return `attacks by free day, maxMissing ${family.maxMissing}`
  return `attacks by gap ${family.gapHours} h, relapse ${family.relapseHours} h`
}

/** Families whose windows METHOD does not name, or whose entries name them themselves. */
const METHOD_OF_ITS_OWN = new Set<CatalogueEntry['family']>(['diary', 'individual', 'response'])

function windowParts(study: AnalyticStudy, entry: CatalogueEntry): string[] {
  const { periods, weeks } = study
  const isWeekly = entry.compute.kind === 'measure' && entry.compute.measure.windows === 'weeks'
  if (isWeekly || (entry.family === 'pain' && entry.compute.kind === 'endpoint')) {
    return [`week >= ${weeks.minObserved} days`]
  }
  if (METHOD_OF_ITS_OWN.has(entry.family)) return []
  const rule = periods.minObserved === null ? periods.missing : `>= ${periods.minObserved} days`
  const parts = [`period ${rule}`, `baseline >= ${periods.baselineMinObserved} days`]
  if (entry.compute.kind === 'pooled') parts.push(`pooled, observed >= ${periods.pooledMinObservedFraction}`)
  return parts
}

const responderParts = (study: AnalyticStudy): string[] => [
  study.responders.missing,
  `zero baseline ${study.responders.zeroBaseline}`,
]
