import { setTimeout as sleep } from 'node:timers/promises'

const LONGEST_REST_MS = 500

/**
 * At most one run of the work at a time; a call while it runs makes one more run afterwards, however many calls there
 * are, and each caller waits for a run that began after his call.
 *
 * `rest`: after a run nothing runs for so many times as long as it took, half a second at most. Work that grows with what is there (a look at
 * 2,000 files) and is asked for without a break then leaves the time to others.
 */
export function oneAtATime(work: () => Promise<void>, rest = 0): () => Promise<void> {
  let running: Promise<unknown> | null = null
  let next: Promise<void> | null = null

  function start(): Promise<void> {
    const began = performance.now()
    const run = work()
    const over = run
      .catch(() => {})
      .then(() => (rest > 0 ? sleep(Math.min(rest * (performance.now() - began), LONGEST_REST_MS)) : undefined))
      .then(() => {
        if (running === over) running = null
      })
    running = over
    return run
  }

  return () => {
    if (running === null) return start()
    next ??= running.then(() => {
      next = null
      return start()
    })
    return next
  }
}
