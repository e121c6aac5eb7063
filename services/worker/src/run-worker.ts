import { join } from 'node:path'
import { openCompute } from '@afferent/compute'
import { createPerform, type Ports, StepSchema } from '@afferent/pipeline'
import { openQueue } from '@afferent/queue'
import { ConfigError, createLog, createShutdown, digest, now, readConfig, resolveUserPath } from '@afferent/runtime'
import { openVault, resultsView } from '@afferent/vault'
import { WorkerConfig } from './config.ts'
import { reportHealth } from './report-health.ts'
import { stepHandlers } from './step-handlers.ts'
import { type FromWorker, ToWorker, type WorkerReport } from './worker-messages.ts'

/**
 * One worker process: alone (a container, told by SIGTERM) or as a child (told by a message, and by the loss of its
 * parent). Ctrl-C reaches children too; they wait for their parent's word, which comes in the right order.
 */
export async function runWorker(env: NodeJS.ProcessEnv): Promise<void> {
  const { values: config } = readConfig(WorkerConfig, { env })
  const log = createLog({ service: 'worker', level: config.AFFERENT_LOG_LEVEL, format: config.AFFERENT_LOG_FORMAT })
  const url = config.AFFERENT_QUEUE_URL
  if (url === undefined) {
    const says = "a worker of its own needs a queue to share; or run 'afferent start', which brings both"
    throw new ConfigError([{ setting: 'AFFERENT_QUEUE_URL', where: 'not set', says }])
  }
  const supervised = process.send !== undefined
  const shutdown = createShutdown({ log, host: supervised ? withoutInterrupts : process })

  const data = resolveUserPath(config.AFFERENT_DATA)
  const vault = await openVault({ root: join(data, 'vault') })
  shutdown.onShutdown('vault', () => vault.close())
  const compute = openCompute({ threads: config.AFFERENT_WORKER_THREADS, aside: vault.scratchFolder() })
  shutdown.onShutdown('compute', () => compute.close())
  const queue = await openQueue({ url, step: StepSchema, log, lockMs: config.AFFERENT_LOCK_MS })
  shutdown.onShutdown('queue', () => queue.close())

  const ports: Ports = { vault, compute, log, digest, now, zoneData: process.versions.tz ?? '' }
  const view = resultsView(join(data, 'results'), vault)
  const handlers = stepHandlers({
    ports,
    perform: createPerform(),
    ring: (study) => queue.ring(study),
    show: (study, run) => view.publish(study, run),
  })
  const attendant = queue.work(handlers, {
    concurrency: config.AFFERENT_WORKER_STEPS,
    hangLimitMs: config.AFFERENT_HANG_SECONDS * 1_000,
  })
  await attendant.ready()
  const say = (message: FromWorker): void => void (process.connected && process.send?.(message))
  const report = (health: WorkerReport): void => {
    // The lock keeper holds the steps meanwhile (Q8), but nothing else is answered.
    if (health.loopDelayMs > config.AFFERENT_LOCK_MS / 2) log.warn({ ...health }, 'the event loop was blocked')
    say(health)
  }
  shutdown.onShutdown(
    'report',
    reportHealth(() => attendant.active(), report),
  )
  if (supervised) {
    process.on('message', (message) => {
      if (ToWorker.safeParse(message).success) void shutdown.stop('told to')
    })
    process.once('disconnect', () => void shutdown.stop('the installation went away'))
  }
  say({ kind: 'ready' })
  log.info({ pid: process.pid, threads: compute.threads, steps: config.AFFERENT_WORKER_STEPS }, 'worker ready')
}

const withoutInterrupts = {
  on: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) =>
    process.on(signal, signal === 'SIGINT' ? () => {} : listener),
  exit: (code: number) => process.exit(code),
}
