import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { QueueLog } from '@afferent/queue'
import { FromWorker, type ToWorker, type WorkerReport } from './worker-messages.ts'

export interface SuperviseOptions {
  readonly count: number
  /** Settings of the workers on top of this process's own: AFFERENT_QUEUE_URL, AFFERENT_DATA, ... */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: QueueLog
  readonly onReport?: (worker: number, report: WorkerReport) => void
  /** The program of a worker; for tests. */
  readonly program?: string
}

export interface Supervisor {
  /** Resolves when all workers take steps. */
  ready(): Promise<void>
  workers(): readonly { readonly pid: number | null; readonly ready: boolean; readonly restarts: number }[]
  /** Tells all to stop, and ends those that have not within `limitMs`. */
  stop(limitMs?: number): Promise<void>
}

/** A worker that dies is started again after the first pause; each further death in a row doubles it, up to the longest. */
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** One that has lived this long is healthy, and its next death the first of a new row. */
const HEALTHY_AFTER_MS = 30_000
const STOP_LIMIT_MS = 5_000

/** Keeps `count` worker processes alive, so that a hostile file can take down a worker and nothing else. */
export function superviseWorkers(options: SuperviseOptions): Supervisor {
  const posts = Array.from({ length: options.count }, (_, index) => new Post(index, options))
  return {
    ready: async () => void (await Promise.all(posts.map((post) => post.ready()))),
    workers: () => posts.map((post) => post.state()),
    stop: async (limitMs = STOP_LIMIT_MS) => void (await Promise.all(posts.map((post) => post.stop(limitMs)))),
  }
}

/**
 * One place that always has a worker.
 *
 * starting -> ready      it said so
 * any      -> pausing    it died: logged with code or signal; after the pause -> starting
 * any      -> stopped    told to stop: message, then SIGKILL at the limit
 */
class Post {
  private readonly index: number
  private readonly options: SuperviseOptions
  private child: ChildProcess | null = null
  private pause: NodeJS.Timeout | undefined
  private pauseMs = FIRST_PAUSE_MS
  private restarts = 0
  private stopping = false
  private isReady = false
  private whenReady = Promise.withResolvers<void>()

  constructor(index: number, options: SuperviseOptions) {
    this.index = index
    this.options = options
    this.start()
  }

  ready(): Promise<void> {
    return this.whenReady.promise
  }

  state() {
    return { pid: this.child?.pid ?? null, ready: this.isReady, restarts: this.restarts }
  }

  async stop(limitMs: number): Promise<void> {
    this.stopping = true
    clearTimeout(this.pause)
    const { child } = this
    if (child === null) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
    const told: ToWorker = { kind: 'stop' }
    if (child.connected) child.send(told, () => {})
    await gone
    clearTimeout(timer)
  }

  private start(): void {
    const { env, program = fileURLToPath(new URL('./main.ts', import.meta.url)) } = this.options
    const since = performance.now()
    const child = fork(program, [], { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.child = child
    child.on('message', (message) => this.hear(message))
    child.on('error', (err) => this.options.log.error({ worker: this.index, err }, 'a worker cannot be reached'))
    child.once('exit', (code, signal) => this.bury(code, signal, performance.now() - since))
  }

  private hear(message: unknown): void {
    const { data } = FromWorker.safeParse(message)
    if (data?.kind === 'report') this.options.onReport?.(this.index, data)
    if (data?.kind !== 'ready') return
    this.isReady = true
    this.whenReady.resolve()
  }

  private bury(code: number | null, signal: NodeJS.Signals | null, livedMs: number): void {
    this.child = null
    this.isReady = false
    if (this.stopping) return
    if (livedMs >= HEALTHY_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS
    this.restarts++
    this.options.log.error(
      { worker: this.index, code, signal, pauseMs: this.pauseMs },
      'a worker died; starting another',
    )
    this.pause = setTimeout(() => this.start(), this.pauseMs)
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS)
  }
}
