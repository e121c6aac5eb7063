import { ATTACK_RULES } from './rules/attack-rules.ts'
import { DIARY_RULES } from './rules/diary-rules.ts'
import { FILE_RULES } from './rules/file-rules.ts'
import { ROW_RULES } from './rules/row-rules.ts'
import type { Rule } from './rules/rule.ts'
import { SAFETY_RULES } from './rules/safety-rules.ts'
import { SUBJECT_RULES } from './rules/subject-rules.ts'
import { VISIT_RULES } from './rules/visit-rules.ts'

export type { Rule } from './rules/rule.ts'

/**
 * The rule catalogue: what can be wrong with an export, as data. An unknown id does not compile.
 *
 * `error`    the row is quarantined or the file refused; exit code 1.
 * `warning`  the row is used, but somebody should look.
 * `info`     what was done (an excluded copy, a chosen encoding), so that nothing happens in silence.
 *
 * `says` is the rule, `reason` why it exists, `remedy` what to do about a finding.
 * packages/domain/validation/README.md prints this table; a test compares the two, both ways.
 */
export const RULES = {
  ...FILE_RULES,
  ...ROW_RULES,
  ...DIARY_RULES,
  ...ATTACK_RULES,
  ...VISIT_RULES,
  ...SAFETY_RULES,
  ...SUBJECT_RULES,
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES
