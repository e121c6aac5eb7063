import { enableCompileCache } from 'node:module'

enableCompileCache()
const { exitWithReason } = await import('@afferent/runtime/process')
const { runPortal } = await import('./run-portal.ts')
await runPortal(process.env).catch((error: unknown) => exitWithReason(error))
