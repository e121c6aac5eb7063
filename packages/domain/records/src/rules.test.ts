import { expect, it } from 'vitest'
import { ATTACK_RULES } from './rules/attack-rules.ts'
import { DIARY_RULES } from './rules/diary-rules.ts'
import { FILE_RULES } from './rules/file-rules.ts'
import { ROW_RULES } from './rules/row-rules.ts'
import { SAFETY_RULES } from './rules/safety-rules.ts'
import { SUBJECT_RULES } from './rules/subject-rules.ts'
import { VISIT_RULES } from './rules/visit-rules.ts'
import { RULES } from './rules.ts'

it('a rule stands in one family: the catalogue holds as many as all families together', () => {
  const families = [FILE_RULES, ROW_RULES, DIARY_RULES, ATTACK_RULES, VISIT_RULES, SAFETY_RULES, SUBJECT_RULES]
  expect(Object.keys(RULES)).toEqual(families.flatMap((family) => Object.keys(family)))
})
