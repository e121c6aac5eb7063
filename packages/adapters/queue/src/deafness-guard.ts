import type { Job, Queue } from 'bullmq'
import type { QueueLog } from './queue-log.ts'
import { DEAF_AFTER_MS, DEAF_CHECK_MS } from './settings.ts'

export interface Ears {
  /** Nothing in hand, not held, not stopping. */
  idle(): boolean
  reopen(): Promise<void>
  readonly log: QueueLog
}

/**
 * Q13: a PostgreSQL worker may sleep for an hour and trusts that a notification wakes it. One that stays idle for
 * DEAF_AFTER_MS beside a job that is due has missed it: it is opened anew, and an alarm says so.
 */
export class DeafnessGuard {
  private readonly queue: () => Promise<Pick<Queue, 'getWaitingCount' | 'getDelayed'>>
  private readonly ears: Ears
  private readonly timer: NodeJS.Timeout
  private since: number | null = null

  constructor(queue: DeafnessGuard['queue'], ears: Ears) {
    this.queue = queue
    this.ears = ears
    this.timer = setInterval(() => void this.check(), DEAF_CHECK_MS)
    this.timer.unref()
  }

  heard(): void {
    this.since = null
  }

  stop(): void {
    clearInterval(this.timer)
  }

  async check(): Promise<void> {
    if (!this.ears.idle()) {
      this.since = null
      return
    }
    const due = await this.hasDueJob().catch(() => false)
    if (!due || !this.ears.idle()) {
      this.since = null
      return
    }
    this.since ??= performance.now()
    const idleMs = Math.round(performance.now() - this.since)
    if (idleMs < DEAF_AFTER_MS) return
    this.since = null
    this.ears.log.error({ idleMs }, 'a worker slept beside a waiting job; opening it anew')
    await this.ears.reopen()
  }

  private async hasDueJob(): Promise<boolean> {
    const queue = await this.queue()
    if ((await queue.getWaitingCount()) > 0) return true
    const [next] = await queue.getDelayed(0, 0)
    return next !== undefined && dueAt(next) < Date.now()
  }
}

const dueAt = (job: Job): number => job.timestamp + job.delay
