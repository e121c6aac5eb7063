import type { ContentId } from '@afferent/ledger'
import type { Ports } from '../ports.ts'
import type { Look, LookAt } from './look.ts'
import { nameOf } from './names.ts'
import { asksForRun, plan, type RunState } from './plan.ts'
import { StudyMemories, type StudyMemory, type StudyNow } from './study-memory.ts'

/**
 * A planner's eye that remembers what cannot change; one per scheduler, asked for one study at a time. Who asks for outcomes
 * in the same process may share the memories: what one has read the other need not read.
 */
export function createLook(memories = new StudyMemories()): LookAt {
  return (study, ports, taking) => lookOnce(memories.of(study, ports), ports, taking)
}

/** Reads what the planner needs and asks it. */
export async function lookOnce(memory: StudyMemory, ports: Ports, taking: number): Promise<Look> {
  const seen = await lookAtStudy(memory, ports, taking)
  const prepares = seen.look.steps.some(({ step }) => step.kind === 'prepare')
  const swept = prepares && (await memory.forgetSwept(seen.now.choice.uploads, seen.now.datasetOf))
  return swept ? (await lookAtStudy(memory, ports, taking)).look : seen.look
}

async function lookAtStudy(memory: StudyMemory, ports: Ports, taking: number): Promise<{ now: StudyNow; look: Look }> {
  const now = await memory.read()
  const facts = {
    study: now.key,
    state: now.state,
    operational: now.inForce?.study.operational ?? null,
    choice: now.choice,
    datasetOf: now.datasetOf,
    latest: await ports.vault.latest(now.key),
    taking,
    now: ports.now(),
  }
  const run = asksForRun(facts) ? now.run() : null
  const look = plan({ ...facts, run: run === null ? null : await runState(memory, now.key, run, ports) })
  return { now, look }
}

async function runState(memory: StudyMemory, key: string, id: ContentId, { vault, digest }: Ports): Promise<RunState> {
  const exists = await vault.has(`runs/${key}/${id}`)
  const planned = exists ? null : await memory.plan(id)
  const present = planned === null ? null : new Set(await vault.list('shards'))
  const shards = planned?.shards.map(({ id, rows, endsPiece }) => {
    return { id, rows, present: present?.has(id) === true, endsPiece: endsPiece === true }
  })
  return {
    id,
    exists,
    failed: !exists && (await vault.has(`failures/${id}`)),
    shards: shards ?? null,
    nameGroup: (from, to) => nameOf(digest, { run: id, from, to }),
  }
}
