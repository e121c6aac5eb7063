import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { QueueError } from '../queue-error.ts'
import type { QueueLog } from '../queue-log.ts'
import { dataOf, ensureCluster, passwordOf, USER } from './cluster.ts'
import { findHome, type Home } from './home.ts'
import {
  buryPostmaster,
  dismissPostmaster,
  findPostmaster,
  type Postmaster,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'

export interface EmbeddedPostgres {
  /** For this process and its children. */
  readonly url: string
  stop(): Promise<void>
}

/** Key of the advisory lock that says who owns the server; any constant, 'aff' in hexadecimal. */
const OWNER_LOCK = 0x616666
const CLAIM_LIMIT_MS = 2_000
const RESTART_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

/**
 * A PostgreSQL of our own for one folder, and never two (Q21).
 *
 * absent   -> started          nobody runs it: initialise if need be, start, claim
 * orphaned -> adopted          its owner was killed: the claim succeeds, because the lock went with his connection
 * owned    -> QueueError       'in-use': another installation lives and uses this folder
 * damaged  -> started anew     it does not come up: its data are thrown away, once; the planner fills it again
 * lost     -> started again    it dies under us: same port, so that workers find it where it was
 *
 * The claim is a lock held by a connection. It needs no file that a crash leaves behind.
 */
export async function startEmbeddedPostgres(dataDir: string, log: QueueLog): Promise<EmbeddedPostgres> {
  const home = findHome(dataDir)
  await ensureCluster(home)
  const server = new OwnedServer(home, log)
  await server.open()
  return { url: server.url, stop: () => server.stop() }
}

class OwnedServer {
  private readonly home: Home
  private readonly log: QueueLog
  private postmaster: Postmaster | null = null
  private claim: pg.Client | null = null
  private stopping = false
  private readonly atExit = (): void => {
    if (this.postmaster !== null) dismissPostmaster(this.postmaster)
  }

  constructor(home: Home, log: QueueLog) {
    this.home = home
    this.log = log
  }

  get url(): string {
    return `postgres://${USER}:${passwordOf(this.home.cluster)}@127.0.0.1:${this.postmaster?.port}/postgres`
  }

  async open(): Promise<void> {
    const found = findPostmaster(this.home)
    this.postmaster = found ?? (await this.startOrRenew())
    await this.take()
    if (found !== null) this.log.info({ pid: found.pid }, 'took over the embedded queue of a process that was killed')
    process.once('exit', this.atExit)
  }

  async stop(): Promise<void> {
    this.stopping = true
    process.removeListener('exit', this.atExit)
    await this.claim?.end().catch(() => {})
    if (this.postmaster !== null) await stopPostmaster(this.postmaster)
    this.postmaster = null
  }

  private async startOrRenew(): Promise<Postmaster> {
    try {
      return await startPostmaster(this.home, null)
    } catch (error) {
      if (findPostmaster(this.home) !== null) throw new QueueError('in-use', this.home.cluster, { cause: error })
      this.log.warn({ folder: this.home.cluster }, 'the data of the embedded queue are damaged; starting anew')
      rmSync(dataOf(this.home.cluster), { recursive: true, force: true })
      await ensureCluster(this.home)
      return startPostmaster(this.home, null)
    }
  }

  /** The lock of an owner killed a moment ago goes when the server notices, so a refusal is asked twice. */
  private async take(): Promise<void> {
    const until = performance.now() + CLAIM_LIMIT_MS
    for (;;) {
      const outcome = await this.tryToTake()
      if (outcome === 'taken') return
      if (performance.now() > until) throw new QueueError(outcome, this.home.cluster)
      await sleep(50)
    }
  }

  private async tryToTake(): Promise<'taken' | 'in-use' | 'cannot-start'> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'afferent:owner' })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [OWNER_LOCK])
      if (rows[0].taken !== true) {
        await client.end()
        return 'in-use'
      }
    } catch {
      return 'cannot-start'
    }
    this.claim = client
    client.once('end', () => void this.revive())
    return 'taken'
  }

  private async revive(): Promise<void> {
    const lost = this.postmaster
    if (this.stopping || lost === null) return
    this.log.error({ pid: lost.pid }, 'the embedded queue was lost; starting it again')
    for (let pauseMs = RESTART_PAUSE_MS; !this.stopping; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        await buryPostmaster(lost)
        this.postmaster = findPostmaster(this.home) ?? (await startPostmaster(this.home, lost.port))
        return await this.take()
      } catch (err) {
        this.log.error({ err }, 'the embedded queue did not come back; trying again')
        await sleep(pauseMs)
      }
    }
  }
}
