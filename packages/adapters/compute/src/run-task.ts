import type { TaskHost } from '@afferent/records'
import { loadModule } from './modules.ts'
import { openTaskHost } from './task-host.ts'

/** What is sent to a thread: where the function is, and its input. */
export interface TaskCall {
  readonly module: string
  readonly name: string
  readonly input: unknown
}

/** Loads the module, runs its export, closes the files it opened. `aside`: folder for what it puts aside. Throws what the task throws. */
export async function runTask(call: TaskCall, aside: string): Promise<unknown> {
  const loaded = await loadModule(call.module)
  const task = loaded[call.name]
  if (typeof task !== 'function') throw new TypeError(`the task module has no function ${call.name}: ${call.module}`)
  const host = openTaskHost(aside)
  try {
    return await (task as (input: unknown, host: TaskHost) => unknown)(call.input, host)
  } finally {
    host.close()
  }
}
