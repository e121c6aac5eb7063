import type { Ports } from '../ports.ts'
import type { Outcome } from './look.ts'
import { StudyMemory, type StudyNow } from './study-memory.ts'

/** What became of one upload, asked again and again by the intake until it can answer the person who dropped it. */
export function createOutcomeOf(): (study: string, number: number, ports: Ports) => Promise<Outcome> {
  const outcomesOf = createOutcomesOf()
  return async (study, number, ports) => (await outcomesOf(study, [number], ports)).get(number) as Outcome
}

/** The same for many uploads with one reading of the study: 2,000 files that wait are not four million questions. */
export function createOutcomesOf(): (
  study: string,
  numbers: readonly number[],
  ports: Ports,
) => Promise<ReadonlyMap<number, Outcome>> {
  const memories = new Map<string, StudyMemory>()
  return async (study, numbers, ports) => {
    const memory = memories.get(study) ?? new StudyMemory(study, ports)
    memories.set(study, memory)
    const now = await memory.read()
    const outcomes = new Map<number, Outcome>()
    for (const number of numbers) outcomes.set(number, await outcomeOf(memory, now, number, ports))
    return outcomes
  }
}

async function outcomeOf(memory: StudyMemory, now: StudyNow, number: number, { vault }: Ports): Promise<Outcome> {
  const upload = now.state.uploads.find((u) => u.number === number)
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
  const manifest = await memory.manifest(id)
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
  const failure = await vault.failure(id)
  if (failure !== null) return { kind: 'refused', code: failure.code, says: failure.message }
  const newer = now.state.uploads.find(
    (u) => u.name === upload.name && u.number > number && now.verdictOf(u) === 'usable',
  )
  return newer === undefined ? { kind: 'pending' } : { kind: 'superseded', by: newer.number }
}
