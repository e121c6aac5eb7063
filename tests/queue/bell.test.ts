import type { Bell } from '@afferent/queue'
import { expect, it } from 'vitest'
import { keptLog } from '../testkit/kept-log.ts'
import { onEachServer } from '../testkit/queue-servers.ts'
import { until } from '../testkit/until.ts'

onEachServer('a ring', (server) => {
  it('is followed by a look at that study and no other', async () => {
    const queue = await server.open()
    const bells: Bell[] = []
    queue.listen(async (bell) => void bells.push(bell))
    await queue.ring('migraine-01')
    await until(() => bells.length > 0)
    expect(bells).toEqual([{ study: 'migraine-01', why: 'rung' }])
  })

  it('that comes a hundred times while one waits is one look', async () => {
    const queue = await server.open()
    for (let i = 0; i < 100; i++) await queue.ring('s')
    expect((await queue.counts()).looks.waiting).toBe(1)
  })

  it('during a look leads to one more look afterwards, however many come', async () => {
    const queue = await server.open()
    let looks = 0
    let together = 0
    let most = 0
    const gate = Promise.withResolvers<void>()
    queue.listen(async () => {
      looks++
      most = Math.max(most, ++together)
      if (looks === 1) await gate.promise
      together--
    })
    await queue.ring('s')
    await until(() => looks === 1)
    for (let i = 0; i < 20; i++) await queue.ring('s')
    gate.resolve()
    await until(async () => looks === 2 && (await queue.counts()).looks.active === 0)
    expect({ looks, most }).toEqual({ looks: 2, most: 1 })
    expect((await queue.counts()).looks).toMatchObject({ waiting: 0, active: 0, delayed: 0 })
  })

  it('is heard again after a look that failed', async () => {
    const queue = await server.open()
    let looks = 0
    queue.listen(async () => {
      looks++
      throw new Error('the vault is away')
    })
    for (const expected of [1, 2]) {
      await queue.ring('s')
      await until(async () => looks === expected && (await queue.counts()).looks.active === 0)
    }
  })

  it('Q6: whose look failed leaves a code in the queue and the reason in the log', async () => {
    const log = keptLog()
    const queue = await server.open({ log })
    queue.listen(async () => {
      throw Object.assign(new Error('pain "11" of patient Muster \0'), { code: 'damaged' })
    })
    await queue.ring('s')
    await until(() => log.said.some(({ text }) => text === 'a job failed'))
    await until(async () => (await queue.counts()).looks.active === 0)
    expect(log.said).toHaveLength(1)
  })

  it('for something that is no study is refused before it is sent', async () => {
    const queue = await server.open()
    await expect(queue.ring('../etc')).rejects.toThrow()
  })

  it('rung before anybody listens is heard by the one who comes', async () => {
    const queue = await server.open()
    await queue.ring('early')
    const bells: Bell[] = []
    queue.listen(async (bell) => void bells.push(bell))
    await until(() => bells.length === 1)
  })
})

onEachServer('a planned re-analysis', (server) => {
  it('rings at its time, as a schedule', async () => {
    const queue = await server.open()
    const bells: Bell[] = []
    queue.listen(async (bell) => void bells.push(bell))
    await queue.reconcileSchedules(new Map([['nightly', { cron: '* * * * * *', timezone: 'Europe/Vienna' }]]))
    await until(() => bells.length > 0)
    expect(bells[0]).toEqual({ study: 'nightly', why: 'schedule' })
  })

  it('Q12: of four processes that plan at once none fails, and the plan is right', async () => {
    const queues = [await server.open()]
    const namespace = queues[0]!.namespace
    while (queues.length < 4) queues.push(await server.open({ namespace }))
    const plan = new Map(['a', 'b', 'c'].map((study) => [study, { cron: '0 3 * * *', timezone: 'Europe/Vienna' }]))
    await Promise.all(queues.map((queue) => queue.reconcileSchedules(plan)))
    expect((await queues[0]!.counts()).schedules.delayed).toBe(3)
  })

  it('that could not be written down is tried again', async () => {
    const queue = await server.open()
    let calls = 0
    queue.listen(async () => {
      if (++calls === 1) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    })
    await queue.reconcileSchedules(new Map([['s', { cron: '* * * * * *', timezone: 'UTC' }]]))
    await until(() => calls > 0)
    await queue.reconcileSchedules(new Map())
    await until(() => calls > 1)
  })

  it('goes when the study file no longer asks for it, and moves when it asks for another time', async () => {
    const queue = await server.open()
    const at = (hour: number) => ({ cron: `0 ${hour} * * *`, timezone: 'UTC' })
    await queue.reconcileSchedules(
      new Map([
        ['stays', at(3)],
        ['goes', at(4)],
      ]),
    )
    await queue.reconcileSchedules(new Map([['stays', at(5)]]))
    expect((await queue.counts()).schedules.delayed).toBe(1)
    await queue.reconcileSchedules(new Map())
    expect((await queue.counts()).schedules.delayed).toBe(0)
  })

  it('with a time that cannot be read is said, and the others are planned', async () => {
    const said: string[] = []
    const log = { info: () => {}, warn: () => {}, error: (_: unknown, text: string) => void said.push(text) }
    const queue = await server.open({ log })
    await queue.reconcileSchedules(
      new Map([
        ['bad', { cron: 'at tea time', timezone: 'UTC' }],
        ['good', { cron: '0 3 * * *', timezone: 'UTC' }],
      ]),
    )
    expect(said).toEqual(['the schedule of a study could not be set'])
    expect((await queue.counts()).schedules.delayed).toBe(1)
  })
})
