import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StepSchema } from '@afferent/pipeline'
import { openQueue } from '@afferent/queue'
import { onTestFinished } from 'vitest'
import { keptLog } from '../testkit/kept-log.ts'
import { until } from '../testkit/until.ts'

const MAIN = fileURLToPath(new URL('../../services/cli/src/main.js', import.meta.url))
/** Far above what a start needs, since other tests run beside this one. */
const LIMIT_MS = 60_000

/** `afferent ...` as a person calls it: a process of its own, with a group of its own, that can be killed. */
export class AfferentProcess {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  /** Exit code, or the signal that ended it; null while it runs. */
  ended: number | NodeJS.Signals | null = null

  constructor(args: readonly string[]) {
    const { AFFERENT_QUEUE_URL: _url, ...env } = process.env
    this.child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...env, AFFERENT_LOG_LEVEL: 'silent', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    this.child.stdout?.on('data', (text) => {
      this.stdout += text
    })
    this.child.stderr?.on('data', (text) => {
      this.stderr += text
    })
    this.child.once('close', (code, signal) => {
      this.ended = code ?? signal
    })
    onTestFinished(async () => {
      await this.killAll()
      await stopLeftServer(args)
    })
  }

  get pid(): number {
    return this.child.pid as number
  }

  /** What a person's Ctrl-C sends to the process he sees. */
  interrupt(): void {
    this.child.kill('SIGINT')
  }

  /** This process alone: its workers and its queue live on for a moment. */
  killOnly(): Promise<void> {
    this.child.kill('SIGKILL')
    return this.end()
  }

  /** It and everything it has started, at once. */
  async killAll(): Promise<void> {
    if (this.ended !== null) return
    try {
      process.kill(-this.pid, 'SIGKILL')
    } catch {
      // The group has ended already.
    }
    await this.end()
  }

  /** Killed processes may leave children that hold the pipes open, so only the process itself is waited for. */
  async end(): Promise<void> {
    await until(() => this.ended !== null || this.child.exitCode !== null || this.child.signalCode !== null, LIMIT_MS)
    this.ended ??= this.child.exitCode ?? this.child.signalCode
  }

  /** Throws with what it said when it ends before this comes true. */
  async reaches(what: () => boolean | Promise<boolean>): Promise<void> {
    await until(async () => {
      if (this.ended !== null) throw new Error(`afferent ended with ${this.ended}: ${this.stderr}`)
      return what()
    }, LIMIT_MS)
  }

  /** Process ids of its workers. */
  workers(): number[] {
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim().split(' ')
    return children.map(Number).filter((pid) => pid > 0 && commandLine(pid).includes('services/worker'))
  }
}

/** A killed installation leaves its database running for the next start (Q21); no test may. */
async function stopLeftServer(args: readonly string[]): Promise<void> {
  const data = args[args.indexOf('--data') + 1]
  if (!args.includes('--data') || data === undefined || !existsSync(join(data, 'queue'))) return
  const queue = await openQueue({ embedded: { dataDir: join(data, 'queue') }, step: StepSchema, log: keptLog() })
  await queue.close()
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** An installation in a folder, until it says that it runs. */
export async function startAfferent(data: string): Promise<AfferentProcess> {
  const started = new AfferentProcess(['start', '--data', data, '--port', '0', '--workers', '1'])
  await started.reaches(() => started.stdout.includes('Afferent is running'))
  return started
}
