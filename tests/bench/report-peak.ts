import { writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** Loaded before a measured program (`node --import`): its last line on stdout is the most memory it ever held. */
if (isMainThread) {
  process.on('exit', () => writeSync(1, `\n${JSON.stringify({ peakBytes: process.resourceUsage().maxRSS * 1024 })}\n`))
}
