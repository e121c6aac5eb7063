import { enableCompileCache } from 'node:module'

enableCompileCache()
const { exitWithReason } = await import('@afferent/runtime/process')
const { runWorker } = await import('./run-worker.ts')
await runWorker(process.env).catch((error: unknown) => exitWithReason(error))
