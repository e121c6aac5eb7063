import type { Queue } from 'bullmq'
import type { Schedule } from './queue.ts'
import type { QueueLog } from './queue-log.ts'
import { REMOVE_ON_COMPLETE, REMOVE_ON_FAIL, RETRY_FIRST_MS, STEP_ATTEMPTS } from './settings.ts'

/**
 * Makes the job schedulers of the queue equal to `wanted`, one per study.
 *
 * Only what differs is written, so that a planned moment is not moved by a look. Q12: of several processes that do so
 * at once some are refused although the outcome is right; a refusal counts only if the outcome, read back, is wrong.
 */
export async function reconcileSchedules(
  queue: Queue,
  wanted: ReadonlyMap<string, Schedule>,
  log: QueueLog,
): Promise<void> {
  const refusals = new Map<string, unknown>()
  const there = await readSchedules(queue)
  for (const study of there.keys()) if (!wanted.has(study)) await queue.removeJobScheduler(study)
  for (const [study, schedule] of wanted) {
    if (isSame(there.get(study), schedule)) continue
    await upsert(queue, study, schedule).catch((error) => refusals.set(study, error))
  }
  if (refusals.size === 0) return
  const after = await readSchedules(queue)
  for (const [study, err] of refusals)
    if (!isSame(after.get(study), wanted.get(study) as Schedule))
      log.error({ study, err }, 'the schedule of a study could not be set')
}

async function upsert(queue: Queue, study: string, { cron, timezone }: Schedule): Promise<void> {
  await queue.upsertJobScheduler(
    study,
    { pattern: cron, tz: timezone },
    {
      name: 'schedule',
      data: { v: 1, study },
      opts: {
        removeOnComplete: REMOVE_ON_COMPLETE,
        removeOnFail: REMOVE_ON_FAIL,
        attempts: STEP_ATTEMPTS,
        backoff: { type: 'exponential', delay: RETRY_FIRST_MS },
      },
    },
  )
}

async function readSchedules(queue: Queue): Promise<Map<string, Schedule>> {
  const found = await queue.getJobSchedulers(0, -1)
  return new Map(found.map(({ key, pattern, tz }) => [key, { cron: pattern ?? '', timezone: tz ?? '' }]))
}

const isSame = (a: Schedule | undefined, b: Schedule): boolean => a?.cron === b.cron && a.timezone === b.timezone
