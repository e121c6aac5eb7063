import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { WorkerReport } from './worker-messages.ts'

const REPORT_MS = 5_000

/** Says every few seconds how the process is; returns the end of it. */
export function reportHealth(
  active: () => number,
  say: (report: WorkerReport) => void,
  everyMs = REPORT_MS,
): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const timer = setInterval(() => {
    const loopDelayMs = Math.round(delay.max / 1e6)
    delay.reset()
    say({ kind: 'report', rssBytes: process.memoryUsage.rss(), loopDelayMs, active: active() })
  }, everyMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    delay.disable()
  }
}
