import type { Log } from './log.ts'

/** What a person who pressed Ctrl-C, or an orchestrator, allows for an orderly end. */
export const SHUTDOWN_LIMIT_MS = 5_000

export interface Shutdown {
  /** Aborted as soon as the end begins: long work looks at it. */
  readonly signal: AbortSignal
  /** What to close at the end; called in reverse order, so that what was opened last is closed first. */
  onShutdown(name: string, close: () => unknown): void
  /** Closes everything and ends the process with `code`; called again, it waits for the first call. */
  stop(why: string, code?: number): Promise<void>
}

export interface ShutdownOptions {
  readonly log: Pick<Log, 'info' | 'warn'>
  readonly limitMs?: number
  /** Exit code after a signal: 0 for a service (it did as told), 6 for a command that can be resumed. */
  readonly interruptedCode?: number
  /** Exit code when the end was not orderly: too slow, or forced by a second signal. */
  readonly forcedCode?: number
  /** Where signals come from and how the process ends; the real process if absent. */
  readonly host?: ShutdownHost
}

export interface ShutdownHost {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  exit(code: number): void
}

/**
 * Orderly end of a process.
 *
 * The first SIGINT or SIGTERM closes what was registered, last opened first, one after another. One that fails is said
 * and the others go on. After `limitMs` in all, or at a second signal, the process ends at once with `forcedCode` (every
 * write that matters is atomic, so an abrupt end loses only work that can be done again).
 */
export function createShutdown(options: ShutdownOptions): Shutdown {
  const { log, limitMs = SHUTDOWN_LIMIT_MS, interruptedCode = 0, forcedCode = 1, host = process } = options
  const controller = new AbortController()
  const closers: { readonly name: string; readonly close: () => unknown }[] = []
  let ending: Promise<void> | null = null

  async function closeAll(): Promise<void> {
    for (let next = closers.pop(); next !== undefined; next = closers.pop()) {
      try {
        await next.close()
      } catch (err) {
        log.warn({ part: next.name, err }, 'could not close in order')
      }
    }
  }

  async function end(why: string, code: number): Promise<void> {
    controller.abort()
    log.info({ why }, 'stopping')
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, limitMs, 'late')
    })
    const outcome = await Promise.race([closeAll(), late])
    clearTimeout(timer)
    if (outcome === 'late') log.warn({ limitMs, left: closers.length }, 'stopped before everything was closed')
    host.exit(outcome === 'late' ? forcedCode : code)
  }

  function stop(why: string, code = 0): Promise<void> {
    ending ??= end(why, code)
    return ending
  }

  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    host.on(name, () => {
      if (ending === null) void stop(name, interruptedCode)
      else host.exit(forcedCode)
    })
  }
  return { signal: controller.signal, onShutdown: (name, close) => void closers.push({ name, close }), stop }
}
