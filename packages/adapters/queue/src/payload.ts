import { z } from 'zod'
import { toQueuedError } from './failure-code.ts'

/** A ring carries the key of a study and nothing else. */
export const RingSchema = z.object({ v: z.literal(1), study: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/) })

/** A queue's type is a wish, JSON is what comes. What does not parse can never succeed: no second attempt. */
export function parsePayload<T>(schema: z.ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw toQueuedError('payload-invalid', false)
  return parsed.data
}
