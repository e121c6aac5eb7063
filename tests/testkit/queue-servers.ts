import type { Step } from '@afferent/pipeline'
import { openQueue, type Queue, type QueueOptions } from '@afferent/queue'
import { afterAll, beforeAll, describe, it, onTestFinished } from 'vitest'
import { keptLog } from './kept-log.ts'
import { hasRedis, NO_REDIS, redisUrl } from './redis.ts'
import { QueuedSteps } from './steps.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A real server of one kind; every queue opened on it has a namespace of its own and is closed with its test. */
export interface QueueServer {
  readonly kind: 'postgres' | 'redis'
  url(): string
  open(options?: Partial<QueueOptions<Step>>): Promise<Queue<Step>>
}

let namespaces = 0
export const freshNamespace = (): string => `t${process.pid}_${++namespaces}`

/** Runs the same tests on an embedded PostgreSQL and on a real Redis. */
export function onEachServer(name: string, define: (server: QueueServer) => void): void {
  describe(`${name}, on PostgreSQL`, () => {
    let home: Queue<Step>
    const folder = temporaryFolder('afferent-queue-', afterAll)
    beforeAll(async () => {
      home = await openQueue({ embedded: { dataDir: folder }, step: QueuedSteps, log: keptLog() })
    })
    afterAll(() => home?.close())
    define(serverAt('postgres', () => home.url))
  })
  describe(`${name}, on Redis`, () => {
    if (!hasRedis) return it.skip(NO_REDIS, () => {})
    let url = ''
    beforeAll(async () => {
      url = (await redisUrl()) ?? ''
    })
    return define(serverAt('redis', () => url))
  })
}

function serverAt(kind: QueueServer['kind'], url: () => string): QueueServer {
  return {
    kind,
    url,
    async open(options = {}) {
      const namespace = freshNamespace()
      const queue = await openQueue({ url: url(), namespace, step: QueuedSteps, log: keptLog(), ...options })
      onTestFinished(() => queue.close())
      return queue
    },
  }
}
