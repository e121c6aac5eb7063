import { enableCompileCache } from 'node:module'

enableCompileCache()
const { exitWithReason } = await import('@afferent/runtime/process')
const { runIntake } = await import('./run-intake.ts')
await runIntake(process.env).catch((error: unknown) => exitWithReason(error))
