import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { openCompute } from '@afferent/compute'
import type { ContentId } from '@afferent/ledger'
import { createLook, createPerform, type Perform, type Ports, type Step, StepSchema } from '@afferent/pipeline'
import type { Queue } from '@afferent/queue'
import { digest, now } from '@afferent/runtime'
import { createScheduler } from '@afferent/scheduler'
import { simulate } from '@afferent/simulation'
import { type LocalVault, openVault } from '@afferent/vault'
import { stepHandlers } from '@afferent/worker'
import { expect, it, onTestFinished } from 'vitest'
import { answerOf, givenText } from '../testkit/analyze.ts'
import { keptLog } from '../testkit/kept-log.ts'
import { onEachServer } from '../testkit/queue-servers.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { until } from '../testkit/until.ts'

const trial = simulate({ scenario: 'migraine-prevention', subjects: 12, seed: 3 })
const files = trial.files.map(({ name, parts }) => givenText(name, Buffer.concat([...parts()]).toString()))

/** Puts a file into the vault as intake does. */
async function receive(vault: LocalVault, name: string, bytes: Uint8Array, role: 'data' | 'study'): Promise<void> {
  const { id: object, size } = await vault.putObject(
    (async function* () {
      yield bytes
    })(),
  )
  const at = new Date(now()).toISOString()
  await vault.append('s', { kind: 'received', at, object, name, size, role, via: 'drop' })
}

/** Scheduler and worker over one vault; `perform` may do its steps as often as it likes. */
async function runInstallation(queue: Queue<Step>, wrap: (perform: Perform) => Perform) {
  const vault = await openVault({ root: join(temporaryFolder(), 'vault') })
  const compute = openCompute({ threads: 1 })
  const ports: Ports = { vault, compute, log: keptLog(), digest, now, zoneData: process.versions.tz ?? '' }
  const ring = (study: string) => queue.ring(study)
  const perform = wrap(createPerform())
  queue.work(stepHandlers({ ports, perform, ring, show: async () => {} }), { concurrency: 2 })
  const scheduler = createScheduler({ queue, ports, look: createLook(), taking: async () => 0 })
  onTestFinished(() => scheduler.stop())
  await scheduler.start()
  return vault
}

const isPublished = async (vault: LocalVault, times = 1) =>
  (await vault.journal('s')).filter(({ kind }) => kind === 'published' || kind === 'unchanged').length >= times

async function hashesOf(vault: LocalVault, run: ContentId): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  for (const file of await vault.listFiles(`runs/s/${run}`)) {
    hashes[file] = createHash('sha256')
      .update(await vault.readFile(`runs/s/${run}`, file))
      .digest('hex')
  }
  return hashes
}

const expected = answerOf(trial.studyYaml, files)

onEachServer('the answer through the queue', (server) => {
  it('is the bytes of an analysis in one process, although every step is done twice', async () => {
    const queue = await server.open({ step: StepSchema })
    const second: string[] = []
    const vault = await runInstallation(queue, (perform) => async (step, ports) => {
      const first = await perform(step, ports)
      if (first.kind === 'done') second.push((await perform(step, ports)).kind)
      return first
    })
    await receive(vault, 'study.yaml', new TextEncoder().encode(trial.studyYaml), 'study')
    for (const { name, bytes } of files) await receive(vault, name, bytes, 'data')
    await queue.ring('s')
    await until(() => isPublished(vault), 20_000)

    const latest = await vault.latest('s')
    const { run, files: written } = await expected
    expect(latest?.run).toBe(run)
    const hashes = await hashesOf(vault, run)
    for (const [file, bytes] of written) {
      expect([file, hashes[file]]).toEqual([file, createHash('sha256').update(bytes).digest('hex')])
    }
    expect(written.size).toBeGreaterThan(10)
    expect(second.length).toBeGreaterThanOrEqual(4)
    expect(new Set(second)).toEqual(new Set(['already']))
  }, 40_000)

  it('asked for again without new data is a line in the journal and no run', async () => {
    const queue = await server.open({ step: StepSchema })
    const vault = await runInstallation(queue, (perform) => perform)
    await receive(vault, 'study.yaml', new TextEncoder().encode(trial.studyYaml), 'study')
    for (const { name, bytes } of files) await receive(vault, name, bytes, 'data')
    await queue.ring('s')
    await until(() => isPublished(vault), 20_000)
    await vault.append('s', { kind: 'asked', at: new Date(now()).toISOString(), trigger: 'schedule' })
    await queue.ring('s')
    await until(() => isPublished(vault, 2), 20_000)
    expect((await vault.journal('s')).at(-1)).toMatchObject({ kind: 'unchanged', trigger: 'schedule' })
    expect(await vault.list('runs/s')).toHaveLength(1)
    await until(async () => {
      const { looks, steps } = await queue.counts()
      return looks.waiting + looks.active + steps.waiting + steps.active + steps.delayed + steps.blocked === 0
    })
  }, 40_000)
})
