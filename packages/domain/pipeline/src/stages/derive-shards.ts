import { Packer } from '../files/packed.ts'
import { writeShard } from '../files/shard-files.ts'
import type { StudyMemory } from '../plan/study-memory.ts'
import type { Ports } from '../ports.ts'
import type { StepOf } from '../steps.ts'
import type { DatasetShelf } from './dataset-shelf.ts'
import { deriveSlices } from './derive-slices.ts'
import type { PlannedShard } from './run-plan.ts'
import { ALREADY, DONE, OBSOLETE, type StepResult } from './step-result.ts'

/** Period metrics and responses of the subjects of some neighbouring shards. */
export async function deriveShards(
  step: StepOf<'derive'>,
  ports: Ports,
  shelf: DatasetShelf,
  memory: StudyMemory,
): Promise<StepResult> {
  const { vault, compute } = ports
  const plan = await memory.plan(step.run)
  const study = await analyticOf(step, memory)
  if (plan === null || study === null) return OBSOLETE
  const missing: PlannedShard[] = []
  for (const shard of plan.shards.slice(step.from, step.to)) {
    if (!(await vault.has(`shards/${shard.id}`))) missing.push(shard)
  }
  if (missing.length === 0) return ALREADY
  const slices = missing.map(({ from, to }) => plan.subjects.slice(from, to))
  const within = { first: slices[0]?.[0] as string, last: slices.at(-1)?.at(-1) as string }
  const results = await deriveSlices(
    {
      inForce: await shelf.take(ports, plan.uploads, memory, within),
      slices,
      study: study.analytic,
      facts: plan.facts,
      lines: 'places',
    },
    missing.reduce((sum, shard) => sum + shard.rows, 0),
    compute,
  )
  const packer = new Packer()
  for (const [i, shard] of results.entries()) {
    await vault.writeFolder(`shards/${missing[i]!.id}`, (folder) => writeShard(folder, shard, packer))
  }
  return DONE
}

async function analyticOf(step: StepOf<'derive'>, memory: StudyMemory) {
  const now = await memory.read()
  return now.run() === step.run ? (now.inForce?.study ?? null) : null
}
