import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { keptLog } from '../../../tests/testkit/kept-log.ts'
import { until } from '../../../tests/testkit/until.ts'
import { superviseWorkers } from './supervise-workers.ts'

function supervise(manner: 'works' | 'dies' | 'deaf', count = 1) {
  const log = keptLog()
  const reports: number[] = []
  const program = fileURLToPath(new URL('./supervised.fixture.ts', import.meta.url))
  const env = { TEST_MANNER: manner }
  const supervisor = superviseWorkers({ count, env, log, program, onReport: (worker) => void reports.push(worker) })
  onTestFinished(() => supervisor.stop(100))
  return { supervisor, log, reports }
}

const isAlive = (pid: number | null): boolean => {
  try {
    return pid !== null && process.kill(pid, 0)
  } catch {
    return false
  }
}

it('starts as many workers as asked, says when all are ready, and passes on what they report', async () => {
  const { supervisor, reports } = supervise('works', 2)
  await supervisor.ready()
  expect(supervisor.workers().map(({ ready }) => ready)).toEqual([true, true])
  expect(new Set(supervisor.workers().map(({ pid }) => pid)).size).toBe(2)
  await until(() => reports.length === 2)
  expect(reports.sort()).toEqual([0, 1])
})

it('puts another in the place of one that was killed', async () => {
  const { supervisor, log } = supervise('works')
  await supervisor.ready()
  const [first] = supervisor.workers()
  process.kill(first!.pid!, 'SIGKILL')
  await until(() => supervisor.workers()[0]?.restarts === 1 && supervisor.workers()[0]?.ready === true)
  expect(supervisor.workers()[0]!.pid).not.toBe(first!.pid)
  expect(log.said[0]).toMatchObject({ level: 'error', fields: { worker: 0, signal: 'SIGKILL', pauseMs: 200 } })
})

it('waits longer each time one dies at once', async () => {
  const { log } = supervise('dies')
  await until(() => log.said.length === 3)
  expect(log.said.map(({ fields }) => fields.pauseMs)).toEqual([200, 400, 800])
})

it('stops them in order, and by force those that do not listen', async () => {
  for (const manner of ['works', 'deaf'] as const) {
    const { supervisor, log } = supervise(manner, 2)
    await supervisor.ready()
    const pids = supervisor.workers().map(({ pid }) => pid)
    const since = performance.now()
    await supervisor.stop(300)
    if (manner === 'works') expect(performance.now() - since).toBeLessThan(300)
    expect(pids.filter(isAlive)).toEqual([])
    expect(log.said).toEqual([])
  }
})
