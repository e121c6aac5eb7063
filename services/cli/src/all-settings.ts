import { z } from 'zod'
import { CliConfig } from './cli-config.ts'

/** The settings of all parts of an installation in one schema; equal names mean the same everywhere. */
export async function allSettings(): Promise<z.ZodObject> {
  const [{ IntakeConfig }, { WorkerConfig }, { SchedulerConfig }, { PortalConfig }] = await Promise.all([
    import('@afferent/intake'),
    import('@afferent/worker'),
    import('@afferent/scheduler'),
    import('@afferent/portal'),
  ])
  const parts = [CliConfig, IntakeConfig, WorkerConfig, SchedulerConfig, PortalConfig]
  return z.object(Object.assign({}, ...parts.map((part) => part.shape)))
}
