import { enableCompileCache } from 'node:module'

enableCompileCache()

/**
 * A worker without a queue: performs steps over a vault in one compute thread, as a process of its own, one step at a time
 * as its parent hands them out. Says `{ ready }`, then `{ done }` after each; ends when its parent lets go of it.
 */
const { openCompute } = await import('@afferent/compute')
const { createPerform, StepSchema } = await import('@afferent/pipeline')
const { digest, now } = await import('@afferent/runtime')
const { openVault } = await import('@afferent/vault')

const [root] = process.argv.slice(2) as [string]
const log = { info: () => {}, warn: () => {}, error: () => {} }
const vault = await openVault({ root })
const ports = { vault, compute: openCompute({ threads: 1 }), log, digest, now, zoneData: process.versions.tz ?? '' }
const perform = createPerform()
process.on('message', async (message) => {
  const { kind } = await perform(StepSchema.parse(message), ports)
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  process.send?.({ done: kind, peakBytes: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 })
})
process.once('disconnect', () => process.exit())
process.send?.({ ready: true })
