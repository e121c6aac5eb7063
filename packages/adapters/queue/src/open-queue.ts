import type { Queue as BullQueue, FlowProducer, JobsOptions } from 'bullmq'
import { TendedWorker } from './attendant.ts'
import { type Backend, openBackend, type Topic } from './backend.ts'
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts'
import { LockKeeper } from './lock-keeper.ts'
import { OpenedOnce } from './opened-once.ts'
import { parsePayload, RingSchema } from './payload.ts'
import type {
  AskedStep,
  Attendant,
  Bell,
  Queue,
  QueueCounts,
  QueuedStep,
  QueueOptions,
  Schedule,
  StepEvent,
  StepHandlers,
  WorkOptions,
} from './queue.ts'
import { QueueError } from './queue-error.ts'
import { Rings } from './rings.ts'
import { reconcileSchedules } from './schedules.ts'
import {
  LOCK_MS,
  REMOVE_ON_COMPLETE,
  REMOVE_ON_FAIL,
  RETRY_FIRST_MS,
  RING_EVERY_MS,
  STALLED_CHECK_MS,
  STEP_ATTEMPTS,
} from './settings.ts'
import { toStepId } from './step-id.ts'
import { workSteps } from './step-worker.ts'
import { watchSteps } from './watch-steps.ts'

const TOPICS: readonly Topic[] = ['looks', 'steps', 'schedules']
const REMOVAL = { removeOnComplete: REMOVE_ON_COMPLETE, removeOnFail: REMOVE_ON_FAIL } as const
/** Bells at a time; each is one look at one study. */
const BELLS_AT_ONCE = 4

/**
 * Opens the queue: the one door to BullMQ for rings, steps, workers, schedules and events (Q1).
 *
 * `url` for a Redis or PostgreSQL of yours; else a PostgreSQL of our own is started for `embedded.dataDir`, and stopped
 * by `close`. Tables are set up or checked on the way (Q14), a Redis that evicts is refused (Q18).
 * Connections to the server are opened when first needed.
 */
export async function openQueue<S extends QueuedStep>(options: QueueOptions<S>): Promise<Queue<S>> {
  const { url, embedded, namespace = 'afferent', log } = options
  if (url !== undefined) return new OpenQueue(await openBackend(url, namespace, log), url, namespace, options, null)
  if (embedded === undefined) throw new QueueError('address-invalid')
  const server = await startEmbeddedPostgres(embedded.dataDir, log)
  try {
    const backend = await openBackend(server.url, namespace, log)
    return new OpenQueue(backend, server.url, namespace, options, server)
  } catch (error) {
    await server.stop()
    throw error
  }
}

class OpenQueue<S extends QueuedStep> implements Queue<S> {
  readonly url: string
  readonly namespace: string
  private readonly backend: Backend
  private readonly options: QueueOptions<S>
  private readonly server: { stop(): Promise<void> } | null
  private readonly queues: Readonly<Record<Topic, OpenedOnce<BullQueue>>>
  private readonly flow: OpenedOnce<FlowProducer>
  private readonly rings: Rings
  private readonly attendants: Attendant[] = []
  private readonly watches = new Set<() => Promise<void>>()
  private closing: Promise<void> | null = null

  constructor(
    backend: Backend,
    url: string,
    namespace: string,
    options: QueueOptions<S>,
    server: { stop(): Promise<void> } | null,
  ) {
    this.backend = backend
    this.url = url
    this.namespace = namespace
    this.options = options
    this.server = server
    const once = (topic: Topic) => new OpenedOnce(() => backend.queue(topic))
    this.queues = { looks: once('looks'), steps: once('steps'), schedules: once('schedules') }
    this.flow = new OpenedOnce(() => backend.flow())
    this.rings = new Rings((study) => this.sendRing(study), RING_EVERY_MS)
  }

  async ring(study: string): Promise<void> {
    if (this.closing !== null) throw new QueueError('closed')
    await this.rings.ring(study)
  }

  async add(asked: readonly AskedStep<S>[]): Promise<void> {
    const single = asked.filter(({ children }) => children.length === 0)
    if (single.length > 0) await (await this.queue('steps')).addBulk(single.map(({ step }) => toJob(step)))
    for (const one of asked) if (one.children.length > 0) await this.addFamily(one)
  }

