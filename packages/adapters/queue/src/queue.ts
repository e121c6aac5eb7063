import type { z } from 'zod'
import type { QueueLog } from './queue-log.ts'

/**
 * What the queue promises, and what it does not.
 *
 * It promises that a ring is followed by a look and an added step by an attempt, at least once, while somebody listens
 * and works. It does not promise exactly once, order, or memory: the vault is the truth, and whoever starts asks it. So
 * every handler is idempotent, and a lost queue costs one look.
 *
 * looks      one job per study; rings while one waits are one job, a ring while one runs makes one more look afterwards
 * steps      one job per thing to be made; a parent runs when all its children are done and fails with any of them
 * schedules  planned re-analyses, one scheduler per study
 */
export interface Queue<S extends QueuedStep> {
  /** Where children of this process and other services find the same queue. Holds a password: not for logs. */
  readonly url: string
  readonly namespace: string

  /** 'Look again at this study.' */
  ring(study: string): Promise<void>
  /** Adds what is not there yet; what waits or runs is left alone (Q9). One process at a time adds for a study. */
  add(asked: readonly AskedStep<S>[]): Promise<void>
  /** Takes steps until closed. Several calls and processes share the steps. */
  work(handlers: StepHandlers<S>, options: WorkOptions): Attendant
  /** Takes rings and schedules until closed. */
  listen(handle: (bell: Bell) => Promise<void>): Attendant
  /** Makes the schedules of the queue equal to these, by study. For one process only: the scheduler (Q12). */
  reconcileSchedules(wanted: ReadonlyMap<string, Schedule>): Promise<void>
  /** Hints for live progress; may miss, may repeat. Returns the end of it. */
  watch(see: (event: StepEvent) => void): Promise<() => Promise<void>>
  counts(): Promise<QueueCounts>
  /** Ends what was opened here, workers first; an embedded server last. */
  close(): Promise<void>
}

/** Ids and numbers only: payloads lie in clear text on the queue's disk. `makes` names what the step writes. */
export interface QueuedStep {
  readonly kind: string
  readonly study: string
  readonly makes: string
}

export interface AskedStep<S> {
  readonly step: S
  /** Steps that must be done before; if one of them fails for good, this step fails with it (Q11). */
  readonly children: readonly S[]
}

/** `failed`: a code that time cannot heal, already written where it belongs; the job ends without another attempt. */
export type StepOutcome = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly code: string }

export interface StepHandlers<S> {
  /** Does a step, and does it again without harm. What it throws is tried again, then given up. */
  perform(step: S): Promise<StepOutcome>
  /** Writes down that a step cannot succeed: it threw every time, or its worker was lost twice with it. */
  giveUp(step: S, code: string): Promise<void>
  /** The job has left the queue: time to ring. `released`: the surroundings failed, not the step; ask again later. */
  finished?(step: S, how: 'done' | 'failed' | 'released'): void
}

export interface WorkOptions {
  /** Steps in hand at a time. */
  readonly concurrency: number
  /**
   * Q8: locks are renewed by a thread of their own, so that computing in this process loses no step; the process is
   * ended when its event loop has not turned for this long. Absent: no such thread, for work that never blocks.
   */
  readonly hangLimitMs?: number
}

/** Somebody at work on a topic. */
export interface Attendant {
  /** Jobs in hand. */
  active(): number
  ready(): Promise<void>
  /** Takes nothing new, waits `graceMs` for what is in hand, gives the rest back without counting it as lost. */
  stop(graceMs?: number): Promise<void>
}

export interface Bell {
  readonly study: string
  readonly why: 'rung' | 'schedule'
}

/** Five or six fields of cron, read in an IANA zone. */
export interface Schedule {
  readonly cron: string
  readonly timezone: string
}

export interface StepEvent {
  readonly kind: string
  readonly study: string
  readonly makes: string
  readonly state: 'waiting' | 'active' | 'done' | 'failed' | 'lost'
}

export interface TopicCounts {
  readonly waiting: number
  readonly active: number
  /** Waiting for a time: a retry, a schedule. */
  readonly delayed: number
  /** Waiting for children. */
  readonly blocked: number
}
export type QueueCounts = Readonly<Record<'looks' | 'steps' | 'schedules', TopicCounts>>

export interface QueueOptions<S extends QueuedStep> {
  /** `redis(s)://`, `postgres(ql)://`. Absent: an embedded PostgreSQL for `embedded.dataDir`. */
  readonly url?: string | undefined
  readonly embedded?: { readonly dataDir: string } | undefined
  /** Keeps installations (and tests) on one server apart: a schema or a key prefix. */
  readonly namespace?: string
  /** What a step looks like: payloads are read with it on arrival. */
  readonly step: z.ZodType<S>
  readonly log: QueueLog
  /** AFFERENT_LOCK_MS: how long a silent worker keeps its job (Q7, Q8). */
  readonly lockMs?: number
  /** How often workers look for jobs of lost workers (Q7). */
  readonly stalledCheckMs?: number
}
