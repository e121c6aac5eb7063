// Entry of a worker thread, in JavaScript: the compile cache spares it Node's type stripper, which takes 30 ms to load.
import { enableCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

enableCompileCache(workerData.compileCache)
await import('./thread.ts')
