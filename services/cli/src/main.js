#!/usr/bin/env node
// In JavaScript: for a first file in TypeScript Node would load its type stripper (30 ms), which the compile cache spares.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { runCommandLine } = await import('./run.ts')
await runCommandLine(process.argv.slice(2))
