import type { Job, Queue } from 'bullmq'
import type { z } from 'zod'
import { type AttendOptions, TendedWorker } from './attendant.ts'
import type { Backend } from './backend.ts'
import { isSurroundings, toFailureCode, toQueuedError } from './failure-code.ts'
import { parsePayload } from './payload.ts'
import type { Attendant, QueuedStep, StepHandlers } from './queue.ts'
import { STEP_ATTEMPTS } from './settings.ts'
import { Turns } from './turns.ts'

/** BullMQ's words for a job lost more often than is forgiven, and for a parent whose child failed. */
const LOST = 'job stalled more than allowable limit'
const CHILD_FAILED = /^child .* failed$/

/** Under this code a step is set apart whose worker died with it twice. */
export const LOST_TWICE = 'worker-lost-twice'

/**
 * Takes steps.
 *
 * done      the handler resolved
 * failed    it resolved with a code; or threw to the last attempt, or lost its worker twice, and was given up
 * again     it threw and has attempts left: back in a while
 * released  the surroundings failed to the last attempt: gone from the queue, not given up, asked again by a later look
 *
 * Delivery is at least once, and a job may run twice at the same time (Q4): handlers write under names made of content.
 */
export function workSteps<S extends QueuedStep>(
  backend: Backend,
  queue: () => Promise<Queue>,
  schema: z.ZodType<S>,
  handlers: StepHandlers<S>,
  options: Pick<AttendOptions, 'concurrency' | 'lockMs' | 'stalledCheckMs' | 'keeper' | 'log'>,
): Attendant {
  const turns = new Turns()
  const ends = new Map<string, 'failed' | 'released'>()

  async function process(job: Job): Promise<void> {
    ends.delete(job.id as string)
    const step = parsePayload(schema, job.data)
    const end = (how: 'failed' | 'released', code: string): Error => {
      ends.set(job.id as string, how)
      return toQueuedError(code, false)
    }
    try {
      const outcome = await turns.take(job.stalledCounter > 0, () => handlers.perform(step))
      if (outcome.kind === 'failed') throw end('failed', outcome.code)
    } catch (error) {
      if (ends.has(job.id as string)) throw error
      const code = toFailureCode(error)
      const last = job.attemptsMade + 1 >= STEP_ATTEMPTS
      options.log.warn({ ...named(step), code, err: error, last }, 'a step threw')
      if (!last) throw toQueuedError(code, true)
      if (isSurroundings(code)) throw end('released', code)
      throw end(await giveUp(step, code), code)
    }
  }

  /** What cannot be written down is not settled. */
  async function giveUp(step: S, code: string): Promise<'failed' | 'released'> {
    try {
      await handlers.giveUp(step, code)
      return 'failed'
    } catch (err) {
      options.log.error({ ...named(step), err }, 'a failure could not be written down')
      return 'released'
    }
  }

  async function left(job: Job, error: Error | null): Promise<void> {
    const parsed = schema.safeParse(job.data)
    if (!parsed.success) return options.log.error({ job: job.id }, 'a job that cannot be read was thrown away')
    const step = parsed.data
    const end = ends.get(job.id as string)
    ends.delete(job.id as string)
    const how = error === null ? 'done' : (end ?? (await endUnseen(step, error.message)))
    if (how !== null) handlers.finished?.(step, how)
  }

  /** Ends that no handler saw; null: it will be tried again. */
  async function endUnseen(step: S, message: string): Promise<'failed' | 'released' | null> {
    if (message === LOST) return giveUp(step, LOST_TWICE)
    return CHILD_FAILED.test(message) ? 'failed' : null
  }

  return new TendedWorker(backend, queue, {
    ...options,
    topic: 'steps',
    process,
    left: (job, error) => void left(job, error),
  })
}

const named = ({ kind, study, makes }: QueuedStep) => ({ kind, study, makes })
