import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Step } from '@afferent/pipeline'
import type { Queue } from '@afferent/queue'
import { onTestFinished } from 'vitest'

export interface Manner {
  readonly manner: 'work' | 'hang' | 'die' | 'block' | 'spin'
  readonly hangLimitMs?: number
  readonly lockMs?: number
  readonly stalledMs?: number
  readonly clockAheadMs?: number
}

/** A worker process that does as told in `worker.fixture.ts`; ends with its test. */
export function startWorker(queue: Queue<Step>, folder: string, how: Manner): ChildProcess {
  const { manner, hangLimitMs, lockMs = 1_500, stalledMs = 500, clockAheadMs = 0 } = how
  const child = fork(fileURLToPath(new URL('./worker.fixture.ts', import.meta.url)), [], {
    env: {
      ...process.env,
      TEST_URL: queue.url,
      TEST_NAMESPACE: queue.namespace,
      TEST_FOLDER: folder,
      TEST_MANNER: manner,
      TEST_LOCK_MS: String(lockMs),
      TEST_STALLED_MS: String(stalledMs),
      TEST_CLOCK_AHEAD_MS: String(clockAheadMs),
      ...(hangLimitMs !== undefined && { TEST_HANG_LIMIT_MS: String(hangLimitMs) }),
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Waits until a worker says so. */
export async function said(child: ChildProcess, text: string): Promise<void> {
  for (;;) {
    const [message] = (await once(child, 'message')) as [{ text: string }]
    if (message.text.includes(text)) return
  }
}

/** Lines of a file that workers wrote, none while it is not there. */
export const linesOf = (folder: string, file: string): string[] => {
  const path = join(folder, file)
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : []
}
