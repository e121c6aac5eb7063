import { type Findings, FindingsBuilder, findingAt, type RuleId } from '@afferent/records'
import { type AnalyticStudy, armColumns } from '@afferent/study'

const ABOUT_ARMS: ReadonlySet<RuleId> = new Set(['arm-unknown', 'guess-unknown'])

/** In a blinded study findings name the place of an arm, and neither the word that stands there nor those that could. */
export function veilArms(findings: Findings, study: Pick<AnalyticStudy, 'blinded' | 'sources'>): Findings {
  if (!study.blinded || findings.count === 0) return findings
  const columns = armColumns(study)
  const veiled = new FindingsBuilder()
  for (let i = 0; i < findings.count; i++) {
    const finding = findingAt(findings, i)
    const tells = columns.has(finding.column ?? '') || ABOUT_ARMS.has(finding.rule)
    veiled.add(tells ? { ...finding, value: '', detail: '' } : finding)
  }
  return veiled.build()
}
