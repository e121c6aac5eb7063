import type { Compute, Task, TaskHost } from '@afferent/records'
import { type FileToValidate, type Validated, validateFile } from '@afferent/validation'

/** Files up to this size are judged in one thread as a whole; larger ones are read in ranges by all of them. */
export const SMALL_FILE_BYTES = 1 << 20

type Input = Omit<FileToValidate, 'compute'>

/**
 * The whole judgement of a small file as one task. Sent to threads piece by piece, 2,000 files of one subject spend more
 * on messages between threads (each with the study file in it) than on reading.
 */
export function validateFileInThread(file: Input, host: TaskHost): Promise<Validated> {
  return validateFile({ ...file, compute: inThisThread(host) })
}

export const VALIDATE_FILE: Task<Input, Validated> = {
  module: import.meta.url,
  name: 'validateFileInThread',
  types: validateFileInThread,
}

/** Tasks within a task, one after the other. */
function inThisThread(host: TaskHost): Compute {
  return {
    threads: 1,
    discard: () => {},
    async map<I, O>(task: Task<I, O>, inputs: readonly I[]): Promise<O[]> {
      const results: O[] = []
      for (const input of inputs) results.push(await host.run(task, input))
      return results
    },
  }
}
