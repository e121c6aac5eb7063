import type { Step } from '@afferent/pipeline'
import type { StepEvent, StepHandlers } from '@afferent/queue'
import { VaultError } from '@afferent/vault'
import { expect, it } from 'vitest'
import { onEachServer } from '../testkit/queue-servers.ts'
import { family, idOf, validateStep } from '../testkit/steps.ts'
import { until } from '../testkit/until.ts'

const alone = (step: Step) => ({ step, children: [] })

/** Handlers that keep what happened, in order. */
function recorded(perform: (step: Step) => Promise<unknown> = async () => {}) {
  const events: string[] = []
  const name = (step: Step) => (step.kind === 'validate' ? `validate ${step.upload}` : describeStep(step))
  const handlers: StepHandlers<Step> = {
    async perform(step) {
      events.push(`perform ${name(step)}`)
      const outcome = await perform(step)
      return (outcome as Awaited<ReturnType<StepHandlers<Step>['perform']>> | undefined) ?? { kind: 'done' }
    },
    giveUp: async (step, code) => void events.push(`give up ${name(step)}: ${code}`),
    finished: (step, how) => void events.push(`${how} ${name(step)}`),
  }
  return { events, handlers }
}

const describeStep = (step: Step) => (step.kind === 'derive' ? `derive ${step.from}` : step.kind)
const EMPTY = { waiting: 0, active: 0, delayed: 0, blocked: 0 }

onEachServer('a step', (server) => {
  it('Q9, Q17: added twice is done once; done, it leaves nothing and can be asked again', async () => {
    const queue = await server.open()
    const { events, handlers } = recorded()
    await queue.add([alone(validateStep('s', 1)), alone(validateStep('s', 1))])
    await queue.add([alone(validateStep('s', 1))])
    expect((await queue.counts()).steps.waiting).toBe(1)
    queue.work(handlers, { concurrency: 2 })
    await until(() => events.includes('done validate 1'))
    await queue.add([alone(validateStep('s', 1))])
    await until(() => events.length === 4)
    expect(events).toEqual(['perform validate 1', 'done validate 1', 'perform validate 1', 'done validate 1'])
    expect((await queue.counts()).steps).toEqual(EMPTY)
  })

  it('of two studies that makes the same thing is done for each', async () => {
    const queue = await server.open()
    const { events, handlers } = recorded()
    const twin = { ...validateStep('a', 1), study: 'b' }
    await queue.add([alone(validateStep('a', 1)), alone(twin)])
    queue.work(handlers, { concurrency: 1 })
    await until(() => events.length === 4)
  })

  it('that throws is tried three times and then given up, with a code and not a word of the message', async () => {
    const queue = await server.open()
    const { events, handlers } = recorded(async () => {
      throw new Error('pain "11" of patient Muster \0 \ud800')
    })
    queue.work(handlers, { concurrency: 1 })
    await queue.add([alone(validateStep('s', 1))])
    await until(() => events.includes('failed validate 1'))
    const attempt = 'perform validate 1'
    expect(events).toEqual([attempt, attempt, attempt, 'give up validate 1: exception', 'failed validate 1'])
    expect((await queue.counts()).steps).toEqual(EMPTY)
  })

  it('that time heals is tried again and is then done', async () => {
    const queue = await server.open()
    let left = 2
    const { events, handlers } = recorded(async () => {
      if (left-- > 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    })
    queue.work(handlers, { concurrency: 1 })
    await queue.add([alone(validateStep('s', 1))])
    await until(() => events.includes('done validate 1'))
    expect(events.filter((event) => event.startsWith('perform'))).toHaveLength(3)
  })

  it.each([
    Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }),
    new VaultError('disk-full', 'the disk of the vault is full'),
    new VaultError('not-permitted', 'the vault may not be written here'),
  ])('is never given up because of "$message": it leaves the queue and may be asked again', async (trouble) => {
    const queue = await server.open()
    const { events, handlers } = recorded(async () => {
      throw trouble
    })
    queue.work(handlers, { concurrency: 1 })
    await queue.add([alone(validateStep('s', 1))])
    await until(() => events.includes('released validate 1'))
    expect(events.some((event) => event.startsWith('give up'))).toBe(false)
    await queue.add([alone(validateStep('s', 1))])
    expect((await queue.counts()).steps).not.toEqual(EMPTY)
  })

  it('that says itself why it cannot succeed is not tried again', async () => {
    const queue = await server.open()
    const { events, handlers } = recorded(async () => ({ kind: 'failed', code: 'zip-bomb' }))
    queue.work(handlers, { concurrency: 1 })
    await queue.add([alone(validateStep('s', 1))])
    await until(() => events.includes('failed validate 1'))
    expect(events).toEqual(['perform validate 1', 'failed validate 1'])
  })

  it('whose payload cannot be read is thrown away and said, and the others go on', async () => {
    const said: string[] = []
    const log = { info: () => {}, warn: () => {}, error: (_: unknown, text: string) => void said.push(text) }
    const queue = await server.open({ log })
    const { events, handlers } = recorded()
    const unreadable = { ...validateStep('s', 1), upload: -1 }
    await queue.add([alone(unreadable), alone(validateStep('s', 2))])
    queue.work(handlers, { concurrency: 1 })
    await until(async () => events.length === 2 && said.length === 1)
    expect(events).toEqual(['perform validate 2', 'done validate 2'])
    expect((await queue.counts()).steps).toEqual(EMPTY)
  })

  it('in hand is given back at a stop, is not counted as lost, and is done by the next worker', async () => {
    const queue = await server.open()
    const first = recorded(() => new Promise(() => {}))
    const worker = queue.work(first.handlers, { concurrency: 1 })
    await queue.add([alone(validateStep('s', 1))])
    await until(() => first.events.length === 1)
    const since = performance.now()
    await worker.stop(200)
    expect(performance.now() - since).toBeLessThan(1_500)
    const second = recorded()
    queue.work(second.handlers, { concurrency: 1 })
    await until(() => second.events.includes('done validate 1'), 3_000)
    expect(second.events).toEqual(['perform validate 1', 'done validate 1'])
  })

  it('in hand may end within the grace of a stop', async () => {
    const queue = await server.open()
    const { events, handlers } = recorded(() => new Promise((resolve) => setTimeout(resolve, 300)))
    const worker = queue.work(handlers, { concurrency: 1 })
    await queue.add([alone(validateStep('s', 1)), alone(validateStep('s', 2))])
    await until(() => events.length === 1)
    await worker.stop()
    expect(events).toEqual(['perform validate 1', 'done validate 1'])
    expect((await queue.counts()).steps.waiting).toBe(1)
  })

  it('is seen from outside as it goes', async () => {
    const queue = await server.open()
    const seen: StepEvent[] = []
    await queue.watch((event) => void seen.push(event))
    const { handlers } = recorded()
    queue.work(handlers, { concurrency: 1 })
    await queue.add([alone(validateStep('s', 1))])
    await until(() => seen.some(({ state }) => state === 'done'))
    expect(seen.map(({ state }) => state)).toEqual(['waiting', 'active', 'done'])
    expect(seen[0]).toEqual({ kind: 'validate', study: 's', makes: idOf('s upload 1'), state: 'waiting' })
  })
})

