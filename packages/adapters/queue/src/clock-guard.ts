import type { QueueLog } from './queue-log.ts'
import { CLOCK_CHECK_MS, CLOCK_STOP_MS, CLOCK_WARN_MS } from './settings.ts'

export interface ClockActions {
  hold(): void
  release(): void
  readonly log: QueueLog
}

/**
 * Q5: on PostgreSQL the workers' own clocks decide whose lock has run out, so one whose clock runs ahead steals the jobs
 * of healthy ones. From a second's difference to the server it warns, from five it takes no jobs until the clock is right.
 */
export class ClockGuard {
  private readonly measure: () => Promise<number | null>
  private readonly actions: ClockActions
  private readonly timer: NodeJS.Timeout
  private astray = false

  constructor(measure: () => Promise<number | null>, actions: ClockActions) {
    this.measure = measure
    this.actions = actions
    this.timer = setInterval(() => void this.check(), CLOCK_CHECK_MS)
    this.timer.unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  /** A server that does not answer is the circuit breaker's business. */
  async check(): Promise<void> {
    const differenceMs = await this.measure().catch(() => null)
    if (differenceMs === null) return
    const { hold, release, log } = this.actions
    const astray = Math.abs(differenceMs) >= CLOCK_STOP_MS
    if (astray && !this.astray) {
      log.error({ differenceMs }, "this machine's clock is too far from the server's; taking no jobs")
      hold()
    } else if (!astray && this.astray) {
      log.info({ differenceMs }, "this machine's clock is right again")
      release()
    } else if (!astray && Math.abs(differenceMs) >= CLOCK_WARN_MS) {
      log.warn({ differenceMs }, "this machine's clock differs from the server's")
    }
    this.astray = astray
  }
}
