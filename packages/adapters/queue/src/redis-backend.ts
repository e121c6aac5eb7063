import { createRedisBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { Server } from './backend.ts'
import { QueueError } from './queue-error.ts'
import { CONNECT_TIMEOUT_MS } from './settings.ts'

/** A ring to a server that is down must fail rather than hang. */
const RING_RETRIES = 3

/** Redis as it must be: reachable, and never one that throws jobs away when memory runs short (Q18). */
export async function openRedis(url: string): Promise<Server> {
  const options = toOptions(url)
  await checkPolicy(options)
  return {
    kind: 'redis',
    factory: createRedisBackend,
    connection: (_, patient) => ({ ...options, maxRetriesPerRequest: patient ? null : RING_RETRIES }),
    clockDifferenceMs: async () => null, // Q5: locks go by the server's own clock
  }
}

type Options = ReturnType<typeof toOptions>

function toOptions(url: string) {
  const { hostname, port, username, password, pathname, protocol } = parse(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 6379 : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (times: number) => Math.min(times * 200, 2_000),
  }
}

function parse(url: string): URL {
  try {
    return new URL(url)
  } catch {
    throw new QueueError('address-invalid')
  }
}

async function checkPolicy(options: Options): Promise<void> {
  const client = new Redis({ ...options, lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    // INFO, not CONFIG: hosted servers refuse CONFIG.
    const policy = /maxmemory_policy:(\S+)/.exec(await client.info('memory'))?.[1]
    if (policy !== undefined && policy !== 'noeviction') throw new QueueError('redis-evicts', `it is ${policy}`)
  } catch (cause) {
    throw cause instanceof QueueError ? cause : new QueueError('unreachable', '', { cause })
  } finally {
    client.disconnect()
  }
}
