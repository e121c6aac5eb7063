import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CircuitBreaker } from './circuit-breaker.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched() {
  const events: string[] = []
  const breaker = new CircuitBreaker({
    pause: () => events.push('pause'),
    resume: () => events.push('resume'),
    say: (state) => events.push(`say ${state}`),
  })
  const fail = (times: number) => Array.from({ length: times }, () => breaker.failed())
  return { events, breaker, fail }
}

it('Q16: pauses after five errors in a row and says so once, however many follow', () => {
  const { events, fail } = watched()
  fail(4)
  expect(events).toEqual([])
  fail(10_000)
  expect(events).toEqual(['say open', 'pause'])
})

it('lets single errors pass', () => {
  const { events, fail } = watched()
  for (let minute = 0; minute < 10; minute++) {
    fail(1)
    vi.advanceTimersByTime(60_000)
  }
  expect(events).toEqual([])
})

it('tries again after the pause, each time waiting twice as long, and says when all is well', () => {
  const { events, fail } = watched()
  fail(5)
  vi.advanceTimersByTime(499)
  expect(events).not.toContain('resume')
  vi.advanceTimersByTime(1)
  expect(events).toContain('resume')
  fail(1)
  expect(events.at(-1)).toBe('pause')
  vi.advanceTimersByTime(999)
  expect(events.at(-1)).toBe('pause')
  vi.advanceTimersByTime(1)
  expect(events.at(-1)).toBe('resume')
  vi.advanceTimersByTime(2_000)
  expect(events).toEqual(['say open', 'pause', 'resume', 'pause', 'resume', 'say closed'])
})

it('never waits longer than half a minute', () => {
  const { events, fail } = watched()
  fail(5)
  for (let tries = 0; tries < 12; tries++) {
    vi.advanceTimersByTime(30_000)
    expect(events.at(-1)).not.toBe('pause')
    fail(5)
  }
})
