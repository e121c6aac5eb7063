import type { Task, TaskHost } from '@afferent/records'
import { loadModule } from './modules.ts'

/** The function that a task names, loaded. */
export async function taskFunction<I, O>({ module, name }: Task<I, O>): Promise<(input: I, host: TaskHost) => O> {
  const task = (await loadModule(module))[name]
  if (typeof task !== 'function') throw new TypeError(`the task module has no function ${name}: ${module}`)
  return task as (input: I, host: TaskHost) => O
}
