import { expect, it } from 'vitest'
import { keptLog } from '../../../../tests/testkit/kept-log.ts'
import { ClockGuard } from './clock-guard.ts'

async function observe(...differences: (number | null | Error)[]) {
  const log = keptLog()
  const actions: string[] = []
  let at = 0
  const measure = async () => {
    const next = differences[at++]
    if (next instanceof Error) throw next
    return next ?? null
  }
  const guard = new ClockGuard(measure, {
    hold: () => actions.push('hold'),
    release: () => actions.push('release'),
    log,
  })
  for (const _ of differences) await guard.check()
  guard.stop()
  return { actions, levels: log.said.map(({ level }) => level) }
}

it('Q5: warns from a second on', async () => {
  expect(await observe(999, -999)).toEqual({ actions: [], levels: [] })
  expect(await observe(1_000, -4_999)).toEqual({ actions: [], levels: ['warn', 'warn'] })
})

it('Q5: takes no jobs from five seconds on, says so once, and takes them again when the clock is right', async () => {
  expect(await observe(-5_000, -6_000, 20)).toEqual({ actions: ['hold', 'release'], levels: ['error', 'info'] })
})

it('keeps its opinion while the server does not answer', async () => {
  expect(await observe(-5_000, new Error('gone'), null)).toEqual({ actions: ['hold'], levels: ['error'] })
})
