import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  type RedisQueueBackend,
  runMigrations,
  SchemaVersionMismatchError,
} from 'bullmq'
import pg from 'pg'
import type { Server } from './backend.ts'
import { QueueError } from './queue-error.ts'
import { CONNECT_TIMEOUT_MS } from './settings.ts'

/**
 * PostgreSQL with BullMQ's tables in a schema of ours.
 *
 * Q14: BullMQ sets up nothing on connect. It is done here, once per process, before anything else connects; an advisory
 * lock makes simultaneous starts wait for each other.
 * Q15: connections are described, not given: BullMQ ignores the schema beside a pool.
 */
export async function openPostgres(url: string, namespace: string): Promise<Server> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'afferent',
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (cause) {
    throw new QueueError('unreachable', '', { cause })
  }
  try {
    await runMigrations(client, namespace)
  } catch (cause) {
    throw new QueueError(cause instanceof SchemaVersionMismatchError ? 'schema-newer' : 'schema-failed', '', { cause })
  } finally {
    await client.end()
  }
  return {
    kind: 'postgres',
    // BullMQ's types tie every class to the connection of its back end; both kinds pass through one set of classes here.
    factory: createPostgresBackend as unknown as BackendFactory<RedisQueueBackend, ConnectionOptions>,
    connection: (connections) =>
      ({
        connectionString: url,
        schema: namespace,
        max: connections,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        application_name: 'afferent',
      }) as unknown as ConnectionOptions,
    clockDifferenceMs: () => clockDifferenceMs(url),
  }
}

/** Server's clock minus ours; the answer's way is halved. */
async function clockDifferenceMs(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  client.on('error', () => {})
  await client.connect()
  try {
    const before = Date.now()
    const { rows } = await client.query('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms')
    return Math.round(Number(rows[0].ms) - (before + Date.now()) / 2)
  } finally {
    await client.end()
  }
}
