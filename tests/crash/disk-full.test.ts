import { join } from 'node:path'
import { openCompute } from '@afferent/compute'
import { createLook, createPerform, type Ports, type Step, StepSchema } from '@afferent/pipeline'
import { openQueue } from '@afferent/queue'
import { digest, now } from '@afferent/runtime'
import { createScheduler } from '@afferent/scheduler'
import { type LocalVault, openVault, VaultError } from '@afferent/vault'
import { stepHandlers } from '@afferent/worker'
import { expect, it, onTestFinished } from 'vitest'
import { diaryFile, SMALL_STUDY, subjectNames } from '../pipeline/small-study.ts'
import { keptLog } from '../testkit/kept-log.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { until } from '../testkit/until.ts'
import { hashesInOneGo } from './installation-folder.ts'

/**
 * A disk that is full in the middle of each stage in turn, until the step has been tried as often as it may be. When there
 * is room again nobody has to ask: no failure was written down, and the next look makes what is missing.
 */
it('a disk that is full during every stage delays the answer and changes no byte of it', async () => {
  const files = { 'diary.csv': diaryFile(subjectNames(90)) }
  const folder = temporaryFolder('afferent-full-')
  const room = new Room()
  const vault = await vaultWith(join(folder, 'vault'), room)
  const compute = openCompute({ threads: 1 })
  onTestFinished(() => compute.close())
  const log = keptLog()
  const ports: Ports = { vault, compute, log, digest, now, zoneData: process.versions.tz ?? '' }
  const queue = await openQueue({ embedded: { dataDir: join(folder, 'queue') }, step: StepSchema, log })
  onTestFinished(() => queue.close())

  const fullDuring = new Set<Step['kind']>(['validate', 'derive', 'publish'])
  const perform = createPerform()
  const handlers = stepHandlers({
    ports,
    perform: async (step, given) => {
      room.isFull = fullDuring.has(step.kind)
      return perform(step, given)
    },
    ring: (study) => queue.ring(study),
    show: async () => {},
  })
  queue.work(
    {
      ...handlers,
      finished(step, how) {
        if (how === 'released') fullDuring.delete(step.kind)
        handlers.finished?.(step, how)
      },
    },
    { concurrency: 1 },
  )
  const scheduler = createScheduler({ queue, ports, look: createLook(), taking: async () => 0 })
  onTestFinished(() => scheduler.stop())
  await scheduler.start()

  await receive(vault, 'study.yaml', SMALL_STUDY)
  for (const [name, text] of Object.entries(files)) await receive(vault, name, text)
  // Rung again and again, as the scheduler does every minute.
  await until(async () => {
    await queue.ring('small')
    return (await vault.journal('small')).length > 2
  }, 80_000)

  expect([...fullDuring]).toEqual([])
  expect(room.refused).toBeGreaterThan(3)
  expect(await vault.list('failures')).toEqual([])
  expect((await vault.journal('small')).map(({ kind }) => kind)).toEqual(['received', 'received', 'published'])
  const latest = await vault.latest('small')
  const run = `runs/small/${latest?.run as `sha256-${string}`}` as const
  const hashes: Record<string, string> = {}
  for (const file of await vault.listFiles(run)) hashes[file] = digest(await vault.readFile(run, file))
  expect(hashes).toEqual(await hashesInOneGo(SMALL_STUDY, files))
}, 120_000)

class Room {
  isFull = false
  refused = 0
}

/** While there is no room, files can be made but nothing can be written into them, as on a full disk. */
async function vaultWith(root: string, room: Room): Promise<LocalVault> {
  const { disk } = await openVault({ root })
  const create: typeof disk.create = async (path) => {
    const file = await disk.create(path)
    return {
      ...file,
      async write(bytes) {
        if (!room.isFull) return file.write(bytes)
        room.refused++
        throw new VaultError('disk-full', 'the disk of the vault is full')
      },
    }
  }
  return openVault({ root, disk: { ...disk, create } })
}

async function receive(vault: LocalVault, name: string, text: string): Promise<void> {
  const { id: object, size } = await vault.putObject(
    (async function* () {
      yield new TextEncoder().encode(text)
    })(),
  )
  const role = name === 'study.yaml' ? 'study' : 'data'
  await vault.append('small', {
    kind: 'received',
    at: new Date(now()).toISOString(),
    object,
    name,
    size,
    role,
    via: 'drop',
  })
}
