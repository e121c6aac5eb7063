import { setTimeout as sleep } from 'node:timers/promises'

/** A worker for tests of its supervisor: TEST_MANNER says how it behaves. */
const manner = process.env.TEST_MANNER
process.send?.({ kind: 'ready' })
process.send?.({ kind: 'report', rssBytes: 1, loopDelayMs: 2, active: 0 })
process.send?.({ kind: 'something else' })
process.on('message', () => {
  if (manner !== 'deaf') process.exit(0)
})
if (manner === 'dies') {
  await sleep(50)
  process.exit(7)
}
