import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openQueue, type StepOutcome } from '@afferent/queue'
import { z } from 'zod'

/**
 * A worker process for tests: derive steps write a file named by content, publish joins them. What it is told to do
 * with a step stands in TEST_MANNER: `work`, `hang` (take the step and stay), `die` (kill itself with the step in hand),
 * `block` (stop the event loop for five seconds), `spin` (stop it for ever).
 */
const env = z
  .object({
    TEST_URL: z.string(),
    TEST_NAMESPACE: z.string(),
    TEST_FOLDER: z.string(),
    TEST_MANNER: z.enum(['work', 'hang', 'die', 'block', 'spin']),
    TEST_LOCK_MS: z.coerce.number(),
    TEST_STALLED_MS: z.coerce.number(),
    TEST_HANG_LIMIT_MS: z.coerce.number().optional(),
    TEST_CLOCK_AHEAD_MS: z.coerce.number().default(0),
  })
  .parse(process.env)
const folder = env.TEST_FOLDER
const realNow = Date.now
Date.now = () => realNow() + env.TEST_CLOCK_AHEAD_MS

const Step = z.object({
  kind: z.string(),
  study: z.string(),
  makes: z.string(),
  from: z.number().optional(),
  upload: z.number().optional(),
})
type Step = z.infer<typeof Step>

const say = (fields: Record<string, unknown>, text: string) =>
  process.send?.({ text, differenceMs: fields.differenceMs })
const queue = await openQueue({
  url: env.TEST_URL,
  namespace: env.TEST_NAMESPACE,
  step: Step,
  log: { info: say, warn: say, error: say },
  lockMs: env.TEST_LOCK_MS,
  stalledCheckMs: env.TEST_STALLED_MS,
})

function writeOnce(name: string, text: string): void {
  const path = join(folder, name)
  if (existsSync(path)) return
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
}

async function perform(step: Step): Promise<StepOutcome> {
  appendFileSync(join(folder, 'performed'), `${step.kind} ${step.from ?? step.upload ?? ''}\n`)
  process.send?.({ text: 'taken' })
  if (env.TEST_MANNER === 'die') process.kill(process.pid, 'SIGKILL')
  if (env.TEST_MANNER === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000)
  if (env.TEST_MANNER === 'spin') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  if (env.TEST_MANNER === 'hang' && step.from !== 0) await sleep(3_600_000)
  if (step.kind === 'publish') {
    const shards = readdirSync(folder).filter((name) => name.startsWith('shard-') && !name.includes('.'))
    writeOnce(
      'result',
      shards
        .sort()
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .join(''),
    )
  } else {
    writeOnce(`shard-${step.from ?? `of-file-${step.upload}`}`, createHash('sha256').update(step.makes).digest('hex'))
  }
  return { kind: 'done' }
}

const attendant = queue.work(
  { perform, giveUp: async (step, code) => appendFileSync(join(folder, 'given-up'), `${step.makes} ${code}\n`) },
  { concurrency: 1, ...(env.TEST_HANG_LIMIT_MS !== undefined && { hangLimitMs: env.TEST_HANG_LIMIT_MS }) },
)
await attendant.ready()
process.send?.({ text: 'ready' })
process.once('disconnect', () => process.exit())
