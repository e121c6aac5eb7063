import { enableCompileCache } from 'node:module'

enableCompileCache()
const { exitWithReason } = await import('@afferent/runtime/process')
const { runScheduler } = await import('./run-scheduler.ts')
await runScheduler(process.env).catch((error: unknown) => exitWithReason(error))
