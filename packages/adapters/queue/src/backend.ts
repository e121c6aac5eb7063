import {
  type BackendFactory,
  type ConnectionOptions,
  FlowProducer,
  type Processor,
  Queue,
  QueueEvents,
  type RedisQueueBackend,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import { openPostgres } from './postgres-backend.ts'
import { QueueError } from './queue-error.ts'
import type { QueueLog } from './queue-log.ts'
import { openRedis } from './redis-backend.ts'
import { CONNECT_TIMEOUT_MS, EVENTS_KEPT, PRODUCER_CONNECTIONS } from './settings.ts'

export type Topic = 'looks' | 'steps' | 'schedules'
export type WorkerSettings = Omit<WorkerOptions, 'connection' | 'prefix'> & { concurrency: number }

/** What differs between the servers, after they were asked whether they will do. */
export interface Server {
  readonly kind: 'redis' | 'postgres'
  readonly factory: BackendFactory<RedisQueueBackend, ConnectionOptions>
  /** For an object that needs so many connections at a time. A patient one waits for the server however long it takes. */
  connection(connections: number, patient: boolean): ConnectionOptions
  /** Server's clock minus ours, where ours decides about locks (Q5); else null. */
  clockDifferenceMs(): Promise<number | null>
}

/**
 * Q1: the only place where BullMQ's classes are made. The back end is their last argument; left out, they dial Redis
 * at localhost without a word, whatever the options say.
 */
export class Backend {
  private readonly server: Server
  private readonly namespace: string
  private readonly log: QueueLog
  private leaving = false

  constructor(server: Server, namespace: string, log: QueueLog) {
    this.server = server
    this.namespace = namespace
    this.log = log
  }

  get kind(): 'redis' | 'postgres' {
    return this.server.kind
  }

  clockDifferenceMs(): Promise<number | null> {
    return this.server.clockDifferenceMs()
  }

  /** From now on lost connections are no news. */
  leave(): void {
    this.leaving = true
  }

  queue(topic: Topic): Promise<Queue> {
    const streams = { events: { maxLen: EVENTS_KEPT } }
    const options = { ...this.options(PRODUCER_CONNECTIONS, false), streams }
    return this.ready(topic, new Queue(topic, options, this.server.factory))
  }

  flow(): Promise<FlowProducer> {
    return this.ready('steps', new FlowProducer(this.options(1, false), this.server.factory))
  }

  events(topic: Topic): Promise<QueueEvents> {
    return this.ready(topic, new QueueEvents(topic, this.options(1, true), this.server.factory))
  }

  /** Its errors are heard by whoever opens it. */
  worker(topic: Topic, process: Processor, settings: WorkerSettings): Worker {
    const options = { ...this.options(settings.concurrency + 1, true), ...settings }
    return new Worker(topic, process, options, this.server.factory)
  }

  private options(connections: number, patient: boolean) {
    return { connection: this.server.connection(connections, patient), prefix: this.namespace }
  }

  /**
   * Connected, or closed again: on PostgreSQL an object that was made while the server was away fails for ever after.
   * An emitter without somebody who hears its errors ends the process.
   */
  private async ready<O extends Openable>(topic: Topic, it: O): Promise<O> {
    it.on('error', (err) => {
      if (!this.leaving) this.log.warn({ topic, err }, 'the connection to the queue has trouble')
    })
    try {
      await withinTime(it.waitUntilReady())
      return it
    } catch (cause) {
      await it.close().catch(() => {})
      throw new QueueError('unreachable', '', { cause })
    }
  }
}

/** Redis clients wait for their server for ever. */
async function withinTime(connected: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new QueueError('unreachable')), CONNECT_TIMEOUT_MS)
  await Promise.race([connected, late.promise]).finally(() => clearTimeout(timer))
}

interface Openable {
  on(event: 'error', listener: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
  close(): Promise<unknown>
}

export async function openBackend(url: string, namespace: string, log: QueueLog): Promise<Backend> {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(namespace)) throw new QueueError('address-invalid', 'namespace')
  const scheme = /^([a-z]+):\/\//.exec(url)?.[1] ?? ''
  if (scheme === 'redis' || scheme === 'rediss') return new Backend(await openRedis(url), namespace, log)
  if (scheme === 'postgres' || scheme === 'postgresql')
    return new Backend(await openPostgres(url, namespace), namespace, log)
  throw new QueueError('address-invalid')
}
