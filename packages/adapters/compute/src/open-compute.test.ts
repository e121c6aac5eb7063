import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { allocate } from '@afferent/records'
import { afterEach, describe, expect, test } from 'vitest'
import type * as tasks from './open-compute.fixture.ts'
import { type OpenCompute, openCompute } from './open-compute.ts'

const module = new URL('./open-compute.fixture.ts', import.meta.url).href
const opened: OpenCompute[] = []
const open = (threads: number, here = false): OpenCompute => {
  const compute = openCompute({ threads, here })
  opened.push(compute)
  return compute
}
afterEach(async () => {
  for (const compute of opened.splice(0)) await compute.close()
})

const WAYS = [
  [0, false],
  [1, false],
  [2, false],
  [3, false],
  [2, true],
  [3, true],
] as const

describe.each(WAYS)('with %i threads, this one among them: %s', (threads, here) => {
  test('results come in the order of inputs, whichever is ready first', async () => {
    const compute = open(threads, here)
    const task = { module, name: 'slowFirst', types: {} as typeof tasks.slowFirst }
    expect(await compute.map(task, [0, 1, 2, 3, 4])).toEqual([0, 1, 2, 3, 4])
    expect(await compute.map({ module, name: 'double', types: {} as typeof tasks.double }, [7])).toEqual([14])
    expect(await compute.map(task, [])).toEqual([])
  })

  test('the error of a task names the task and keeps what was thrown as its cause', async () => {
    const failing = open(threads, here).map({ module, name: 'failOn' }, [0, 1, 2, 3])
    await expect(failing).rejects.toThrow('task failOn failed: two is refused')
    await expect(failing).rejects.toHaveProperty('cause.message', 'two is refused')
    await expect(failing).rejects.toHaveProperty('cause.cause.message', 'its reason')
  })

  test('a file that is gone keeps its code and its path through the thread', async () => {
    const ref = { kind: 'file', path: join(tmpdir(), 'nobody-wrote-this.csv') } as const
    const failing = open(threads, here).map({ module, name: 'textOf', types: {} as typeof tasks.textOf }, [ref, ref])
    await expect(failing).rejects.toMatchObject({ cause: { code: 'ENOENT', path: ref.path } })
  })

  test('arrays on shared memory are written in place', async () => {
    const into = allocate.u8(4)
    await open(threads, here).map(
      { module, name: 'fillShared' },
      [0, 1, 2, 3].map((at) => ({ into, at })),
    )
    expect([...into]).toEqual([1, 2, 3, 4])
  })

  test('memory that a task gives away arrives whole', async () => {
    const task = { module, name: 'giveAway', types: {} as typeof tasks.giveAway }
    const results = await open(threads, here).map(task, [1, 2])
    expect(results.map(({ bytes }) => [...bytes])).toEqual([new Array(8).fill(1), new Array(8).fill(2)])
  })

  test('what one task puts aside another reads, until it is discarded or the threads are closed', async () => {
    const aside = join(tmpdir(), `compute-aside-${process.pid}-${threads}-${here}`)
    const compute = openCompute({ threads, here, aside })
    opened.push(compute)
    const numbers = Array.from({ length: 150 }, (_, i) => i)
    const put = { module, name: 'putNumber', types: {} as typeof tasks.putNumber }
    const refs = await compute.map(put, numbers)
    const first = { module, name: 'firstBytes', types: {} as typeof tasks.firstBytes }
    expect(await compute.map(first, [refs])).toEqual([[...numbers, ...numbers.map((n) => n + 1)]])
    expect(readdirSync(aside)).toHaveLength(150)
    expect(statSync(aside).mode & 0o077).toBe(0)
    compute.discard(refs.slice(0, 100))
    await expect.poll(() => readdirSync(aside).length).toBe(50)
    await expect(compute.map(first, [refs])).rejects.toMatchObject({ cause: { code: 'ENOENT' } })
    await Promise.all([compute.close(), compute.close()])
    expect(existsSync(aside)).toBe(false)
  })

  test('a file and bytes in memory read the same, and the file is closed after the task', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'compute-'))
    const path = join(folder, 'a.csv')
    writeFileSync(path, 'id;größe\n')
    const before = readdirSync('/proc/self/fd').length
    const bytes = new TextEncoder().encode('id;größe\n')
    const task = { module, name: 'textOf', types: {} as typeof tasks.textOf }
    const compute = open(threads, here)
    const [file, memory] = await compute.map(task, [
      { kind: 'file', path },
      { kind: 'memory', bytes },
    ])
    expect(file).toEqual({ text: 'id;größe\n', size: 11, utf8: true })
    expect(memory).toEqual(file)
    if (threads < 2) expect(readdirSync('/proc/self/fd').length).toBe(before)
    rmSync(folder, { recursive: true })
  })

  test('a module without that function is an error that names both', async () => {
    await expect(open(threads, here).map({ module, name: 'absent' }, [1])).rejects.toThrow('has no function absent')
  })
})

test('a thread that dies fails its own call, and the next call gets a new thread', async () => {
  const compute = open(2)
  await expect(compute.map({ module, name: 'leave' }, [1])).rejects.toThrow('its thread ended with code 7')
  expect(await compute.map({ module, name: 'leave' }, [0, 2, 3])).toEqual([0, 2, 3])
})

test('this thread takes its share, and no task is done twice', async () => {
  const where = await open(2, true).map(
    { module, name: 'waitHere', types: {} as typeof tasks.waitHere },
    [20, 20, 20, 20],
  )
  expect(where).toContain(threadId)
  expect(new Set(where).size).toBe(2)
})

test('a long task has a thread to itself: the others overtake it', async () => {
  const compute = open(2, true)
  const task = { module, name: 'waitHere', types: {} as typeof tasks.waitHere }
  await compute.map(task, [20, 20, 20]) // both threads are up
  const ended: string[] = []
  const run = async (name: string, ms: number, long = false): Promise<number> => {
    const [where] = await compute.map({ ...task, long }, [ms])
    ended.push(name)
    return where as number
  }
  const short = () => run('short', 1)
  const [where] = await Promise.all([run('long', 1_000, true), short(), short(), short(), run('long', 1, true)])
  expect(ended).toEqual(['short', 'short', 'short', 'long', 'long'])
  expect(where).not.toBe(threadId)
})

test('while this thread is in a task the other one has its next', async () => {
  const compute = open(2, true)
  const task = { module, name: 'waitHere', types: {} as typeof tasks.waitHere }
  await compute.map(task, [20, 20, 20]) // both threads are up
  // One by one, as they come: to the other thread, here, and behind the first of them.
  const where = await Promise.all([10, 200, 10].map(async (ms) => (await compute.map(task, [ms]))[0]))
  expect(where.filter((id) => id === threadId)).toHaveLength(1)
})

test.each([false, true])('a closed compute refuses instead of waiting for ever (here: %s)', async (here) => {
  const compute = open(2, here)
  await compute.close()
  await expect(compute.map({ module, name: 'double' }, [1])).rejects.toThrow('compute is closed')
})
