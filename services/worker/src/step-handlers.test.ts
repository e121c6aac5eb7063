import type { ContentId } from '@afferent/ledger'
import type { Perform, Ports, Step } from '@afferent/pipeline'
import { memoryVault } from '@afferent/vault'
import { describe, expect, it } from 'vitest'
import { keptLog } from '../../../tests/testkit/kept-log.ts'
import { deriveStep, publishStep, validateStep } from '../../../tests/testkit/steps.ts'
import { stepHandlers } from './step-handlers.ts'

const AT = Date.parse('2026-03-01T09:00:00.000Z')

function handlersWith(perform: Perform = async () => ({ kind: 'done' })) {
  const vault = memoryVault()
  const log = keptLog()
  const rings: string[] = []
  const compute = { threads: 1, map: () => Promise.reject(new Error('not here')), discard: () => {} }
  const ports: Ports = { vault, compute, log, digest: () => '', zoneData: '', now: () => AT }
  const shown: string[] = []
  const handlers = stepHandlers({
    ports,
    perform,
    ring: async (study) => void rings.push(study),
    show: async (study, run) => void shown.push(`${study} ${run}`),
  })
  return { vault, log, rings, shown, handlers }
}

describe('a step that cannot succeed', () => {
  it('leaves a failure under the name the planner looks for, and one line in the journal', async () => {
    const { vault, handlers } = handlersWith()
    const step = validateStep('s', 1)
    await handlers.giveUp(step, 'exception')
    await handlers.giveUp(step, 'exception')
    expect(await vault.failure(step.makes)).toMatchObject({ code: 'exception', stage: 'validate' })
    expect(await vault.journal('s')).toMatchObject([
      { kind: 'failed', at: '2026-03-01T09:00:00.000Z', step: step.makes, code: 'exception', trigger: 'drop' },
    ])
  })

  it('that belongs to a run fails the run, whichever of its steps it was', async () => {
    for (const step of [deriveStep('s', 'run', 3), publishStep('s', 'run')] as Step[]) {
      const { vault, handlers } = handlersWith()
      await handlers.giveUp(step, 'worker-lost-twice')
      expect(await vault.list('failures')).toEqual([publishStep('s', 'run').makes])
    }
  })

  it('says in words what happened and nothing of the exception', async () => {
    const { vault, handlers } = handlersWith()
    await handlers.giveUp(validateStep('s', 1), 'worker-lost-twice')
    const failure = await vault.failure(validateStep('s', 1).makes as ContentId)
    expect(failure?.message).toContain('the worker process was lost twice')
  })
})

describe('the end of a step', () => {
  it('rings for its study, so that the planner says what comes next', () => {
    const { rings, handlers } = handlersWith()
    handlers.finished?.(validateStep('a', 1), 'done')
    handlers.finished?.(publishStep('b', 'run'), 'failed')
    expect(rings).toEqual(['a', 'b'])
  })

  it('does not ring when its parent follows anyway, or when the disk is full', () => {
    const { rings, handlers } = handlersWith()
    handlers.finished?.(deriveStep('s', 'run', 0), 'done')
    handlers.finished?.(validateStep('s', 1), 'released')
    expect(rings).toEqual([])
    handlers.finished?.(deriveStep('s', 'run', 0), 'failed')
    expect(rings).toEqual(['s'])
  })
})

it('an exception passes through to the queue, which tries again', async () => {
  const { handlers } = handlersWith(() => Promise.reject(new Error('no')))
  await expect(handlers.perform(validateStep('s', 1))).rejects.toThrow('no')
})

it('a log line about a step holds ids, outcome and duration, nothing else', async () => {
  const { log, handlers } = handlersWith()
  await handlers.perform(validateStep('s', 1))
  const { makes } = validateStep('s', 1)
  expect(log.said).toEqual([
    {
      level: 'info',
      fields: { step: 'validate', study: 's', makes, outcome: 'done', durationMs: 0 },
      text: 'step performed',
    },
  ])
})

it('shows a published run to people, again when the step is done again, and not one that was overtaken', async () => {
  const step = publishStep('s', 'run')
  for (const outcome of ['done', 'already', 'obsolete'] as const) {
    const { shown, handlers } = handlersWith(async () => ({ kind: outcome }))
    await handlers.perform(step)
    expect(shown).toEqual(outcome === 'obsolete' ? [] : [`s ${step.run}`])
  }
})
