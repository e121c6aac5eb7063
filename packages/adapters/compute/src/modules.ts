import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'

/*
 * How threads begin and tasks are found: from the sources, by address. The bundle of the command line has a module of its
 * own in place of this one (services/cli/src/bundle/bundle-plugin.ts).
 */

/** `aside`: folder for what the tasks of the thread put aside. */
export const startThread = (aside: string): Worker =>
  new Worker(new URL('./thread.js', import.meta.url), { workerData: { compileCache: getCompileCacheDir(), aside } })

export const loadModule = (address: string): Promise<Record<string, unknown>> => import(address)
