import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PostgresQueueBackend, type Queue, RedisQueueBackend } from 'bullmq'
import pg from 'pg'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { keptLog } from '../../../../tests/testkit/kept-log.ts'
import { freshNamespace, onEachServer, type QueueServer } from '../../../../tests/testkit/queue-servers.ts'
import { hasRedis, NO_REDIS, startRedis } from '../../../../tests/testkit/redis.ts'
import { validateStep } from '../../../../tests/testkit/steps.ts'
import { until } from '../../../../tests/testkit/until.ts'
import { type Backend, openBackend } from './backend.ts'

/** What BullMQ really does, each fact under its number, so that an upgrade shows what changed. */

async function rawBackend(server: QueueServer): Promise<Backend> {
  return openBackend(server.url(), freshNamespace(), keptLog())
}

async function rawQueue(backend: Backend): Promise<Queue> {
  const queue = await backend.queue('steps')
  onTestFinished(() => queue.close())
  return queue
}

function rawWorker(backend: Backend, process: () => Promise<unknown>, settings = {}) {
  const worker = backend.worker('steps', process, { concurrency: 1, ...settings })
  worker.on('error', () => {})
  onTestFinished(() => worker.close(true))
  return worker
}

onEachServer('BullMQ', (server) => {
  it('Q1: talks to the server it was told to, through its last argument', async () => {
    const queue = await rawQueue(await rawBackend(server))
    const expected = server.kind === 'postgres' ? PostgresQueueBackend : RedisQueueBackend
    expect(queue.getBackend()).toBeInstanceOf(expected)
  })

  it('Q4: runs a job again while its first worker, whose lock ran out, still works', async () => {
    const backend = await rawBackend(server)
    const queue = await rawQueue(backend)
    const deaf = { lockDuration: 300, stalledInterval: 150, skipLockRenewal: true }
    let running = 0
    let most = 0
    const process = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      running--
    }
    rawWorker(backend, process, deaf)
    rawWorker(backend, process, deaf)
    await queue.add('x', {}, { jobId: 'one' })
    await until(() => most === 2)
  })

  it('Q5: asks the clock of the worker (PostgreSQL) or of the server (Redis) whether a lock ran out', async () => {
    const backend = await rawBackend(server)
    const queue = await rawQueue(backend)
    rawWorker(backend, () => new Promise(() => {}))
    await queue.add('x', {}, { jobId: 'healthy' })
    await until(async () => (await queue.getActiveCount()) === 1)
    const astray = rawWorker(backend, async () => {}, { autorun: false, stalledInterval: 100 })
    const realNow = Date.now
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 40_000)
    onTestFinished(() => clock.mockRestore())
    const stolen: string[] = []
    for (let pass = 0; pass < 3; pass++) {
      stolen.push(...(await astray.getBackend().moveStalledJobsToWait()))
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    expect(stolen).toEqual(server.kind === 'postgres' ? ['healthy'] : [])
  })

  it('Q9: does nothing when the id of a kept failed job is added again', async () => {
    const backend = await rawBackend(server)
    const queue = await rawQueue(backend)
    rawWorker(backend, () => Promise.reject(new Error('no')))
    await queue.add('x', {}, { jobId: 'one', removeOnFail: false })
    await until(async () => (await queue.getFailedCount()) === 1)
    await queue.add('x', {}, { jobId: 'one' })
    expect(await queue.getJobCounts('waiting', 'active', 'failed')).toEqual({ waiting: 0, active: 0, failed: 1 })
  })

  it('Q10: refuses ids with a colon and ids of digits alone', async () => {
    const queue = await rawQueue(await rawBackend(server))
    await expect(queue.add('x', {}, { jobId: 'sha256:00' })).rejects.toThrow()
    await expect(queue.add('x', {}, { jobId: '12' })).rejects.toThrow()
  })

  it('Q11: leaves a parent waiting for ever when a child fails and no choice was made', async () => {
    const backend = await rawBackend(server)
    const queue = await rawQueue(backend)
    const flow = await backend.flow()
    onTestFinished(() => flow.close())
    rawWorker(backend, () => Promise.reject(new Error('no')))
    await flow.add({ name: 'parent', queueName: 'steps', children: [{ name: 'child', queueName: 'steps' }] })
    await until(async () => (await queue.getFailedCount()) === 1)
    expect(await queue.getWaitingChildrenCount()).toBe(1)
  })

  it('Q17: keeps what is done for ever unless told otherwise', async () => {
    const backend = await rawBackend(server)
    const queue = await rawQueue(backend)
    rawWorker(backend, async () => {})
    await queue.add('x', {})
    await until(async () => (await queue.getCompletedCount()) === 1)
  })

  it('Q20: has no `client`, `repeat` or `paused` of version 5 any more', async () => {
    const queue = await rawQueue(await rawBackend(server))
    expect('client' in queue).toBe(false)
    expect('repeat' in queue).toBe(false)
    await queue.resume()
  })

  it('waits 15 s by itself before it asks a server again that was away; we do not', async () => {
    const worker = rawWorker(await rawBackend(server), async () => {}, { autorun: false })
    expect(worker.opts.runRetryDelay).toBe(15_000)
  })
})

