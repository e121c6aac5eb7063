/** Entry of a worker thread: takes one call at a time, answers with its result or its error. */
import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { HandedOver } from '@afferent/records'

const { compileCache } = workerData as { compileCache: string | undefined }
enableCompileCache(compileCache)
const { runTask } = await import('./run-task.ts')

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

/** Memory that the task hands over (see HandedOver): it moves to the caller instead of being copied. */
function givenAway(result: unknown): ArrayBuffer[] {
  const { transfer } = (result ?? {}) as Partial<HandedOver>
  return Array.isArray(transfer) ? transfer : []
}

/** Errors cross threads with name, message, stack and cause; anything a clone cannot hold becomes its text. */
function cloneable(error: unknown): unknown {
  try {
    return structuredClone(error)
  } catch {
    return new Error(String(error))
  }
}
