import type { StudyMemory } from '../plan/study-memory.ts'
import type { Ports } from '../ports.ts'
import type { StepOf } from '../steps.ts'
import type { DatasetShelf } from './dataset-shelf.ts'
import { layOutStored } from './lay-out-stored.ts'
import { planShards, type RunPlan } from './run-plan.ts'
import { ALREADY, DONE, OBSOLETE, type StepResult } from './step-result.ts'

/** Subjects, facts and shards of a run: everything that needs all datasets at once. */
export async function prepareRun(
  step: StepOf<'prepare'>,
  ports: Ports,
  shelf: DatasetShelf,
  memory: StudyMemory,
): Promise<StepResult> {
  const { vault, digest, zoneData } = ports
  if (await vault.has(`plans/${step.run}`)) return ALREADY
  const now = await memory.read()
  if (now.inForce === null || now.run() !== step.run) return OBSOLETE
  const { analytic } = now.inForce.study
  const uploads = now.choice.uploads.map((u) => ({ ...u, dataset: now.datasetOf(u) }))
  const manifests = []
  for (const { dataset } of uploads) manifests.push(await memory.manifest(dataset))
  const layout = await layOutStored(uploads, analytic, ports, shelf, memory)
  const shards = planShards(
    layout,
    manifests.filter((m) => m !== null),
    analytic,
    digest,
    zoneData,
  )
  const plan: RunPlan = {
    subjects: layout.subjects,
    facts: layout.facts,
    uploads: uploads.map(({ number, name, object, size, dataset }) => ({ number, name, object, size, dataset })),
    shards,
  }
  const written = await vault.writeFolder(`plans/${step.run}`, (folder) =>
    folder.write('plan.json', new TextEncoder().encode(JSON.stringify(plan))),
  )
  return written ? DONE : ALREADY
}
