import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll } from 'vitest'

/** Reason under which tests that need Redis are skipped. */
export const NO_REDIS = 'skipped: redis-server is not on the PATH'

export const hasRedis: boolean = spawnSync('redis-server', ['--version']).status === 0

let started: Promise<string> | null = null
const ends: (() => void)[] = []
const endAll = (): void => {
  for (const end of ends.splice(0)) end()
}
afterAll(endAll)
process.once('exit', endAll)

/**
 * Address of a real Redis on a free port, one per test file, ended with it; null where there is none.
 * Tests on it keep apart by namespace.
 */
export async function redisUrl(): Promise<string | null> {
  if (!hasRedis) return null
  started ??= startRedis()
  return started
}

/** Another Redis with settings of its own: `['--maxmemory-policy', 'allkeys-lru']`. */
export async function startRedis(settings: readonly string[] = []): Promise<string> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'afferent-redis-'))
  const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '--dir', folder, '--loglevel', 'warning']
  const server = spawn('redis-server', ['--port', String(port), ...quiet, ...settings], { stdio: 'ignore' })
  ends.push(() => {
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  await untilAnswering(port)
  return `redis://127.0.0.1:${port}`
}

async function untilAnswering(port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await answers(port)) return
    await sleep(10)
  }
  throw new Error('redis-server does not answer')
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.once('data', (reply) => {
      socket.destroy()
      resolve(reply.toString().startsWith('+PONG'))
    })
    socket.once('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
