import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { keptLog } from '../../../../../tests/testkit/kept-log.ts'
import { temporaryFolder } from '../../../../../tests/testkit/temporary-folder.ts'
import { until } from '../../../../../tests/testkit/until.ts'
import { openQueue } from '../open-queue.ts'
import { dataOf } from './cluster.ts'
import { findHome } from './home.ts'
import { findPostmaster } from './postmaster.ts'

const step = z.object({ kind: z.string(), study: z.string(), makes: z.string() })
const one = { step: { kind: 'validate', study: 's', makes: 'one' }, children: [] }

async function open(dataDir: string, log = keptLog()) {
  const queue = await openQueue({ embedded: { dataDir }, step, log })
  onTestFinished(() => queue.close())
  return queue
}

const waiting = async (queue: Awaited<ReturnType<typeof open>>) => (await queue.counts()).steps.waiting

/** A process that opens the embedded queue of a folder, adds a step and waits to be killed. */
async function installation(dataDir: string) {
  const child = fork(fileURLToPath(new URL('./installation.fixture.ts', import.meta.url)), [dataDir])
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await (await open(dataDir)).close() // takes over the server that is left, and stops it
  })
  const [message] = (await once(child, 'message')) as [{ url: string }]
  return { child, ...message }
}

it('Q2: an embedded queue starts below a folder that only its owner may enter, as root too', async () => {
  const closed = join(temporaryFolder(), 'closed')
  const dataDir = join(closed, 'queue')
  const queue = await open(dataDir)
  chmodSync(closed, 0o700)
  await queue.add([one])
  expect(await waiting(queue)).toBe(1)
})

it('keeps what waits from one start to the next', async () => {
  const dataDir = join(temporaryFolder(), 'queue')
  const first = await open(dataDir)
  await first.add([one])
  await first.close()
  expect(await waiting(await open(dataDir))).toBe(1)
})

it('stops within two seconds, and nothing of it runs on', async () => {
  const queue = await open(join(temporaryFolder(), 'queue'))
  const since = performance.now()
  await queue.close()
  expect(performance.now() - since).toBeLessThan(2_000)
  await expect(openQueue({ url: queue.url, step, log: keptLog() })).rejects.toMatchObject({
    code: 'unreachable',
  })
})

it('Q21: a second installation on the same folder is refused while the first lives', async () => {
  const dataDir = join(temporaryFolder(), 'queue')
  await installation(dataDir)
  await expect(open(dataDir)).rejects.toMatchObject({ code: 'in-use' })
}, 30_000)

it('Q21: the server of a killed installation is taken over with what waits in it, never doubled', async () => {
  const dataDir = join(temporaryFolder(), 'queue')
  const { child, url } = await installation(dataDir)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const log = keptLog()
  const queue = await open(dataDir, log)
  expect(queue.url).toBe(url)
  expect(await waiting(queue)).toBe(1)
  expect(log.said.map(({ text }) => text)).toContain('took over the embedded queue of a process that was killed')
}, 30_000)

it('comes back at the same address when its server is killed, and what was added before is done after', async () => {
  const dataDir = join(temporaryFolder(), 'queue')
  const log = keptLog()
  const queue = await open(dataDir, log)
  const { url } = queue
  await queue.add([one])
  process.kill(findPostmaster(findHome(dataDir))!.pid, 'SIGQUIT')
  const done: string[] = []
  await until(() => log.said.some(({ text }) => text.startsWith('the embedded queue was lost')))
  queue.work(
    { perform: async () => ({ kind: 'done' }), giveUp: async () => {}, finished: (_, how) => void done.push(how) },
    { concurrency: 1 },
  )
  await until(() => done.length === 1, 15_000)
  expect(queue.url).toBe(url)
}, 30_000)

it('whose data are damaged starts anew: the vault knows what is missing', async () => {
  const dataDir = join(temporaryFolder(), 'queue')
  const first = await open(dataDir)
  await first.add([one])
  await first.close()
  const data = dataOf(findHome(dataDir).cluster)
  rmSync(join(data, 'base'), { recursive: true })
  writeFileSync(join(data, 'PG_VERSION'), 'damaged')
  const log = keptLog()
  const queue = await open(dataDir, log)
  expect(await waiting(queue)).toBe(0)
  expect(log.said.map(({ text }) => text)).toContain('the data of the embedded queue are damaged; starting anew')
}, 30_000)
