import { compareBytes, type Findings, findingAt, RULES, type RuleId } from '@afferent/records'
import { findingMessage } from './finding-message.ts'
import { sortedFindings } from './sorted-findings.ts'

export interface RuleSummary {
  readonly rule: RuleId
  readonly severity: 'error' | 'warning' | 'info'
  readonly count: number
  readonly examples: readonly string[]
  /** What to do about findings of this rule. */
  readonly remedy: string
}

const EXAMPLES = 3
const WORST_FIRST = ['error', 'warning', 'info']

/** Findings grouped by rule: how many, the first three as sentences, and the remedy. Errors first, then by rule id. */
export function summariseFindings(findings: Findings | Iterable<Findings>): RuleSummary[] {
  const sorted = sortedFindings('count' in findings ? [findings] : findings)
  const counts = new Map<RuleId, { count: number; examples: string[] }>()
  for (let i = 0; i < sorted.count; i++) {
    const rule = sorted.rules[sorted.rule[i] as number] as RuleId
    const group = counts.get(rule) ?? { count: 0, examples: [] }
    counts.set(rule, group)
    if (group.count++ < EXAMPLES) group.examples.push(findingMessage(findingAt(sorted, i)))
  }
  return [...counts]
    .map(([rule, group]) => ({ rule, severity: RULES[rule].severity, ...group, remedy: RULES[rule].remedy }))
    .sort((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) || compareBytes(a.rule, b.rule))
}
