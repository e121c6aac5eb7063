import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for something that must come true soon. */
export async function until(what: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await what())) {
    if (performance.now() > end) throw new Error(`did not come true within ${limitMs} ms: ${what}`)
    await sleep(10)
  }
}
