import { once } from 'node:events'
import { expect, it } from 'vitest'
import { onEachServer } from '../testkit/queue-servers.ts'
import { validateStep } from '../testkit/steps.ts'
import { temporaryFolder } from '../testkit/temporary-folder.ts'
import { until } from '../testkit/until.ts'
import { linesOf, said, startWorker } from './test-worker.ts'

onEachServer('a worker killed with kill -9', (server) => {
  it('twice over one step sets that step apart, and only that', async () => {
    const queue = await server.open()
    const folder = temporaryFolder()
    await queue.add([{ step: validateStep('s', 1), children: [] }])
    for (let loss = 1; loss <= 2; loss++) {
      const victim = startWorker(queue, folder, { manner: 'die' })
      await once(victim, 'exit')
    }
    startWorker(queue, folder, { manner: 'work' })
    await until(() => linesOf(folder, 'given-up').length > 0, 12_000)
    expect(linesOf(folder, 'given-up')).toEqual([`${validateStep('s', 1).makes} worker-lost-twice`])
    expect(linesOf(folder, 'performed')).toEqual(['validate 1', 'validate 1'])
    await queue.add([{ step: validateStep('s', 2), children: [] }])
    await until(() => linesOf(folder, 'performed').includes('validate 2'))
  }, 30_000)
})

onEachServer('a worker whose clock is 20 s ahead', (server) => {
  it('Q5: does not steal the step of a healthy one', async () => {
    const queue = await server.open({ lockMs: 1_500, stalledCheckMs: 500 })
    const folder = temporaryFolder()
    let performed = 0
    const gate = Promise.withResolvers<void>()
    queue.work(
      {
        perform: async () => {
          performed++
          await gate.promise
          return { kind: 'done' }
        },
        giveUp: async () => {},
      },
      { concurrency: 1 },
    )
    await queue.add([{ step: validateStep('s', 1), children: [] }])
    await until(() => performed === 1)
    const astray = startWorker(queue, folder, { manner: 'work', clockAheadMs: 20_000 })
    if (server.kind === 'postgres') await said(astray, 'taking no jobs')
    else await said(astray, 'ready')
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    gate.resolve()
    expect(linesOf(folder, 'performed')).toEqual([])
    expect(performed).toBe(1)
  }, 30_000)
})

onEachServer('a worker whose event loop stands still', (server) => {
  it('Q8: keeps its step for longer than a lock lasts, and does it once', async () => {
    const queue = await server.open({ lockMs: 1_500, stalledCheckMs: 500 })
    const folder = temporaryFolder()
    const busy = startWorker(queue, folder, { manner: 'block', hangLimitMs: 60_000 })
    await said(busy, 'ready')
    await queue.add([{ step: validateStep('s', 1), children: [] }])
    await until(() => linesOf(folder, 'performed').length === 1)
    const others: string[] = []
    const handlers = {
      perform: async () => {
        others.push('stolen')
        return { kind: 'done' } as const
      },
      giveUp: async () => {},
    }
    queue.work(handlers, { concurrency: 1 })
    await until(() => linesOf(folder, 'shard-of-file-1').length === 1)
    expect(others).toEqual([])
    expect(linesOf(folder, 'performed')).toEqual(['validate 1'])
  }, 30_000)

  it('for ever is ended, so that its step comes back', async () => {
    const queue = await server.open()
    const folder = temporaryFolder()
    const hung = startWorker(queue, folder, { manner: 'spin', hangLimitMs: 2_000 })
    await queue.add([{ step: validateStep('s', 1), children: [] }])
    const [, signal] = await once(hung, 'exit')
    expect(signal).toBe('SIGKILL')
    startWorker(queue, folder, { manner: 'work' })
    await until(() => linesOf(folder, 'performed').length === 2)
  }, 30_000)
})
