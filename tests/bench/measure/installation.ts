import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { type LocalVault, openVault } from '@afferent/vault'
import { CLI } from './product.ts'
import { scratch } from './scratch.ts'
import { pathOf } from './whole-process.ts'

/** A step as a worker's log tells it. */
export interface PerformedStep {
  readonly step: 'validate' | 'prepare' | 'derive' | 'publish'
  readonly outcome: 'done' | 'already' | 'obsolete'
  readonly makes: string
  /** When it was done, and how long that took. */
  readonly time: string
  readonly durationMs: number
}

/**
 * `afferent start` as people start it: a process of its own with its workers as children, the embedded queue, an empty
 * folder. What its steps took stands in its log, what it published in its vault.
 */
export class BenchInstallation {
  readonly data: string
  readonly vault: LocalVault
  /** Steps performed so far. */
  readonly steps: PerformedStep[] = []
  private readonly process: ChildProcess

  private constructor(data: string, vault: LocalVault, process: ChildProcess) {
    this.data = data
    this.vault = vault
    this.process = process
    for (const stream of [process.stdout, process.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.hear(line))
    }
  }

  static async start(name: string, options: { readonly workers?: number; readonly threads?: number } = {}) {
    const data = await scratch(name)
    await mkdir(data, { recursive: true })
    const { workers = 1, threads } = options
    const program = pathOf(CLI)
    const process_ = spawn(
      process.execPath,
      [program, 'start', '--data', data, '--port', '0', '--workers', String(workers)],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          AFFERENT_LOG_LEVEL: 'info',
          AFFERENT_LOG_FORMAT: 'json',
          ...(threads !== undefined && { AFFERENT_WORKER_THREADS: String(threads) }),
        },
      },
    )
    const ready = new Promise<void>((resolve, reject) => {
      process_.once('exit', (code) => reject(new Error(`the installation ended with ${code} before it was ready`)))
      if (process_.stderr === null) return
      createInterface({ input: process_.stderr }).on('line', (line) => line.includes('worker ready') && resolve())
    })
    await ready
    return new BenchInstallation(data, await openVault({ root: join(data, 'vault') }), process_)
  }

  /** The drop folder of a study, made if need be. */
  async drop(study: string): Promise<string> {
    const folder = join(this.data, 'drop', study)
    await mkdir(folder, { recursive: true })
    return folder
  }

  /** Waits until the run in force is another than `before`. */
  async published(study: string, before: string | undefined, limitMs = 600_000): Promise<string> {
    const end = performance.now() + limitMs
    for (;;) {
      const run = (await this.vault.latest(study))?.run
      if (run !== undefined && run !== before) return run
      if (performance.now() > end) throw new Error('nothing was published')
      await pause(5)
    }
  }

  /** Waits until the journal's last line is an answer and the log has told of every step that led to it. */
  async atRest(study: string, limitMs = 600_000): Promise<void> {
    const end = performance.now() + limitMs
    for (;;) {
      const journal = await this.vault.journal(study)
      const answers = journal.filter(({ kind }) => kind === 'published').length
      const told = this.steps.filter(({ step, outcome }) => step === 'publish' && outcome === 'done').length
      if (journal.at(-1)?.kind === 'published' && told >= answers) return
      if (performance.now() > end) throw new Error('the journal has no answer')
      await pause(20)
    }
  }

  /**
   * The most memory that any one process of it ever held, and which: the installation itself (intake, scheduler, portal)
   * and its workers; the database of the queue is left out. Null where the system does not tell.
   */
  peakBytes(): { readonly intake: number; readonly workers: number } | null {
    const own = this.process.pid as number
    try {
      const workers = childrenOf(own).filter((pid) =>
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('services/worker/'),
      )
      return { intake: peakOf(own), workers: Math.max(0, ...workers.map(peakOf)) }
    } catch {
      return null
    }
  }

  async stop(): Promise<void> {
    const gone = this.process.exitCode === null ? once(this.process, 'exit') : null
    this.process.kill('SIGTERM')
    await gone
    await this.vault.close()
    await rm(this.data, { recursive: true, force: true })
  }

  private hear(line: string): void {
    if (!line.includes('"step performed"')) return
    this.steps.push(JSON.parse(line) as PerformedStep)
  }
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

const peakOf = (pid: number): number =>
  Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
