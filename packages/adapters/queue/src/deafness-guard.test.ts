import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keptLog } from '../../../../tests/testkit/kept-log.ts'
import { DeafnessGuard } from './deafness-guard.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(state: { waiting: number; dueInMs?: number; idle?: boolean }) {
  const log = keptLog()
  let reopened = 0
  const delayed = () => (state.dueInMs === undefined ? [] : [{ timestamp: Date.now(), delay: state.dueInMs }])
  const queue = { getWaitingCount: async () => state.waiting, getDelayed: async () => delayed() }
  const guard = new DeafnessGuard(async () => queue as never, {
    idle: () => state.idle ?? true,
    reopen: async () => void reopened++,
    log,
  })
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    return { reopened, alarms: log.said.length }
  }
  return { guard, after }
}

it('Q13: a worker idle beside a waiting job for ten seconds is opened anew, with an alarm', async () => {
  const { guard, after } = watched({ waiting: 1 })
  expect(await after(10_000)).toEqual({ reopened: 0, alarms: 0 })
  expect(await after(2_500)).toEqual({ reopened: 1, alarms: 1 })
  guard.stop()
})

it('a job that was due and not taken counts like a waiting one; one that is not due yet does not', async () => {
  const overdue = watched({ waiting: 0, dueInMs: -1 })
  const later = watched({ waiting: 0, dueInMs: 60_000 })
  expect((await overdue.after(12_500)).reopened).toBe(1)
  expect((await later.after(60_000)).reopened).toBe(0)
  overdue.guard.stop()
  later.guard.stop()
})

it('a busy worker is not deaf, whatever waits', async () => {
  const { guard, after } = watched({ waiting: 5, idle: false })
  expect((await after(60_000)).reopened).toBe(0)
  guard.stop()
})

it('one that takes jobs now and then is not deaf', async () => {
  const { guard, after } = watched({ waiting: 5 })
  for (let i = 0; i < 10; i++) {
    await after(9_000)
    guard.heard()
  }
  expect((await after(0)).reopened).toBe(0)
  guard.stop()
})