  work(handlers: StepHandlers<S>, { concurrency, hangLimitMs }: WorkOptions): Attendant {
    const { step, log } = this.options
    const locks = this.locks()
    const settings = { url: this.url, namespace: this.namespace, lockMs: locks.lockMs }
    const keeper = hangLimitMs === undefined ? undefined : new LockKeeper({ ...settings, hangLimitMs }, log)
    const options = { ...locks, concurrency, keeper, log }
    return this.attended(workSteps(this.backend, () => this.queue('steps'), step, handlers, options))
  }

  listen(handle: (bell: Bell) => Promise<void>): Attendant {
    const { log } = this.options
    const open = (topic: 'looks' | 'schedules', why: Bell['why'], concurrency: number) =>
      new TendedWorker(this.backend, () => this.queue(topic), {
        ...this.locks(),
        topic,
        concurrency,
        log,
        process: async (job) => {
          const { study } = parsePayload(RingSchema, job.data)
          await handle({ study, why })
        },
      })
    return this.attended(both(open('looks', 'rung', BELLS_AT_ONCE), open('schedules', 'schedule', 1)))
  }

  async reconcileSchedules(wanted: ReadonlyMap<string, Schedule>): Promise<void> {
    await reconcileSchedules(await this.queue('schedules'), wanted, this.options.log)
  }

  async watch(see: (event: StepEvent) => void): Promise<() => Promise<void>> {
    const end = await watchSteps(this.backend, see)
    this.watches.add(end)
    return async () => {
      this.watches.delete(end)
      await end()
    }
  }

  async counts(): Promise<QueueCounts> {
    const entries = TOPICS.map(async (topic) => {
      const queue = await this.queue(topic)
      const found = await queue.getJobCounts('waiting', 'active', 'delayed', 'waiting-children')
      const { waiting = 0, active = 0, delayed = 0, 'waiting-children': blocked = 0 } = found
      return [topic, { waiting, active, delayed, blocked }] as const
    })
    return Object.fromEntries(await Promise.all(entries)) as unknown as QueueCounts
  }

  close(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  private async sendRing(study: string): Promise<void> {
    const data = RingSchema.parse({ v: 1, study })
    const looks = await this.queues.looks.get()
    await looks.add('look', data, { ...REMOVAL, deduplication: { id: study, keepLastIfActive: true } })
  }

  /** Q9: a family that waits or runs is left alone; adding children to a parent that runs would make it fail. */
  private async addFamily({ step, children }: AskedStep<S>): Promise<void> {
    const steps = await this.queue('steps')
    if ((await steps.getJobState(toStepId(step))) !== 'unknown') return
    const flow = await this.flow.get()
    // Q11: without this choice the parent of a failed child waits for ever.
    const choice = { failParentOnFailure: true }
    await flow.add({
      ...toJob(step),
      queueName: 'steps',
      children: children.map((child) => ({ ...toJob(child, choice), queueName: 'steps' })),
    })
  }

  private locks() {
    return {
      lockMs: this.options.lockMs ?? LOCK_MS,
      stalledCheckMs: this.options.stalledCheckMs ?? STALLED_CHECK_MS,
    }
  }

  private attended(attendant: Attendant): Attendant {
    this.attendants.push(attendant)
    return attendant
  }

  private async queue(topic: Topic): Promise<BullQueue> {
    if (this.closing !== null) throw new QueueError('closed')
    return this.queues[topic].get()
  }

  private async end(): Promise<void> {
    await Promise.all(this.attendants.map((attendant) => attendant.stop()))
    await this.rings.sent()
    this.backend.leave()
    await Promise.all([...this.watches].map((stop) => stop()))
    await Promise.all([...Object.values(this.queues), this.flow].map((one) => one.close()))
    await this.server?.stop()
  }
}

function toJob<S extends QueuedStep>(step: S, choice: Pick<JobsOptions, 'failParentOnFailure'> = {}) {
  const opts = {
    ...REMOVAL,
    ...choice,
    jobId: toStepId(step),
    attempts: STEP_ATTEMPTS,
    backoff: { type: 'exponential', delay: RETRY_FIRST_MS },
    stackTraceLimit: 1,
  }
  return { name: step.kind, data: step, opts }
}

const both = (one: Attendant, other: Attendant): Attendant => ({
  active: () => one.active() + other.active(),
  ready: async () => void (await Promise.all([one.ready(), other.ready()])),
  stop: async (graceMs) => void (await Promise.all([one.stop(graceMs), other.stop(graceMs)])),
})
