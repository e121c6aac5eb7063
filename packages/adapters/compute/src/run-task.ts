import { taskFunction } from './task-function.ts'
import { openTaskHost } from './task-host.ts'

/** What is sent to a thread: where the function is, and its input. */
export interface TaskCall {
  readonly module: string
  readonly name: string
  readonly input: unknown
  readonly long?: boolean | undefined
}

/** Loads the module, runs its export, closes the files it opened. `aside`: folder for what it puts aside. Throws what the task throws. */
export async function runTask(call: TaskCall, aside: string): Promise<unknown> {
  const task = await taskFunction<unknown, unknown>(call)
  const host = openTaskHost(aside)
  try {
    return await task(call.input, host)
  } finally {
    host.close()
  }
}
