import type { Look, Ports, Step } from '@afferent/pipeline'
import type { AskedStep, Bell, Queue, Schedule } from '@afferent/queue'
import { memoryVault } from '@afferent/vault'
import { expect, it, onTestFinished, vi } from 'vitest'
import { keptLog } from '../../../tests/testkit/kept-log.ts'
import { idOf, validateStep } from '../../../tests/testkit/steps.ts'
import { until } from '../../../tests/testkit/until.ts'
import { createScheduler } from './create-scheduler.ts'

const AT = '2026-03-01T09:00:00.000Z'
const rest = (study: string): Look => ({ study, steps: [], lookAgainAt: null, waits: [], schedule: null })

/** A queue that keeps what it is asked. */
function keptQueue() {
  const added: AskedStep<Step>[] = []
  const plans: ReadonlyMap<string, Schedule>[] = []
  let ring: (bell: Bell) => Promise<void> = async () => {}
  const steps = { waiting: 0, active: 0, delayed: 0, blocked: 0 }
  const queue = {
    add: async (asked: readonly AskedStep<Step>[]) => void added.push(...asked),
    reconcileSchedules: async (wanted: ReadonlyMap<string, Schedule>) => void plans.push(wanted),
    counts: async () => ({ looks: steps, steps, schedules: steps }),
    listen: (handle: (bell: Bell) => Promise<void>) => {
      ring = handle
      return { active: () => 0, ready: async () => {}, stop: async () => {} }
    },
  } as unknown as Queue<Step>
  return { queue, added, plans, steps, ring: (bell: Bell) => ring(bell) }
}

async function schedulerOf(studies: readonly string[], see: (study: string) => Look | Promise<Look>, everyMs?: number) {
  const vault = memoryVault()
  for (const study of studies) {
    const received = { object: idOf(study), name: 'a.csv', size: 1, role: 'data', via: 'drop' } as const
    await vault.append(study, { kind: 'received', at: AT, ...received })
  }
  const kept = keptQueue()
  const log = keptLog()
  const looked: string[] = []
  const ports = { vault, log, now: () => Date.parse(AT) } as unknown as Ports
  const look = async (study: string) => {
    looked.push(study)
    return see(study)
  }
  const taking = async () => 0
  const scheduler = createScheduler({ queue: kept.queue, ports, look, taking, ...(everyMs && { everyMs }) })
  onTestFinished(() => scheduler.stop())
  await scheduler.start()
  return { ...kept, vault, log, looked, scheduler }
}

it('looks at every study at the start and adds what is missing', async () => {
  const step = { step: validateStep('a', 1), children: [] }
  const { added, looked } = await schedulerOf(['a', 'b'], (s) => (s === 'a' ? { ...rest(s), steps: [step] } : rest(s)))
  expect(looked).toEqual(['a', 'b'])
  expect(added).toEqual([step])
})

it('looks at a study whose bell was rung, and remembers what it waits for', async () => {
  const waits = [{ for: 'quiet', since: AT, says: 'files may still be coming', remedy: 'nothing to do' }] as const
  const { ring, looked, scheduler } = await schedulerOf([], (s) => ({ ...rest(s), waits }))
  await ring({ study: 'new', why: 'rung' })
  expect(looked).toEqual(['new'])
  expect(scheduler.waits().get('new')).toEqual(waits)
})

it('looks again when a look said so', async () => {
  let looks = 0
  const { looked } = await schedulerOf(['s'], (s) => ({
    ...rest(s),
    lookAgainAt: ++looks === 1 ? Date.parse(AT) + 30 : null,
  }))
  await until(() => looked.length === 2)
})

it('looks at all studies every minute, whatever bells were lost', async () => {
  const { looked } = await schedulerOf(['a', 'b'], rest, 30)
  await until(() => looked.length >= 6)
  expect(looked.slice(0, 6)).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
})

it('goes on with the others when one study cannot be read', async () => {
  const { looked, log } = await schedulerOf(['bad', 'good'], (s) => {
    if (s === 'bad') throw new Error('damaged')
    return rest(s)
  })
  expect(looked).toEqual(['bad', 'good'])
  expect(log.said.map(({ level }) => level)).toEqual(['error'])
})

it('a schedule that falls due is a line in the journal before it is a look', async () => {
  const { ring, vault, looked } = await schedulerOf(['s'], rest)
  await ring({ study: 's', why: 'schedule' })
  expect((await vault.journal('s')).at(-1)).toMatchObject({ kind: 'asked', trigger: 'schedule', at: AT })
  expect(looked).toHaveLength(2)
})

it('keeps the schedules of the study files in the queue: all at once at the start, then what changes', async () => {
  const nightly = { cron: '0 3 * * *', timezone: 'Europe/Vienna' }
  let plan: Schedule | null = nightly
  const { plans, ring } = await schedulerOf(['a', 'b'], (s) => ({ ...rest(s), schedule: s === 'a' ? plan : null }))
  expect(plans).toEqual([new Map([['a', nightly]])])
  await ring({ study: 'b', why: 'rung' })
  expect(plans).toHaveLength(1)
  plan = null
  await ring({ study: 'a', why: 'rung' })
  expect(plans.at(-1)).toEqual(new Map())
})

it('takes no schedule away while a study could not be read', async () => {
  const { plans } = await schedulerOf(['bad'], () => Promise.reject(new Error('damaged')))
  expect(plans).toEqual([])
})

it('one look per study at a time, and one more for all bells that rang meanwhile', async () => {
  const gate = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 20)))
  const { ring, looked } = await schedulerOf([], async (s) => {
    await gate()
    return rest(s)
  })
  await Promise.all(Array.from({ length: 10 }, () => ring({ study: 's', why: 'rung' })))
  expect(looked).toEqual(['s', 's'])
})

it('raises an alarm when steps wait for minutes and no worker takes them', async () => {
  const { steps, log } = await schedulerOf(['s'], rest, 20)
  Object.assign(steps, { waiting: 3 })
  await until(() => log.said.some(({ text }) => text === 'steps wait and no worker takes them'))
})
