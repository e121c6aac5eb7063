import { join } from 'node:path'
import { createLook, type Ports, StepSchema } from '@afferent/pipeline'
import { openQueue } from '@afferent/queue'
import { ConfigError, createLog, createShutdown, digest, now, readConfig, resolveUserPath } from '@afferent/runtime'
import { openVault } from '@afferent/vault'
import { SchedulerConfig } from './config.ts'
import { createScheduler } from './create-scheduler.ts'
import { takingIn } from './taking.ts'

/** The scheduler as a process of its own. It computes nothing, so it has no threads. */
export async function runScheduler(env: NodeJS.ProcessEnv): Promise<void> {
  const { values: config } = readConfig(SchedulerConfig, { env })
  const log = createLog({ service: 'scheduler', level: config.AFFERENT_LOG_LEVEL, format: config.AFFERENT_LOG_FORMAT })
  const url = config.AFFERENT_QUEUE_URL
  if (url === undefined) {
    const says = "a scheduler of its own needs a queue to share; or run 'afferent start', which brings both"
    throw new ConfigError([{ setting: 'AFFERENT_QUEUE_URL', where: 'not set', says }])
  }
  const shutdown = createShutdown({ log })
  const data = resolveUserPath(config.AFFERENT_DATA)
  const vault = await openVault({ root: join(data, 'vault') })
  shutdown.onShutdown('vault', () => vault.close())
  const queue = await openQueue({ url, step: StepSchema, log })
  shutdown.onShutdown('queue', () => queue.close())

  const ports: Ports = { vault, compute: noCompute, log, digest, now, zoneData: process.versions.tz ?? '' }
  const everyMs = config.AFFERENT_LOOK_SECONDS * 1_000
  const scheduler = createScheduler({ queue, ports, look: createLook(), taking: takingIn(join(data, 'drop')), everyMs })
  shutdown.onShutdown('scheduler', () => scheduler.stop())
  await scheduler.start()
  log.info({ pid: process.pid }, 'scheduler ready')
}

const noCompute: Ports['compute'] = {
  threads: 0,
  map: () => Promise.reject(new Error('the scheduler computes nothing')),
  discard: () => {},
}
