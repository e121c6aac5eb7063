import { type Step, StepSchema } from '@afferent/pipeline'
import { openQueue, type Queue, type QueueOptions } from '@afferent/queue'
import { afterAll, beforeAll, describe, it, onTestFinished } from 'vitest'
import { hasRedis, NO_REDIS, redisUrl } from './redis.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A real server of one kind; every queue opened on it has a namespace of its own and is closed with its test. */
export interface QueueServer {
  readonly kind: 'postgres' | 'redis'
  url(): string
  open(options?: Partial<QueueOptions<Step>>): Promise<Queue<Step>>
}

export interface Said {
  readonly level: 'info' | 'warn' | 'error'
  readonly fields: Record<string, unknown>
  readonly text: string
}

/** A log that keeps what was said. */
export function keptLog() {
  const said: Said[] = []
  const at = (level: Said['level']) => (fields: Record<string, unknown>, text: string) =>
    void said.push({ level, fields, text })
  return { said, info: at('info'), warn: at('warn'), error: at('error') }
}

let namespaces = 0
export const freshNamespace = (): string => `t${process.pid}_${++namespaces}`

/** Runs the same tests on an embedded PostgreSQL and on a real Redis. */
export function onEachServer(name: string, define: (server: QueueServer) => void): void {
  describe(`${name}, on PostgreSQL`, () => {
    let home: Queue<Step>
    const folder = temporaryFolder('afferent-queue-', afterAll)
    beforeAll(async () => {
      home = await openQueue({ embedded: { dataDir: folder }, step: StepSchema, log: keptLog() })
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
      const queue = await openQueue({ url: url(), namespace, step: StepSchema, log: keptLog(), ...options })
      onTestFinished(() => queue.close())
      return queue
    },
  }
}

/** Waits for something that must come true soon. */
export async function until(what: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`did not come true within ${limitMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
