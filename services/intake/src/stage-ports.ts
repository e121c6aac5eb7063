import { type Profiled, profileCsv } from '@afferent/formats'
import type { ContentId } from '@afferent/ledger'
import { createOutcomesOf, type Ports, readFindings, type StudyMemories } from '@afferent/pipeline'
import type { BytesRef, ExportProfile, Task, TaskHost } from '@afferent/records'
import { findingsCsv, summariseFindings } from '@afferent/results'
import { proposeStudy } from '@afferent/study'
import type { FileFindings, IntakePorts } from './intake-ports.ts'

/**
 * Answers to the intake's questions by the real stages; only `ring` and `say` are left to whoever starts it. `memories`: those
 * of a scheduler in the same process.
 */
export function stagePorts(ports: Ports, memories?: StudyMemories): Omit<IntakePorts, 'ring' | 'say'> {
  const { vault, log, now } = ports
  const outcomesOf = createOutcomesOf(memories)
  return {
    vault,
    log,
    now,
    outcomesOf: (study, numbers) => outcomesOf(study, numbers, ports),
    findingsOf: (dataset) => findingsOf(dataset, ports),
    propose: (study, files) => propose(study, files, ports),
  }
}

async function findingsOf(dataset: ContentId, { vault }: Ports): Promise<FileFindings> {
  const findings = await readFindings((file) => vault.readFile(`datasets/${dataset}`, file))
  const groups = summariseFindings(findings).map(({ rule, severity, count, examples, remedy }) => ({
    rule,
    severity,
    count,
    examples,
    remedy,
  }))
  return { groups, csv: findings.count === 0 ? null : findingsCsv(findings) }
}

interface ProfileInput {
  readonly ref: BytesRef
  readonly name: string
}

export function profileExport({ ref, name }: ProfileInput, host: TaskHost): Profiled {
  return profileCsv(host.open(ref), host, name)
}

const PROFILE_EXPORT: Task<ProfileInput, Profiled> = {
  module: import.meta.url,
  name: 'profileExport',
  types: profileExport,
}

/** From the export with the most rows: the diary, where subjects and lists lie beside it. */
async function propose(
  study: string,
  files: readonly { name: string; path: string }[],
  { compute }: Ports,
): Promise<string | null> {
  const inputs = files.map(({ name, path }) => ({ ref: { kind: 'file', path } as const, name }))
  const profiled = await compute.map(PROFILE_EXPORT, inputs)
  let best: ExportProfile | null = null
  for (const each of profiled) {
    if (each.kind === 'profile' && each.profile.rows > (best?.rows ?? 0)) best = each.profile
  }
  return best === null ? null : proposeStudy(best, study).yaml
}
