#!/usr/bin/env node
// In JavaScript: for a first file in TypeScript Node would load its type stripper (30 ms), which the bundle spares, and
// the compile cache where there is none.
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { currentBundle } = await import('./bundle/open-bundle.js')
const { runCommandLine } = currentBundle()?.load('command-line.cjs') ?? (await import('./run.ts'))
await runCommandLine(process.argv.slice(2))
