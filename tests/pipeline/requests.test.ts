import { openCompute } from '@afferent/compute'
import {
  createLook,
  createPerform,
  type Ports,
  requestRun,
  retryFailures,
  statusOf,
  withdrawUpload,
} from '@afferent/pipeline'
import { digest } from '@afferent/runtime'
import { memoryVault } from '@afferent/vault'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keptLog } from '../testkit/kept-log.ts'
import { diaryFile, SMALL_STUDY, subjectNames } from './small-study.ts'

/** What a person asks of an installation: lines in the journal, and bytes that go when they must. */
function open() {
  const vault = memoryVault()
  onTestFinished(() => vault.close())
  const now = () => Date.parse('2026-06-01T00:00:00Z')
  const compute = openCompute({ threads: 1 })
  const ports: Ports = { vault, compute, log: keptLog(), digest, zoneData: '', now }
  const receive = async (name: string, text: string, study = 'small') => {
    const parts = (async function* () {
      yield new TextEncoder().encode(text)
    })()
    const { id, size } = await vault.putObject(parts)
    const role = name === 'study.yaml' ? 'study' : 'data'
    const at = new Date(now()).toISOString()
    const { number } = await vault.append(study, { kind: 'received', at, object: id, name, size, role, via: 'drop' })
    return { number, object: id }
  }
  return { vault, ports, receive }
}

describe('a withdrawn upload', () => {
  it('is out of force, and with --erase its bytes and record tables are gone', async () => {
    const { vault, ports, receive } = open()
    await receive('study.yaml', SMALL_STUDY)
    const { number, object } = await receive('diary.csv', diaryFile(subjectNames(2)))
    const { steps } = await createLook()('small', ports, 0)
    for (const { step } of steps) await createPerform()(step, ports)
    expect(await vault.list('datasets')).toHaveLength(1)

    await withdrawUpload('small', number, { reason: 'named a patient', erase: true }, ports)
    expect(await vault.list('datasets')).toEqual([])
    expect(await vault.has(`objects/${object}`)).toBe(false)
    const { uploads } = await statusOf('small', ports)
    expect(uploads).toMatchObject([{ number, state: 'withdrawn' }])
  })

  it('keeps bytes that another study still names', async () => {
    const { vault, ports, receive } = open()
    const { number, object } = await receive('diary.csv', 'a,b\n1,2\n')
    await receive('other.csv', 'a,b\n1,2\n', 'elsewhere')
    const done = await withdrawUpload('small', number, { reason: 'wrong study', erase: true }, ports)
    expect(await vault.has(`objects/${object}`)).toBe(true)
    expect(done).toMatchObject({ erased: false, heldBy: [{ study: 'elsewhere', upload: 1 }] })
  })

  it('that was never there is refused with what to do', async () => {
    const { ports, receive } = open()
    await receive('diary.csv', 'a,b\n1,2\n')
    const how = { reason: 'x', erase: false }
    await expect(withdrawUpload('small', 9, how, ports)).rejects.toMatchObject({ code: 'upload-unknown' })
    await expect(withdrawUpload('none', 1, how, ports)).rejects.toMatchObject({ code: 'study-unknown' })
  })
})

describe('an upload', () => {
  it('replaced before anybody judged it does not seem to wait', async () => {
    const { ports, receive } = open()
    await receive('study.yaml', SMALL_STUDY)
    await receive('diary.csv', diaryFile(subjectNames(1)))
    await receive('diary.csv', diaryFile(subjectNames(2)))
    const { steps } = await createLook()('small', ports, 0)
    for (const { step } of steps.slice(0, 1)) await createPerform()(step, ports)
    const { uploads } = await statusOf('small', ports)
    expect(uploads).toMatchObject([
      { number: 2, state: 'replaced' },
      { number: 3, state: 'in force' },
    ])
  })
})

describe('a question', () => {
  it('is a line in the journal that the planner answers', async () => {
    const { vault, ports, receive } = open()
    await receive('study.yaml', SMALL_STUDY)
    await requestRun('small', ports)
    expect((await vault.journal('small')).at(-1)).toMatchObject({ kind: 'asked', trigger: 'hand' })
  })
})

describe('a retry', () => {
  it('clears the failures of a study, and says when there are none', async () => {
    const { vault, ports, receive } = open()
    await receive('study.yaml', SMALL_STUDY)
    await receive('diary.csv', diaryFile(['P1']))
    await expect(retryFailures('small', ports)).rejects.toMatchObject({ code: 'nothing-failed' })
    const { steps } = await createLook()('small', ports, 0)
    const makes = steps[0]?.step.makes as `sha256-${string}`
    await vault.writeFailure(makes, { code: 'exception', stage: 'validate', at: '', message: 'stopped' })
    expect((await statusOf('small', ports)).uploads).toMatchObject([{ state: 'failed' }])
    expect(await retryFailures('small', ports)).toEqual([makes])
    expect(await vault.failure(makes)).toBeNull()
  })
})
