import type { ContentId } from '@afferent/ledger'
import type { Ports } from '../ports.ts'
import type { Look, LookAt } from './look.ts'
import { nameOf } from './names.ts'
import { plan, type RunState } from './plan.ts'
import { readRunPlan, StudyMemory, type StudyNow } from './study-memory.ts'

/** A planner's eye that remembers what cannot change; one per scheduler, asked for one study at a time. */
export function createLook(): LookAt {
  const memories = new Map<string, StudyMemory>()
  return async (study, ports, taking) => {
    const memory = memories.get(study) ?? new StudyMemory(study, ports)
    memories.set(study, memory)
    return lookOnce(memory, ports, taking)
  }
}

/** Reads what the planner needs and asks it. */
export async function lookOnce(memory: StudyMemory, ports: Ports, taking: number): Promise<Look> {
  const now = await memory.read()
  const run = now.run === null ? null : await runState(now.run, ports)
  if (run !== null && !run.exists && run.shards === null) memory.forgetDatasets()
  return plan({
    study: now.key,
    state: now.state,
    operational: now.inForce?.study.operational ?? null,
    choice: now.choice,
    datasetOf: now.datasetOf,
    run,
    latest: await ports.vault.latest(now.key),
    taking,
    now: ports.now(),
  })

  async function runState(id: ContentId, { vault, digest }: Ports): Promise<RunState> {
    const exists = await vault.has(`runs/${(now as StudyNow).key}/${id}`)
    const planned = exists ? null : await readRunPlan(ports, id)
    const shards = []
    for (const { id: shard, rows } of planned?.shards ?? []) {
      shards.push({ id: shard, rows, present: await vault.has(`shards/${shard}`) })
    }
    return {
      id,
      exists,
      failed: !exists && (await vault.has(`failures/${id}`)),
      shards: planned === null ? null : shards,
      nameGroup: (from, to) => nameOf(digest, { run: id, from, to }),
    }
  }
}
