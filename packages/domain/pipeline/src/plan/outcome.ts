import type { Ports } from '../ports.ts'
import type { Outcome } from './look.ts'
import type { Upload } from './state.ts'
import { StudyMemories, type StudyMemory, type StudyNow } from './study-memory.ts'

/** What became of one upload, asked again and again by the intake until it can answer the person who dropped it. */
export function createOutcomeOf(): (study: string, number: number, ports: Ports) => Promise<Outcome> {
  const outcomesOf = createOutcomesOf()
  return async (study, number, ports) => (await outcomesOf(study, [number], ports)).get(number) as Outcome
}

/** The same for many uploads with one reading of the study: 2,000 files that wait are not four million questions. */
export function createOutcomesOf(
  memories = new StudyMemories(),
): (study: string, numbers: readonly number[], ports: Ports) => Promise<ReadonlyMap<number, Outcome>> {
  return async (study, numbers, ports) => {
    const memory = memories.of(study, ports)
    const now = await memory.read()
    const uploads = new Map(now.state.uploads.map((upload) => [upload.number, upload]))
    const usable = newestUsable(now)
    const outcomes = new Map<number, Outcome>()
    for (const number of numbers) {
      outcomes.set(number, await outcomeOf(memory, now, number, uploads.get(number), usable, ports))
    }
    return outcomes
  }
}

/** Number of the newest usable upload of each name. */
function newestUsable({ state, verdictOf }: StudyNow): ReadonlyMap<string, number> {
  const newest = new Map<string, number>()
  for (const upload of state.uploads) if (verdictOf(upload) === 'usable') newest.set(upload.name, upload.number)
  return newest
}

async function outcomeOf(
  memory: StudyMemory,
  now: StudyNow,
  number: number,
  upload: Upload | undefined,
  usable: ReadonlyMap<string, number>,
  { vault }: Ports,
): Promise<Outcome> {
  if (upload === undefined) {
    return { kind: 'refused', code: 'withdrawn', says: `upload ${number} has been withdrawn` }
  }
  if (upload.role === 'study') {
    const issues = now.refusedStudies.get(number)
    if (issues === undefined) return { kind: 'study' }
    return { kind: 'refused', code: 'study-invalid', says: issues.join('\n') }
  }
  if (now.inForce === null) return { kind: 'waiting-for-study' }
  const id = now.datasetOf(upload)
  const verdict = now.verdictOf(upload)
  const manifest = verdict === null ? null : await memory.manifest(id)
  if (manifest?.kind === 'usable') {
    const { read, used, quarantined, excluded } = manifest.counts
    const left = Object.values(excluded).reduce((sum, n) => sum + n, 0)
    return { kind: 'accepted', dataset: id, rows: { read, used, quarantined, excluded: left } }
  }
  if (manifest !== null) {
    return {
      kind: 'refused',
      code: manifest.code ?? 'refused',
      state: manifest.state ?? 'refused',
      dataset: id,
      says: '',
    }
  }
  const failure = verdict === null ? null : await vault.failure(id)
  if (failure !== null) return { kind: 'refused', code: failure.code, says: failure.message }
  const newer = usable.get(upload.name) ?? 0
  return newer > number ? { kind: 'superseded', by: newer } : { kind: 'pending' }
}