onEachServer('a publish step with its derive steps', (server) => {
  it('runs after all of them', async () => {
    const queue = await server.open()
    const { events, handlers } = recorded()
    queue.work(handlers, { concurrency: 2 })
    await queue.add([family('s', 'run', 5)])
    await until(() => events.includes('done publish'))
    // The end of the last child is told and its parent taken at the same moment, in either order.
    const performed = events.filter((event) => event.startsWith('perform'))
    expect(performed.slice(0, 5).every((event) => event.startsWith('perform derive'))).toBe(true)
    expect(performed).toHaveLength(6)
    expect(events.filter((event) => event === 'perform publish')).toHaveLength(1)
  })

  it('Q11: fails with a child that fails for good, is not given up itself, and can be asked again', async () => {
    const queue = await server.open()
    let broken = true
    const { events, handlers } = recorded(async (step) =>
      broken && step.kind === 'derive' && step.from === 1 ? { kind: 'failed', code: 'bad' } : undefined,
    )
    queue.work(handlers, { concurrency: 1 })
    await queue.add([family('s', 'run', 3)])
    await until(async () => events.includes('failed publish') && (await queue.counts()).steps.active === 0)
    expect(events).not.toContain('perform publish')
    expect(events.some((event) => event.startsWith('give up'))).toBe(false)
    await until(async () => (await queue.counts()).steps.waiting === 0)
    broken = false
    await queue.add([family('s', 'run', 3)])
    await until(() => events.includes('done publish'))
    expect((await queue.counts()).steps).toEqual(EMPTY)
  })

  it('Q9: is left alone while it waits or runs, even when asked with other children', async () => {
    const queue = await server.open()
    const gate = Promise.withResolvers<void>()
    const { events, handlers } = recorded(() => gate.promise)
    await queue.add([family('s', 'run', 2)])
    await queue.add([family('s', 'run', 3)])
    expect((await queue.counts()).steps).toMatchObject({ waiting: 2, blocked: 1 })
    queue.work(handlers, { concurrency: 1 })
    gate.resolve()
    await until(() => events.includes('perform publish'))
    await queue.add([family('s', 'run', 2)])
    await until(async () => (await queue.counts()).steps.waiting + (await queue.counts()).steps.active === 0)
    expect(events.filter((event) => event === 'done publish').length).toBeGreaterThan(0)
    expect(events).not.toContain('failed publish')
  })

  it('takes in children that were left over when an earlier parent failed', async () => {
    const queue = await server.open()
    const [first] = family('s', 'run', 1).children
    await queue.add([alone(first as Step)])
    await queue.add([family('s', 'run', 2)])
    const { events, handlers } = recorded()
    queue.work(handlers, { concurrency: 1 })
    await until(() => events.includes('done publish'))
    expect(events.filter((event) => event.startsWith('perform derive')).sort()).toEqual([
      'perform derive 0',
      'perform derive 1',
    ])
  })
})
