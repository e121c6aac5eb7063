import type { ShardResult } from '@afferent/records'
import type { Study } from '@afferent/study'
import { byFileName, toLines } from '../files/position.ts'
import { readShard } from '../files/shard-files.ts'
import type { StudyMemory } from '../plan/study-memory.ts'
import { VERSION_NUMBER } from '../plan/versions.ts'
import type { Ports } from '../ports.ts'
import type { StepOf } from '../steps.ts'
import type { DatasetShelf } from './dataset-shelf.ts'
import { publishRun } from './publish-run.ts'
import { layOutStudy, type RunPlan, type StudyLayout } from './run-plan.ts'
import { ALREADY, DONE, OBSOLETE, type StepResult } from './step-result.ts'

/**
 * Cohort and result tables, then `latest` and the journal. After a crash between the two the next look sees an unanswered
 * question and publishes again: the run is there, so only the missing line is added.
 */
export async function publishLatest(
  step: StepOf<'publish'>,
  ports: Ports,
  shelf: DatasetShelf,
  memory: StudyMemory,
): Promise<StepResult> {
  const { vault } = ports
  const now = await memory.read()
  if (now.inForce === null || now.run() !== step.run) return OBSOLETE
  const exists = await vault.has(`runs/${step.study}/${step.run}`)
  if (!exists) {
    const plan = await memory.plan(step.run)
    if (plan === null) return OBSOLETE
    for (const shard of plan.shards) if (!(await vault.has(`shards/${shard.id}`))) return OBSOLETE
    await writeRunFolder(step, ports, plan, now.inForce.study, shelf, memory)
  }
  await vault.flushFolder(`runs/${step.study}/${step.run}`)

  const before = await vault.latest(step.study)
  const answers = now.state.lastNumber
  const judged = now.state.uploads.length - now.choice.undecided.length
  const target = { run: step.run, number: answers, version: VERSION_NUMBER, judged }
  const after = await vault.advanceLatest(step.study, target)
  const known = now.state.answered
  if (after.run === step.run && (known === null || known.run !== step.run || known.number < answers)) {
    const kind = before?.run === step.run && known?.run === step.run ? 'unchanged' : 'published'
    const at = new Date(ports.now()).toISOString()
    await vault.append(step.study, { kind, at, run: step.run, answers, trigger: step.trigger })
  }
  return exists ? ALREADY : DONE
}

async function writeRunFolder(
  step: StepOf<'publish'>,
  ports: Ports,
  plan: RunPlan,
  study: Study,
  shelf: DatasetShelf,
  memory: StudyMemory,
): Promise<void> {
  const { vault, zoneData, digest, compute } = ports
  const inForce = await shelf.take(ports, plan.uploads, memory, null)
  const { findings } = await layOutStudy(inForce, study.analytic, compute)
  const layout: StudyLayout = { subjects: plan.subjects, facts: plan.facts, findings }
  const byFile = byFileName(inForce)
  const shards: ShardResult[] = []
  for (const { id } of plan.shards) {
    const shard = await readShard((file) => vault.readFile(`shards/${id}`, file))
    shards.push({ ...shard, findings: toLines(shard.findings, byFile) })
  }
  await vault.writeFolder(`runs/${step.study}/${step.run}`, async (folder) => {
    await publishRun(
      {
        source: { run: step.run, uploads: plan.uploads },
        study,
        zoneData,
        digest,
        compute,
        layout,
        datasets: inForce,
        shards,
      },
      folder,
    )
  })
}
