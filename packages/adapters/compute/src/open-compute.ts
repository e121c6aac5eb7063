import type { Compute, Task } from '@afferent/records'
import { ThreadPool } from './pool.ts'
import { runTask, type TaskCall } from './run-task.ts'

export interface OpenCompute extends Compute {
  close(): Promise<void>
}

/**
 * Threads to compute in. `threads` 0 or 1: in this process, one task after the other, no thread is started.
 *
 * `map` gives results in the order of inputs. If a task throws, no further input is handed out, the running ones are
 * awaited, and the error of the first failed input is thrown, with what the task threw as its `cause`.
 */
export function openCompute(options: { readonly threads: number }): OpenCompute {
  return options.threads > 1 ? inThreads(options.threads) : inProcess()
}

function inThreads(threads: number): OpenCompute {
  const pool = new ThreadPool(threads)
  return {
    threads,
    map: (task, inputs) => mapInOrder(task, inputs, threads, (call) => pool.run(call)),
    close: () => pool.close(),
  }
}

function inProcess(): OpenCompute {
  return {
    threads: 1,
    map: (task, inputs) => mapInOrder(task, inputs, 1, runHere),
    close: async () => {},
  }
}

async function runHere(call: TaskCall): Promise<unknown> {
  try {
    return await runTask(call)
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
  const results = new Array<O>(inputs.length)
  const failures = new Map<number, unknown>()
  let next = 0
  const lane = async () => {
    while (next < inputs.length && failures.size === 0) {
      const at = next++
      try {
        results[at] = (await run({ module: task.module, name: task.name, input: inputs[at] })) as O
      } catch (error) {
        failures.set(at, error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, inputs.length) }, lane))
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()))
  return results
}
