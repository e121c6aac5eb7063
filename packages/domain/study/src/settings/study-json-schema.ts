import { z } from 'zod'
import { STUDY_SETTINGS } from './settings.ts'

/** JSON Schema (draft 2020-12) of what may stand in study.yaml, for editors that check while one types. */
export function studyJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(STUDY_SETTINGS, { io: 'input', reused: 'ref' })
  return {
    $schema,
    title: 'Afferent study file',
    description: 'What an export looks like and which response metrics are computed from it.',
    ...schema,
  }
}
