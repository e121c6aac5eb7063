import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { openCompute } from '@afferent/compute'
import { createLook, type Step } from '@afferent/pipeline'
import { digest, now } from '@afferent/runtime'
import { type LocalVault, openVault } from '@afferent/vault'
import { scratch } from '../measure/scratch.ts'
import { compare, type Measured, pathOf } from '../measure/whole-process.ts'
import { besides, type Work } from '../measure/work.ts'
import { type BenchData, diaryOf } from '../trials/data.ts'

const STUDY = 'bench'

/**
 * The derive steps of a study over a vault, by one and by two worker processes with one compute thread each, handed out one
 * at a time as a queue would. A worker reads the records anew; its start does not count. Both write the same bytes.
 */
export const workerScaling: Work = {
  name: 'worker-scaling',
  async run({ quick, runs: asked }) {
    const runs = quick ? 1 : Math.min(asked, 3)
    const data = await diaryOf(quick ? 1_000_000 : 10_000_000)
    const root = await scratch('worker-scaling')
    const vault = await openVault({ root })
    try {
      await receive(vault, data)
      const steps = await prepared(vault)
      const shards = new Set<string>()
      const derive = (workers: number) => async (): Promise<Measured> => {
        await forgetShards(vault)
        const measured = await performBy(workers, steps, vault)
        shards.add(await hashOfShards(vault))
        if (shards.size > 1) throw new Error('one worker and two wrote different shards')
        return measured
      }
      const both = await compare(derive(2), derive(1), runs)
      const work = `${quick ? '1M' : '10M'} rows, derive over a vault, 2 workers`
      const times = both.peer.seconds / both.ours.seconds
      const note = `${steps.length} steps; ${times.toFixed(2)} times as fast; same bytes`
      return [besides(work, '1 worker', both, { other: { says: '>= 1.7 times as fast', met: times >= 1.7 } }, note)]
    } finally {
      await vault.close()
      await rm(root, { recursive: true, force: true })
    }
  },
}

/** Puts the files of a study into the vault as intake does. */
async function receive(vault: LocalVault, { study, subjects, diary }: BenchData): Promise<void> {
  for (const path of [study, subjects, diary]) {
    const { id: object, size } = await vault.putObject(createReadStream(path, { highWaterMark: 1 << 20 }))
    const [role, name] = path === study ? (['study', 'study.yaml'] as const) : (['data', basename(path)] as const)
    await vault.append(STUDY, { kind: 'received', at: '2026-01-01T00:00:00Z', object, name, size, role, via: 'drop' })
  }
}

/** Performs what comes before derive, in a process of its own, and returns the derive steps. */
async function prepared(vault: LocalVault): Promise<Step[]> {
  const look = createLook()
  const compute = openCompute({ threads: 1 })
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const ports = { vault, compute, log, digest, now, zoneData: process.versions.tz ?? '' }
  for (;;) {
    const { steps } = await look(STUDY, ports, 0)
    const children = steps.flatMap((ring) => [...ring.children])
    if (children.length > 0) return children
    if (steps.length === 0) throw new Error('the planner rests before there was anything to derive')
    await performBy(
      1,
      steps.map(({ step }) => step),
      vault,
    )
  }
}

/** Hands out steps to worker processes until all are done; the clock runs from the first to the last. */
async function performBy(workers: number, steps: readonly Step[], { root }: LocalVault): Promise<Measured> {
  const children = Array.from({ length: workers }, () => fork(pathOf('programs/vault-steps.ts'), [root]))
  await Promise.all(children.map((child) => once(child, 'message')))
  const since = performance.now()
  const left = [...steps]
  const told = await Promise.all(children.map((child) => workOff(left, child)))
  const seconds = (performance.now() - since) / 1000
  const gone = children.map((child) => once(child, 'exit'))
  for (const child of children) child.disconnect()
  await Promise.all(gone)
  return {
    seconds,
    peakBytes: total(told.map(({ peakBytes }) => peakBytes)),
    cpuSeconds: total(told.map(({ cpuSeconds }) => cpuSeconds)),
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

interface Told {
  readonly done: string
  /** So far, of the whole process. */
  readonly peakBytes: number
  readonly cpuSeconds: number
}

async function workOff(left: Step[], child: ChildProcess): Promise<Told> {
  let last: Told = { done: 'done', peakBytes: 0, cpuSeconds: 0 }
  for (let step = left.shift(); step !== undefined; step = left.shift()) {
    child.send(step)
    ;[last] = (await once(child, 'message')) as [Told]
    if (last.done !== 'done') throw new Error(`a ${step.kind} step ended as ${last.done}`)
  }
  return last
}

async function forgetShards(vault: LocalVault): Promise<void> {
  for (const id of await vault.list('shards')) await vault.removeFolder(`shards/${id}`)
}

async function hashOfShards(vault: LocalVault): Promise<string> {
  const hash = createHash('sha256')
  const ids = (await vault.list('shards')).sort()
  if (ids.length === 0) throw new Error('no shard was written')
  for (const id of ids) {
    for (const file of (await vault.listFiles(`shards/${id}`)).sort()) {
      hash.update(`${id}/${file}\n`).update(await readFile(join(vault.folderPath(`shards/${id}`), file)))
    }
  }
  return hash.digest('hex')
}
