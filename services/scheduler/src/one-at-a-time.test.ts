import { expect, it } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

function counted() {
  let runs = 0
  let together = 0
  let most = 0
  const call = oneAtATime(async () => {
    runs++
    most = Math.max(most, ++together)
    await new Promise((resolve) => setTimeout(resolve, 5))
    together--
  })
  return { call, seen: () => ({ runs, most }) }
}

it('calls during a run make one more run afterwards, however many they are', async () => {
  const { call, seen } = counted()
  await Promise.all([call(), call(), call(), call()])
  expect(seen()).toEqual({ runs: 2, most: 1 })
})

it('each caller waits for a run that began after he called', async () => {
  const starts: number[] = []
  let now = 0
  const call = oneAtATime(async () => {
    starts.push(now)
    await new Promise((resolve) => setTimeout(resolve, 5))
  })
  const first = call()
  now = 1
  const second = call()
  await first
  expect(starts).toEqual([0])
  await second
  expect(starts).toEqual([0, 1])
})

it('a run that fails fails its callers alone', async () => {
  let runs = 0
  const call = oneAtATime(async () => {
    if (++runs === 1) throw new Error('no')
  })
  const first = call()
  const second = call()
  await expect(first).rejects.toThrow('no')
  await second
  await call()
  expect(runs).toBe(3)
})

it('rests after a run, and then serves whoever called meanwhile', async () => {
  let runs = 0
  const call = oneAtATime(async () => {
    runs++
    await new Promise((resolve) => setTimeout(resolve, 5))
  }, 1e6)
  await call()
  const both = Promise.all([call(), call()])
  await new Promise((resolve) => setImmediate(resolve))
  expect(runs).toBe(1)
  await both
  expect(runs).toBe(2)
})
