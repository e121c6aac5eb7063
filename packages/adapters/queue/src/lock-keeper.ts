import { Worker as Thread } from 'node:worker_threads'
import type { QueueLog } from './queue-log.ts'
import { BEAT_MS } from './settings.ts'

export interface KeeperSettings {
  readonly url: string
  readonly namespace: string
  readonly lockMs: number
  /** The process is ended when its event loop has not turned for this long. */
  readonly hangLimitMs: number
}

/** What the thread is told. */
export type KeeperMessage = { readonly keep: string; readonly token: string } | { readonly drop: string }
export interface KeeperData extends KeeperSettings {
  /** Seconds of the process's monotonic clock at the last beat of the main thread. */
  readonly beats: SharedArrayBuffer
}

export const secondsNow = (): number => Number(process.hrtime.bigint() / 1_000_000_000n)

/**
 * Q8: renews the locks of the steps in hand from a thread of its own.
 *
 * BullMQ renews them from the event loop that also does the work. Writing the tables of a large study blocks that loop
 * for longer than a lock lasts; the step would be given to a second worker, do the same there, and after two such
 * 'losses' be set apart as poison although nothing is wrong with it. On the other hand a loop that never turns again (a
 * hostile input in an endless loop) must not hold its step for ever: after `hangLimitMs` the thread ends the process.
 */
export class LockKeeper {
  private readonly thread: Thread
  private readonly beat: NodeJS.Timeout
  private readonly whenReady = Promise.withResolvers<void>()

  constructor(settings: KeeperSettings, log: QueueLog) {
    const beats = new SharedArrayBuffer(4)
    const count = new Int32Array(beats)
    Atomics.store(count, 0, secondsNow())
    this.beat = setInterval(() => Atomics.store(count, 0, secondsNow()), BEAT_MS)
    this.beat.unref()
    const workerData: KeeperData = { ...settings, beats }
    this.thread = new Thread(new URL('./lock-keeper-thread.ts', import.meta.url), { workerData })
    this.thread.unref()
    this.thread.once('message', () => this.whenReady.resolve())
    this.thread.on('error', (err) => {
      log.error({ err }, 'the thread that renews locks ended; renewing without it')
      this.whenReady.resolve()
    })
  }

  /** Its connection stands, or there will be none. */
  ready(): Promise<void> {
    return this.whenReady.promise
  }

  keep(job: string, token: string): void {
    this.tell({ keep: job, token })
  }

  drop(job: string): void {
    this.tell({ drop: job })
  }

  async stop(): Promise<void> {
    clearInterval(this.beat)
    await this.thread.terminate()
  }

  private tell(message: KeeperMessage): void {
    this.thread.postMessage(message)
  }
}
