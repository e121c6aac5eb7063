import type { LookAt, Ports, RingStep, Step, Wait } from '@afferent/pipeline'
import type { Attendant, Bell, Queue, Schedule } from '@afferent/queue'
import { AskedLately } from './asked-lately.ts'
import { oneAtATime } from './one-at-a-time.ts'

export interface SchedulerOptions {
  readonly queue: Queue<Step>
  readonly ports: Ports
  readonly look: LookAt
  /** Files of a study being taken from the drop folder at this moment. */
  readonly taking: (study: string) => Promise<number>
  readonly everyMs?: number
}

export interface Scheduler {
  /** Looks at every study once, then listens. */
  start(): Promise<void>
  look(study: string): Promise<void>
  /** What each study waited for at its last look. */
  waits(): ReadonlyMap<string, readonly Wait[]>
  stop(): Promise<void>
}

const MINUTE_MS = 60_000
/** Looks at a study take a quarter of the time at most. */
const REST = 3

/**
 * The planner's messenger.
 *
 * A look happens at the start, at a ring, when an earlier look said so, at a schedule and every minute; one per study at
 * a time. It adds what is missing to the queue and nothing else, so a look too many costs reading and a look too few
 * costs a minute. After a crash at any moment the start looks again.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  return new RunningScheduler(options)
}

class RunningScheduler implements Scheduler {
  private readonly options: SchedulerOptions
  private readonly asked = new Map<string, AskedLately>()
  private readonly looks = new Map<string, () => Promise<void>>()
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly waiting = new Map<string, readonly Wait[]>()
  private readonly schedules = new Map<string, Schedule>()
  private readonly reconcile: () => Promise<void>
  private minute: NodeJS.Timeout | undefined
  private attendant: Attendant | null = null
  private allSeen = false
  private idleMinutes = 0
  private stopped = false

  constructor(options: SchedulerOptions) {
    this.options = options
    this.reconcile = oneAtATime(() => options.queue.reconcileSchedules(new Map(this.schedules)))
  }

  async start(): Promise<void> {
    await this.lookAtAll()
    const everyMs = this.options.everyMs ?? MINUTE_MS
    const rounds = oneAtATime(() => this.round())
    this.minute = setInterval(() => void rounds(), everyMs)
    this.minute.unref()
    this.attendant = this.options.queue.listen((bell) => this.answer(bell))
    await this.attendant.ready()
  }

  async look(study: string): Promise<void> {
    if (this.stopped) return
    const known = this.looks.get(study) ?? oneAtATime(() => this.lookOnce(study), REST)
    this.looks.set(study, known)
    await known()
  }

  waits(): ReadonlyMap<string, readonly Wait[]> {
    return this.waiting
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.minute)
    for (const timer of this.timers.values()) clearTimeout(timer)
    await this.attendant?.stop()
  }

  /** Delivered twice, it asks twice; the second question is answered 'unchanged'. */
  private async answer({ study, why }: Bell): Promise<void> {
    const { vault, now } = this.options.ports
    if (why === 'schedule') {
      await vault.append(study, { kind: 'asked', at: new Date(now()).toISOString(), trigger: 'schedule' })
    }
    await this.look(study)
  }

  private async lookOnce(study: string): Promise<void> {
    const { ports, taking } = this.options
    const seen = await this.options.look(study, ports, await taking(study))
    this.waiting.set(study, seen.waits)
    await this.send(study, seen.steps)
    this.lookAgain(study, seen.lookAgainAt)
    await this.keepSchedule(study, seen.schedule)
  }

  private async send(study: string, steps: readonly RingStep[]): Promise<void> {
    const lately = this.asked.get(study) ?? new AskedLately()
    this.asked.set(study, lately)
    try {
      await this.options.queue.add(lately.toSend(steps, this.options.ports.now()))
    } catch (error) {
      lately.forget()
      throw error
    }
  }

  /** A moment further away than a minute needs no timer of its own. */
  private lookAgain(study: string, at: number | null): void {
    clearTimeout(this.timers.get(study))
    this.timers.delete(study)
    if (at === null || this.stopped) return
    const inMs = Math.max(0, at - this.options.ports.now())
    if (inMs > MINUTE_MS) return
    const timer = setTimeout(() => void this.lookWithCare(study), inMs)
    timer.unref()
    this.timers.set(study, timer)
  }

  private async keepSchedule(study: string, schedule: Schedule | null): Promise<void> {
    const before = this.schedules.get(study)
    if (before?.cron === schedule?.cron && before?.timezone === schedule?.timezone) return
    if (schedule === null) this.schedules.delete(study)
    else this.schedules.set(study, schedule)
    // Before all studies were seen, the ones not seen yet would lose theirs.
    if (this.allSeen) await this.reconcile()
  }

  private async lookAtAll(): Promise<void> {
    for (const study of await this.options.ports.vault.studies()) await this.lookWithCare(study)
    this.allSeen ||= [...this.looks.keys()].every((study) => this.waiting.has(study))
    if (this.allSeen) await this.reconcile()
  }

  private async lookWithCare(study: string): Promise<void> {
    try {
      await this.look(study)
    } catch (err) {
      this.options.ports.log.error({ study, err }, 'could not look at a study; trying again within a minute')
    }
  }

  private async round(): Promise<void> {
    const { log } = this.options.ports
    try {
      await this.lookAtAll()
      await this.missWorkers()
    } catch (err) {
      log.error({ err }, 'could not look at all studies; trying again in a minute')
    }
  }

  /** An alarm when steps wait and nobody takes them. */
  private async missWorkers(): Promise<void> {
    const { steps } = await this.options.queue.counts()
    this.idleMinutes = steps.waiting > 0 && steps.active === 0 ? this.idleMinutes + 1 : 0
    if (this.idleMinutes >= 2) {
      this.options.ports.log.error({ waiting: steps.waiting }, 'steps wait and no worker takes them')
    }
  }
}
