/** A worker thread: answers calls one after the other, with a result or an error. */
import { parentPort, workerData } from 'node:worker_threads'
import { giveAwayOnce, givenAway } from './given-away.ts'
import { runTask, type TaskCall } from './run-task.ts'

giveAwayOnce()

let turn: Promise<void> = Promise.resolve()

parentPort?.on('message', (call: TaskCall & { readonly id: number }) => {
  turn = turn.then(() => answer(call))
})

async function answer(call: TaskCall & { readonly id: number }): Promise<void> {
  const { id } = call
  try {
    const result = await runTask(call, workerData.aside)
    parentPort?.postMessage({ id, ok: true, result }, givenAway(result))
  } catch (error) {
    const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown }
    const facts = { ...(typeof code === 'string' && { code }), ...(typeof path === 'string' && { path }) }
    parentPort?.postMessage({ id, ok: false, error: cloneable(error), facts })
  }
}

/** Errors cross threads with name, message, stack and cause; anything a clone cannot hold becomes its text. */
function cloneable(error: unknown): unknown {
  try {
    return structuredClone(error)
  } catch {
    return new Error(String(error))
  }
}
