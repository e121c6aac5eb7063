/** Entry of a worker thread: takes one call at a time, answers with its result or its error. */
import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

const { compileCache } = workerData as { compileCache: string | undefined }
enableCompileCache(compileCache)
const { runTask } = await import('./run-task.ts')

parentPort?.on('message', async (call) => {
  try {
    parentPort?.postMessage({ ok: true, result: await runTask(call) })
  } catch (error) {
    parentPort?.postMessage({ ok: false, error: cloneable(error) })
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