it('Q1: its classes are made in one file alone', () => {
  const source = fileURLToPath(new URL('.', import.meta.url))
  const makers = (readdirSync(source, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => /new (Queue|Worker|FlowProducer|QueueEvents)\(/.test(readFileSync(source + name, 'utf8')))
  expect(makers).toEqual(['backend.ts'])
})

describe('a server that will not do', () => {
  const open = (url: string) => openBackend(url, freshNamespace(), keptLog())

  it('is refused by name: another scheme, nobody there', async () => {
    await expect(open('amqp://localhost')).rejects.toMatchObject({ code: 'address-invalid' })
    await expect(open('redis://127.0.0.1:1')).rejects.toMatchObject({ code: 'unreachable' })
    await expect(open('postgres://a:b@127.0.0.1:1/postgres')).rejects.toMatchObject({ code: 'unreachable' })
  })

  it.skipIf(!hasRedis)(hasRedis ? 'Q18: is refused when it is a Redis that evicts' : NO_REDIS, async () => {
    const url = await startRedis(['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'])
    await expect(open(url)).rejects.toMatchObject({ code: 'redis-evicts' })
  })
})

onEachServer('the database', (server) => {
  if (server.kind !== 'postgres') return it('is none on Redis: nothing to set up', () => {})

  it('Q14: set up by a newer version is refused, and set up by ours is not touched again', async () => {
    const namespace = freshNamespace()
    await openBackend(server.url(), namespace, keptLog())
    await openBackend(server.url(), namespace, keptLog())
    const client = new pg.Client({ connectionString: server.url() })
    await client.connect()
    await client.query(`UPDATE ${namespace}.migration SET min_client_version = 99`)
    await client.end()
    await expect(openBackend(server.url(), namespace, keptLog())).rejects.toMatchObject({ code: 'schema-newer' })
  })

  it('Q15: keeps namespaces apart as schemas', async () => {
    const [one, other] = [await rawQueue(await rawBackend(server)), await rawQueue(await rawBackend(server))]
    await one.add('x', {})
    expect(await other.getWaitingCount()).toBe(0)
  })

  it('Q16: that answers with errors is asked a few times a second at most, and the work goes on when it recovers', async () => {
    const log = keptLog()
    const queue = await server.open({ log, lockMs: 1_500, stalledCheckMs: 500 })
    const client = new pg.Client({ connectionString: server.url() })
    await client.connect()
    onTestFinished(() => client.end())
    let done = 0
    const perform = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10))
      return { kind: 'done' } as const
    }
    queue.work({ perform, giveUp: async () => {}, finished: () => void done++ }, { concurrency: 1 })
    await queue.add(Array.from({ length: 60 }, (_, i) => ({ step: validateStep('s', i + 1), children: [] })))
    await until(() => done > 3)
    await client.query(`ALTER TABLE ${queue.namespace}.job RENAME TO away`)
    const paused = () => log.said.filter(({ text }) => text === 'the queue answers with errors; pausing').length
    await until(() => paused() === 1, 15_000)
    const before = log.said.length
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(log.said.length - before).toBeLessThan(10)
    expect(paused()).toBe(1)
    await client.query(`ALTER TABLE ${queue.namespace}.away RENAME TO job`)
    await until(() => done === 60, 15_000)
  }, 40_000)
})
