import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Notice } from '@afferent/intake'
import type { StudyStatus, Wait } from '@afferent/pipeline'
import type { Log } from '@afferent/runtime'
import type { LocalVault } from '@afferent/vault'
import { VERSION } from '../version.ts'
import { watchJournal } from './watch-journal.ts'

export interface InstallationOptions {
  readonly data: string
  /** Absent: the embedded queue below the data folder. */
  readonly queueUrl: string | undefined
  readonly portal: { readonly host: string; readonly port: number }
  readonly workers: number
  /** Settings handed to worker processes beside the queue's address and the data folder. */
  readonly workerEnv: Readonly<Record<string, string | undefined>>
  readonly log: Log
  /** Sentences for the person at the terminal; may name files. */
  readonly say: (notice: Notice) => void
}

/** A whole installation in this process, its workers as children: a hostile file can only take a worker down. */
export interface RunningInstallation {
  readonly address: string
  readonly vault: LocalVault
  /** What a study waited for when it was last looked at. */
  waits(study: string): readonly Wait[]
  status(study: string): Promise<StudyStatus>
  stop(): Promise<void>
}

/** More than one, so that looking at a large unknown export happens in a thread and not in this one. */
const PROFILE_THREADS = 2

type Closer = () => unknown

/**
 * Opens vault and queue, then workers, intake, scheduler and portal; `stop` goes the other way round. A part that fails to
 * open closes those before it.
 */
export async function startInstallation(options: InstallationOptions): Promise<RunningInstallation> {
  const closers: Closer[] = []
  const stop = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close()
  }
  try {
    return { ...(await open(options, (close) => closers.push(close))), stop }
  } catch (error) {
    await stop().catch(() => {})
    throw error
  }
}

async function open(options: InstallationOptions, onStop: (close: Closer) => void) {
  const { data, log } = options
  const [vaults, queues, compute, runtime, pipeline, intakes, schedulers, workers, portals] = await loadParts()
  await mkdir(join(data, 'drop'), { recursive: true })
  const claim = await vaults.claimInstallation(data)
  onStop(() => claim.release())

  const health = runtime.createHealth()
  const parts = { queue: health.part('queue'), workers: health.part('workers'), intake: health.part('intake') }
  const openedVault = vaults.openVault({ root: join(data, 'vault') })
  const embedded = { dataDir: join(data, 'queue') }
  const openedQueue = queues.openQueue({ url: options.queueUrl, embedded, step: pipeline.StepSchema, log })
  const [vault, queue] = await Promise.all([openedVault, openedQueue])
  onStop(() => vault.close())
  if (claim.afterCrash) await vaults.mendAfterCrash(vault)
  onStop(() => queue.close())
  parts.queue.up()

  const threads = compute.openCompute({ threads: PROFILE_THREADS })
  const { digest, now } = runtime
  onStop(() => threads.close())
  const ports = { vault, compute: threads, log, digest, now, zoneData: process.versions.tz ?? '' }

  const env = { ...options.workerEnv, AFFERENT_QUEUE_URL: queue.url, AFFERENT_DATA: data }
  const supervisor = workers.superviseWorkers({ count: options.workers, env, log })
  onStop(() => supervisor.stop())
  void supervisor.ready().then(parts.workers.up, () => parts.workers.down('no worker could be started'))

  const memories = new pipeline.StudyMemories()
  const intake = intakes.createIntake(join(data, 'drop'), {
    ...intakes.stagePorts(ports, memories),
    ring: (study) => queue.ring(study),
    say: options.say,
  })
  const scheduler = schedulers.createScheduler({
    queue,
    ports,
    look: pipeline.createLook(memories),
    taking: async (study) => intake.taking(study),
  })
  onStop(() => scheduler.stop())
  await scheduler.start()
  onStop(watchJournal(join(data, 'vault', 'journal'), (study) => void queue.ring(study).catch(() => {})))
  onStop(() => intake.stop())
  await intake.start()
  parts.intake.up()
  await vaults.resultsView(join(data, 'results'), vault).rebuild()

  const version = { name: 'afferent', version: VERSION, node: process.version } as const
  const portal = portals.createPortal({ vault, health, version, log })
  onStop(() => portal.close())
  const address = await portal.listen(options.portal.host, options.portal.port)
  return {
    address,
    vault,
    waits: (study: string) => scheduler.waits().get(study) ?? [],
    status: (study: string) => pipeline.statusOf(study, ports),
  }
}

const loadParts = () =>
  Promise.all([
    import('@afferent/vault'),
    import('@afferent/queue'),
    import('@afferent/compute'),
    import('@afferent/runtime'),
    import('@afferent/pipeline'),
    import('@afferent/intake'),
    import('@afferent/scheduler'),
    import('@afferent/worker'),
    import('@afferent/portal'),
  ])
