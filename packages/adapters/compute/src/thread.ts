/** A worker thread: takes one call at a time, answers with its result or its error. */
import { parentPort } from 'node:worker_threads'
import { givenAway } from './given-away.ts'
import { runTask } from './run-task.ts'

parentPort?.on('message', async (call) => {
  try {
    const result = await runTask(call)
    parentPort?.postMessage({ ok: true, result }, givenAway(result))
  } catch (error) {
    const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown }
    const facts = { ...(typeof code === 'string' && { code }), ...(typeof path === 'string' && { path }) }
    parentPort?.postMessage({ ok: false, error: cloneable(error), facts })
  }
})

/** Errors cross threads with name, message, stack and cause; anything a clone cannot hold becomes its text. */
function cloneable(error: unknown): unknown {
  try {
    return structuredClone(error)
  } catch {
    return new Error(String(error))
  }
}
