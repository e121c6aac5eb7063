import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { QueueError } from '../queue-error.ts'
import { program } from './binaries.ts'
import { dataOf } from './cluster.ts'
import type { Home } from './home.ts'

/** A running server, ours or one left behind by a killed process. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

const START_LIMIT_MS = 15_000
const STOP_LIMIT_MS = 3_000
const POLL_MS = 5

/**
 * Nothing here must survive a power cut (the vault does), so nothing is flushed; few processes, little memory, no socket
 * file, no voice on the terminal. `synchronous_commit` stays on: it costs one write, and without it a server that is
 * killed loses the last half second, set-up of the tables included.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '2MB',
  max_wal_size: '64MB',
  shared_buffers: '16MB',
  io_method: 'sync',
  max_parallel_workers: '0',
  max_logical_replication_workers: '0',
  jit: 'off',
  max_connections: '100',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/** The server that holds this data folder, if it is up. Line 1 of its pid file is the process, 4 the port, 8 the state. */
export function findPostmaster(home: Home): (Postmaster & { readonly ready: boolean }) | null {
  let lines: string[]
  try {
    lines = readFileSync(join(dataOf(home.cluster), 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || !isPostgres(pid)) return null
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/** Starts the server and returns when it takes connections. `port`: the one to take again after a crash. */
export async function startPostmaster(home: Home, port: number | null): Promise<Postmaster> {
  const at = port ?? (await freePort())
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(join(home.cluster, 'server.log'), 'w', 0o600)
  // A group of its own: Ctrl-C must not reach it before the workers have handed back what they hold.
  const child = spawn(program(home.binaries, 'postgres'), ['-D', dataOf(home.cluster), '-p', String(at), ...settings], {
    ...home.account,
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  let gone = false
  child.once('exit', () => {
    gone = true
  })
  child.once('error', () => {
    gone = true
  })
  child.unref()
  const until = performance.now() + START_LIMIT_MS
  while (!gone && performance.now() < until) {
    const found = findPostmaster(home)
    if (found?.ready && found.pid === child.pid) return { pid: found.pid, port: found.port }
    await sleep(POLL_MS)
  }
  if (!gone) child.kill('SIGQUIT')
  throw new QueueError('cannot-start', join(home.cluster, 'server.log'))
}

/** The server is dying or dead: returns when it is gone, so that its folder is free. */
export async function buryPostmaster({ pid }: Postmaster): Promise<void> {
  if (!(await waitUntilGone(pid, STOP_LIMIT_MS))) signal(pid, 'SIGKILL')
}

/** Fast shutdown; one that does not obey is made to. */
export async function stopPostmaster({ pid }: Postmaster): Promise<void> {
  signal(pid, 'SIGINT')
  if (await waitUntilGone(pid, STOP_LIMIT_MS)) return
  signal(pid, 'SIGQUIT')
  if (!(await waitUntilGone(pid, STOP_LIMIT_MS))) signal(pid, 'SIGKILL')
}

/** For the last moment of a process, where nothing can be waited for. */
export const dismissPostmaster = ({ pid }: Postmaster): void => signal(pid, 'SIGINT')

async function waitUntilGone(pid: number, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs
  while (isPostgres(pid)) {
    if (performance.now() > until) return false
    await sleep(POLL_MS)
  }
  return true
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Process ids are used again: where the system tells, the process must be a postgres, and not a dead one unburied. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return status.includes('(postgres)') && !/\) Z /.test(status)
  } catch {
    return process.platform !== 'linux'
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
