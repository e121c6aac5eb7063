import { join } from 'node:path'
import { openCompute } from '@afferent/compute'
import { type Ports, StepSchema } from '@afferent/pipeline'
import { openQueue } from '@afferent/queue'
import { ConfigError, createLog, createShutdown, digest, now, readConfig, resolveUserPath } from '@afferent/runtime'
import { claimInstallation, mendAfterCrash, openVault } from '@afferent/vault'
import { IntakeConfig } from './config.ts'
import { createIntake } from './intake.ts'
import { stagePorts } from './stage-ports.ts'

/**
 * The intake as a process of its own. There is one per data folder: it holds the claim on it, because two intakes would
 * take each other's files.
 */
export async function runIntake(env: NodeJS.ProcessEnv): Promise<void> {
  const { values: config } = readConfig(IntakeConfig, { env })
  const log = createLog({ service: 'intake', level: config.AFFERENT_LOG_LEVEL, format: config.AFFERENT_LOG_FORMAT })
  const url = config.AFFERENT_QUEUE_URL
  if (url === undefined) {
    const says = "an intake of its own needs a queue to share; or run 'afferent start', which brings both"
    throw new ConfigError([{ setting: 'AFFERENT_QUEUE_URL', where: 'not set', says }])
  }
  const shutdown = createShutdown({ log })
  const data = resolveUserPath(config.AFFERENT_DATA)
  const claim = await claimInstallation(data)
  shutdown.onShutdown('claim', () => claim.release())
  const vault = await openVault({ root: join(data, 'vault') })
  shutdown.onShutdown('vault', () => vault.close())
  if (claim.afterCrash) log.info({ setAside: await mendAfterCrash(vault) }, 'the last start ended without a stop')
  const compute = openCompute({ threads: PROFILE_THREADS })
  shutdown.onShutdown('compute', () => compute.close())
  const queue = await openQueue({ url, step: StepSchema, log })
  shutdown.onShutdown('queue', () => queue.close())

  const ports: Ports = { vault, compute, log, digest, now, zoneData: process.versions.tz ?? '' }
  const say = ({ study, says }: { study: string; says: string }): void => {
    process.stderr.write(`${study === '' ? 'drop folder' : study}: ${says}\n`)
  }
  const intake = createIntake(join(data, 'drop'), { ...stagePorts(ports), ring: (study) => queue.ring(study), say })
  await intake.start()
  shutdown.onShutdown('intake', () => intake.stop())
  log.info({ pid: process.pid }, 'intake ready')
}

/** More than one, so that reading a large unknown export happens in a thread and not in this one. */
const PROFILE_THREADS = 2
