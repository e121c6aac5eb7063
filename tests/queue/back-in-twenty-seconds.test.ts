import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Step } from '@afferent/pipeline'
import { openQueue, type Queue } from '@afferent/queue'
import { expect, it, onTestFinished } from 'vitest'
import { keptLog } from '../testkit/kept-log.ts'
import { freshNamespace } from '../testkit/queue-servers.ts'
import { redisUrl } from '../testkit/redis.ts'
import { family, QueuedSteps } from '../testkit/steps.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { until } from '../testkit/until.ts'
import { linesOf, startWorker } from './test-worker.ts'

/** The settings in use; both servers at once, because each takes its ten to twenty seconds. */
const SETTINGS = { lockMs: 10_000, stalledMs: 5_000 }

async function open(at: { url: string } | { embedded: { dataDir: string } }): Promise<Queue<Step>> {
  const queue = await openQueue({ ...at, namespace: freshNamespace(), step: QueuedSteps, log: keptLog() })
  onTestFinished(() => queue.close())
  return queue
}

/** Kills the first worker with shard 1 of 3 in hand; returns the seconds to the answer, and the answer. */
async function publishThroughLoss(queue: Queue<Step>): Promise<{ seconds: number; answer: string }> {
  const folder = temporaryFolder()
  const first = startWorker(queue, folder, { manner: 'hang', ...SETTINGS })
  await queue.add([family('s', 'run', 3)])
  await until(() => linesOf(folder, 'performed').length === 2)
  first.kill('SIGKILL')
  const since = performance.now()
  startWorker(queue, folder, { manner: 'work', ...SETTINGS })
  await until(() => existsSync(join(folder, 'result')), 25_000)
  return { seconds: (performance.now() - since) / 1000, answer: readFileSync(join(folder, 'result'), 'utf8') }
}

async function publishUndisturbed(queue: Queue<Step>): Promise<string> {
  const folder = temporaryFolder()
  startWorker(queue, folder, { manner: 'work' })
  await queue.add([family('s', 'run', 3)])
  await until(() => existsSync(join(folder, 'result')))
  return readFileSync(join(folder, 'result'), 'utf8')
}

it('Q7: the step of a worker killed between two steps is back in under 20 s, and the answer is the same', async () => {
  const embedded = await open({ embedded: { dataDir: temporaryFolder() } })
  const redis = await redisUrl()
  const queues = [embedded, ...(redis === null ? [] : [await open({ url: redis })])]
  const expected = await publishUndisturbed(await open({ url: embedded.url }))
  for (const { seconds, answer } of await Promise.all(queues.map(publishThroughLoss))) {
    expect(seconds).toBeLessThan(20)
    expect(answer).toBe(expected)
  }
}, 60_000)
