import type { Complaints } from '../parse/complaints.ts'
import { printPath } from '../parse/issue.ts'
import { givesField } from '../parse/resolve-source.ts'
import type { Source } from '../source.ts'
import type { AnalyticStudy } from '../study.ts'

/** Treated attacks and cluster headache: one scale of pain, sources that feed them, the stratum that cluster headache needs. */
export function checkAttacks(study: AnalyticStudy, complaints: Complaints): void {
  const { acute, cluster, sources } = study
  if (acute !== null && cluster !== null) {
    const says = 'pain is 0 to 3 in the one and 0 to 4 in the other; set one of them to none'
    complaints.error(['cluster'], `acute and cluster exclude each other: ${says}`, 'name')
  }
  if (acute !== null) checkFed('acute', isAttacks, 'layout attacks', sources, complaints)
  if (cluster?.preset === 'attacks') checkFed('cluster', isAttacks, 'layout attacks', sources, complaints)
  else if (cluster !== null) checkFed('cluster', isTimed, 'layout attacks or episodes', sources, complaints)
  if (cluster !== null && !sources.some((source) => givesField(source, 'clusterType'))) {
    const says = 'episodic and chronic cluster headache are a stratum (a constant will do: { constant: chronic })'
    complaints.error(['cluster'], `cluster: no source maps clusterType; ${says}`, 'name')
  }
  checkPain(study, complaints)
  checkScale(study, complaints)
  checkUsed(study, complaints)
}

const isAttacks = ({ layout }: Source): boolean => layout === 'attacks'
const isTimed = ({ layout }: Source): boolean => layout === 'attacks' || layout === 'episodes'

function checkFed(
  family: 'acute' | 'cluster',
  feeds: (source: Source) => boolean,
  needed: string,
  sources: readonly Source[],
  complaints: Complaints,
): void {
  const feeding = sources.filter(feeds)
  if (feeding.length === 0) {
    const says = `no source has ${needed}; add one, or set ${family}: none`
    complaints.error([family], `${family} is to be computed, but ${says}`, 'name')
  }
}

/** Pain at t0 decides whether an attack is evaluated. */
function checkPain({ acute, cluster, sources }: AnalyticStudy, complaints: Complaints): void {
  if (acute === null && cluster?.preset !== 'attacks') return
  for (const [i, source] of sources.entries()) {
    if (!isAttacks(source) || source.fields.some(({ field }) => field === 'pain')) continue
    const at = ['sources', i, 'columns', 'pain']
    complaints.warn(at, `${printPath(at)} is missing: without pain at t0 no treated attack can be evaluated`, 'name')
  }
}

/** Very severe pain (4) exists in cluster headache alone; severity is 0-3 wherever headache days are computed from it. */
function checkScale({ cluster, headache, sources }: AnalyticStudy, complaints: Complaints): void {
  for (const [i, { fields, cells }] of sources.entries()) {
    for (const { field, values } of [...fields, ...cells]) {
      if (field !== 'pain' && field !== 'severity') continue
      if (cluster !== null && (field === 'pain' || headache === null)) continue
      if (!Object.values(values ?? {}).includes('4')) continue
      const at = ['sources', i, 'columns', field]
      complaints.error(at, `${printPath(at)}: ${field} 4 (very severe) is on the scale of cluster headache alone`)
    }
  }
}

function checkUsed({ acute, cluster, sources }: AnalyticStudy, complaints: Complaints): void {
  const i = sources.findIndex(isAttacks)
  if (i < 0 || acute !== null || cluster !== null) return
  const at = ['sources', i, 'layout']
  complaints.warn(at, `${printPath(at)}: attacks are read, but neither acute nor cluster is on: they are not used`)
}
