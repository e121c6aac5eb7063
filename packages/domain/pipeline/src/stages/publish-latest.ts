import type { ShardResult } from '@afferent/records'
import type { Study } from '@afferent/study'
import { byFileName, toLines } from '../files/position.ts'
import { readShard } from '../files/shard-files.ts'
import type { StudyMemory } from '../plan/study-memory.ts'
import { VERSION_NUMBER } from '../plan/versions.ts'
import type { Ports } from '../ports.ts'
import type { StepOf } from '../steps.ts'
import { type DatasetShelf, judgedOf } from './dataset-shelf.ts'
import type { StudyLayout } from './lay-out.ts'
import { layOutStored } from './lay-out-stored.ts'
import { publishRun } from './publish-run.ts'
import type { RunPlan } from './run-plan.ts'
import { ALREADY, DONE, OBSOLETE, type StepResult } from './step-result.ts'
import { STUDY_SIZES } from './study-sizes.ts'

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
  const { uploads, subjects, facts } = plan
  const { findings } = await layOutStored(uploads, study.analytic, ports, shelf, memory)
  const layout: StudyLayout = { subjects, facts, findings }
  const datasets = await judgedOf(ports, uploads, memory)
  const source = { run: step.run, uploads }
  const shards = shardsOf(plan, ports, shelf, memory)
  const sizes = { ...STUDY_SIZES, ...ports.sizes }
  const isSmall = plan.shards.reduce((sum, { rows }) => sum + rows, 0) <= sizes.rowsAtOnce
  if (!isSmall) shelf.clear()
  const atHand = isSmall ? await allOf(shards) : shards
  await vault.writeFolder(`runs/${step.study}/${step.run}`, async (folder) => {
    await publishRun({ source, study, zoneData, digest, compute, sizes, layout, datasets, shards: atHand }, folder)
  })
}

/** Shards of a run with findings of now: records are read for the lines of findings alone. */
async function* shardsOf(
  { shards, subjects, uploads }: RunPlan,
  ports: Ports,
  shelf: DatasetShelf,
  memory: StudyMemory,
): AsyncGenerator<ShardResult> {
  for (const { id, from, to } of shards) {
    const shard = await readShard((file) => ports.vault.readFile(`shards/${id}`, file))
    const within = { first: subjects[from] as string, last: subjects[to - 1] as string }
    const placed = shard.findings.count === 0 ? [] : await shelf.take(ports, uploads, memory, within)
    yield { ...shard, findings: toLines(shard.findings, byFileName(placed)) }
  }
}

async function allOf<T>(some: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of some) all.push(one)
  return all
}
