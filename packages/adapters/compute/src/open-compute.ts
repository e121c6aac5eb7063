import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Compute, Task } from '@afferent/records'
import { giveAwayOnce } from './given-away.ts'
import { ThreadPool } from './pool.ts'
import { runTask, type TaskCall } from './run-task.ts'
import { SharedLanes } from './shared-lanes.ts'

export interface OpenCompute extends Compute {
  close(): Promise<void>
}

export interface ComputeOptions {
  /** 0 or 1: in this process, one task after the other, no thread is started. */
  readonly threads: number
  /**
   * This thread is one of them, for a program that has nothing else to do meanwhile: it has its modules loaded and its code warm.
   * Between tasks it looks after the others.
   */
  readonly here?: boolean
  /** Folder for what tasks put aside, made when the first does and removed at the end; absent: one for temporary files. */
  readonly aside?: string | undefined
}

/**
 * Threads to compute in.
 *
 * `map` gives results in the order of inputs. If a task throws, no further input is handed out, the running ones are
 * awaited, and the error of the first failed input is thrown, with what the task threw as its `cause`.
 */
export function openCompute({ threads, here = false, aside = asideOfProcess() }: ComputeOptions): OpenCompute {
  const { close, ...lanes } = openLanes(threads, here, aside)
  const closeAll = async (): Promise<void> => {
    await close()
    rmSync(aside, { recursive: true, force: true, maxRetries: 3 })
  }
  let closing: Promise<void> | null = null
  return {
    ...lanes,
    discard(refs) {
      // Nobody waits for it; what is left `close` removes.
      for (const ref of refs) if (ref.kind === 'file') rm(ref.path).catch(() => {})
    },
    // Asked at the end of a command and again when the process shuts down.
    close: () => (closing ??= closeAll()),
  }
}

let opened = 0

const asideOfProcess = (): string => join(tmpdir(), `afferent-${process.pid}-${opened++}`)

type Lanes = Omit<OpenCompute, 'discard'>

function openLanes(threads: number, here: boolean, aside: string): Lanes {
  if (threads <= 1) return inProcess(aside)
  return here ? withThisThread(threads, aside) : inThreads(threads, aside)
}

function inThreads(threads: number, aside: string): Lanes {
  giveAwayOnce()
  const pool = new ThreadPool(threads, 1, aside)
  return {
    threads,
    map: (task, inputs) => mapInOrder(task, inputs, threads, (call) => pool.run(call)),
    close: () => pool.close(),
  }
}

/** While this thread is in a task it hands out none, so the others hold their next one already. */
const AHEAD = 2

function withThisThread(threads: number, aside: string): Lanes {
  const pool = new ThreadPool(threads - 1, AHEAD, aside)
  pool.startAll()
  const lanes = new SharedLanes(pool, (call) => runHere(call, aside))
  return {
    threads,
    map: (task, inputs) => mapInOrder(task, inputs, 1 + (threads - 1) * AHEAD, (call) => lanes.run(call)),
    close: () => lanes.close(),
  }
}

function inProcess(aside: string): Lanes {
  return {
    threads: 1,
    map: (task, inputs) => mapInOrder(task, inputs, 1, (call) => runHere(call, aside)),
    close: async () => {},
  }
}

async function runHere(call: TaskCall, aside: string): Promise<unknown> {
  try {
    return await runTask(call, aside)
  } catch (cause) {
    throw new Error(`task ${call.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

async function mapInOrder<I, O>(
  task: Task<I, O>,
  inputs: readonly I[],
  lanes: number,
  run: (call: TaskCall) => Promise<unknown>,
): Promise<O[]> {
  const { module, name, long } = task
  const results = new Array<O>(inputs.length)
  const failures = new Map<number, unknown>()
  let next = 0
  const lane = async () => {
    while (next < inputs.length && failures.size === 0) {
      const at = next++
      try {
        results[at] = (await run({ module, name, long, input: inputs[at] })) as O
      } catch (error) {
        failures.set(at, error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, inputs.length) }, lane))
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()))
  return results
}
