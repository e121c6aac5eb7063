import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, type Processor, type Queue, WaitingError, type Worker } from 'bullmq'
import type { Backend, Topic } from './backend.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { ClockGuard } from './clock-guard.ts'
import { DeafnessGuard } from './deafness-guard.ts'
import { isQueuedError, toFailureCode, toQueuedError } from './failure-code.ts'
import type { LockKeeper } from './lock-keeper.ts'
import type { Attendant } from './queue.ts'
import type { QueueLog } from './queue-log.ts'
import { GRACE_MS, IDLE_POLL_S, LOSSES_FORGIVEN, RECONNECT_MS } from './settings.ts'

export interface AttendOptions {
  readonly topic: Topic
  readonly concurrency: number
  readonly lockMs: number
  readonly stalledCheckMs: number
  readonly process: (job: Job) => Promise<void>
  readonly keeper?: LockKeeper | undefined
  /** The job has left the queue, well or not, or goes back for another attempt. */
  readonly left?: (job: Job, error: Error | null) => void
  readonly log: QueueLog
}

/** After the grace and this long for the queue's own farewell, a stop returns anyway. */
const FAREWELL_MS = 700
const GIVEN_BACK = Symbol('given back')

/**
 * A BullMQ worker and those who watch over it.
 *
 * taking    a job is fetched, processed, and its end reported
 * held      it takes nothing: too many errors in a row (breaker) or a clock gone astray; released by whoever held it
 * reopened  it was deaf (DeafnessGuard), or its server was away: closed while idle and made anew
 * stopping  nothing new; what is in hand may end within the grace, then it goes back to the queue as if never taken
 */
export class TendedWorker implements Attendant {
  private readonly backend: Backend
  private readonly options: AttendOptions
  private readonly breaker: CircuitBreaker
  private readonly clock: ClockGuard
  private readonly ears: DeafnessGuard
  private readonly holds = new Set<string>()
  private readonly backAtGrace = Promise.withResolvers<typeof GIVEN_BACK>()
  private readonly whenReady = Promise.withResolvers<void>()
  private worker: Worker
  private inHand = 0
  private stopped: Promise<void> | null = null

  constructor(backend: Backend, queue: () => Promise<Queue>, options: AttendOptions) {
    this.backend = backend
    this.options = options
    const { topic, log } = options
    this.breaker = new CircuitBreaker({
      pause: () => this.hold('errors'),
      resume: () => this.tryAgain(),
      say: (state, fields) => {
        if (state === 'open') log.error({ topic, ...fields }, 'the queue answers with errors; pausing')
        else log.info({ topic, ...fields }, 'the queue answers again')
      },
    })
    this.clock = new ClockGuard(() => backend.clockDifferenceMs(), {
      hold: () => this.hold('clock'),
      release: () => this.release('clock'),
      log,
    })
    this.ears = new DeafnessGuard(queue, {
      idle: () => this.inHand === 0 && this.holds.size === 0 && this.stopped === null,
      reopen: () => this.reopen(),
      log,
    })
    this.worker = this.open()
    // The clock first: one look for lost jobs with a clock gone astray is enough to steal a healthy one.
    void this.clock.check().then(() => this.run())
  }

  active(): number {
    return this.inHand
  }

  async ready(): Promise<void> {
    await Promise.all([this.whenReady.promise, this.options.keeper?.ready()])
  }

  stop(graceMs = GRACE_MS): Promise<void> {
    this.stopped ??= this.close(graceMs)
    return this.stopped
  }

  private async close(graceMs: number): Promise<void> {
    this.breaker.stop()
    this.clock.stop()
    this.ears.stop()
    const timer = setTimeout(() => this.backAtGrace.resolve(GIVEN_BACK), graceMs)
    const limit = new AbortController()
    await Promise.race([
      this.worker.close().catch(() => {}),
      sleep(graceMs + FAREWELL_MS, undefined, { signal: limit.signal }).catch(() => {}),
    ])
    limit.abort()
    clearTimeout(timer)
    await this.options.keeper?.stop()
  }

  private open(): Worker {
    const { topic, concurrency, lockMs, stalledCheckMs, left, log } = this.options
    const worker = this.backend.worker(topic, this.processor, {
      concurrency,
      lockDuration: lockMs,
      stalledInterval: stalledCheckMs,
      maxStalledCount: LOSSES_FORGIVEN,
      drainDelay: IDLE_POLL_S,
      runRetryDelay: RECONNECT_MS,
      autorun: false,
    })
    worker.on('error', (err) => {
      if (this.stopped !== null) return
      if (this.holds.size === 0) log.warn({ topic, err }, 'the worker of the queue met an error')
      this.breaker.failed()
    })
    worker.waitUntilReady().then(
      () => this.whenReady.resolve(),
      () => void this.reopenSoon(worker),
    )
    worker.on('stalled', (job) => log.warn({ topic, job }, 'a job came back from a worker that was lost'))
    worker.on('completed', (job) => left?.(job, null))
    worker.on('failed', (job, error) => {
      if (job !== undefined) left?.(job, error)
    })
    return worker
  }

  private run(): void {
    if (this.stopped !== null || this.holds.size > 0) return
    this.worker.run().catch((err) => this.options.log.error({ topic: this.options.topic, err }, 'a worker ended'))
  }

  private readonly processor: Processor = async (job, token) => {
    const { keeper } = this.options
    this.inHand++
    this.ears.heard()
    keeper?.keep(String(job.id), String(token))
    try {
      const outcome = await Promise.race([this.work(job), this.backAtGrace.promise])
      if (outcome !== GIVEN_BACK) return null
      await job.moveToWait(token)
      throw new WaitingError()
    } finally {
      this.inHand--
      keeper?.drop(String(job.id))
    }
  }

  /** Q6: the one place through which failures reach the queue. */
  private async work(job: Job): Promise<void> {
    const { topic, process, log } = this.options
    try {
      await process(job)
    } catch (err) {
      if (isQueuedError(err)) throw err
      log.warn({ topic, err }, 'a job failed')
      throw toQueuedError(toFailureCode(err), true)
    }
  }

  private hold(why: string): void {
    this.holds.add(why)
    if (this.holds.size === 1) void this.worker.pause(true)
  }

  private release(why: string): void {
    this.holds.delete(why)
    if (this.holds.size === 0 && this.stopped === null) void this.worker.resume()
  }

  /** On PostgreSQL a worker made while the server was away fails for ever after; an idle one costs nothing to replace. */
  private tryAgain(): void {
    if (this.inHand > 0) this.release('errors')
    else if (this.holds.delete('errors')) void this.reopen()
  }

  private async reopenSoon(failed: Worker): Promise<void> {
    await sleep(RECONNECT_MS, undefined, { ref: false })
    if (this.worker === failed) await this.reopen()
  }

  private async reopen(): Promise<void> {
    if (this.stopped !== null) return
    const old = this.worker
    this.worker = this.open()
    this.run()
    await old.close(true).catch(() => {})
  }
}
