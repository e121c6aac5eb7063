import type { ContentId, NumberedEntry, Vault } from '@afferent/ledger'
import { StudyMemory } from './plan/study-memory.ts'
import type { Ports } from './ports.ts'

/** What a person can ask of an installation. Each request is a line in the journal; the planner does the rest. */

/** A request that cannot be carried out; `code` for scripts, the message for people. */
export class RequestError extends Error {
  readonly code: 'study-unknown' | 'upload-unknown' | 'upload-withdrawn' | 'nothing-failed'
  readonly remedy: string

  constructor(code: RequestError['code'], says: string, remedy: string) {
    super(says)
    this.name = 'RequestError'
    this.code = code
    this.remedy = remedy
  }
}

/** Asks for an analysis by hand: an unchanged answer becomes a line in the journal and no run. */
export async function requestRun(study: string, ports: Ports): Promise<NumberedEntry> {
  await journalOf(study, ports.vault)
  return ports.vault.append(study, { kind: 'asked', at: instant(ports), trigger: 'hand' })
}

/** The line in the journal; with `erase` also whether the bytes are gone, or which uploads still name them. */
export interface Withdrawal {
  readonly entry: NumberedEntry
  readonly erased: boolean
  readonly heldBy: readonly { readonly study: string; readonly upload: number }[]
}

/**
 * Takes an upload out of force. `erase`: its bytes and its record tables too, unless another upload still names the bytes.
 * Runs that were computed with it stay what they were until the sweep takes them.
 */
export async function withdrawUpload(
  study: string,
  upload: number,
  how: { readonly reason: string; readonly erase: boolean },
  ports: Ports,
): Promise<Withdrawal> {
  const entries = await journalOf(study, ports.vault)
  const received = entries.find((e) => e.number === upload && e.kind === 'received')
  if (received?.kind !== 'received') {
    throw new RequestError(
      'upload-unknown',
      `${study} has no upload ${upload}`,
      `see the numbers: afferent status ${study}`,
    )
  }
  const already = entries.some((e) => e.kind === 'withdrawn' && e.upload === upload)
  if (already && !how.erase) {
    throw new RequestError('upload-withdrawn', `upload ${upload} has been withdrawn already`, 'nothing to do')
  }
  const dataset = how.erase ? await datasetOf(study, upload, ports) : null
  const entry = await ports.vault.append(study, { kind: 'withdrawn', at: instant(ports), upload, ...how })
  if (!how.erase) return { entry, erased: false, heldBy: [] }
  const heldBy = await othersNaming(received.object as ContentId, study, upload, ports.vault)
  if (heldBy.length > 0) return { entry, erased: false, heldBy }
  await ports.vault.eraseObject(received.object as ContentId)
  if (dataset !== null) await ports.vault.removeFolder(`datasets/${dataset}`)
  return { entry, erased: true, heldBy }
}

/** Record tables of an upload under the study file in force, if they were made. */
async function datasetOf(study: string, upload: number, ports: Ports): Promise<ContentId | null> {
  const { inForce, state, datasetOf } = await new StudyMemory(study, ports).read()
  const known = state.uploads.find((u) => u.number === upload && u.role === 'data')
  if (inForce === null || known === undefined) return null
  const name = datasetOf(known)
  return (await ports.vault.has(`datasets/${name}`)) ? name : null
}

/** Clears the failures of a study, so that the next look tries those steps again. Returns the steps. */
export async function retryFailures(study: string, ports: Ports): Promise<ContentId[]> {
  await journalOf(study, ports.vault)
  const now = await new StudyMemory(study, ports).read()
  const run = now.run()
  const steps = [...now.state.uploads.map(now.datasetOf), ...(run === null ? [] : [run])]
  const cleared: ContentId[] = []
  for (const step of new Set(steps)) {
    if ((await ports.vault.failure(step)) === null) continue
    await ports.vault.append(study, { kind: 'retried', at: instant(ports), step })
    await ports.vault.clearFailure(step)
    cleared.push(step)
  }
  if (cleared.length === 0) throw new RequestError('nothing-failed', `no step of ${study} has failed`, 'nothing to do')
  return cleared
}

async function journalOf(study: string, vault: Vault): Promise<NumberedEntry[]> {
  const entries = await vault.journal(study)
  if (entries.length > 0) return entries
  const known = (await vault.studies()).join(', ') || 'none yet'
  throw new RequestError('study-unknown', `there is no study ${study}`, `known studies: ${known}`)
}

/** The same bytes may have come under another name or in another study: erasing one must not take the other's away. */
async function othersNaming(object: ContentId, study: string, upload: number, vault: Vault) {
  const others: { study: string; upload: number }[] = []
  for (const other of await vault.studies()) {
    const entries = await vault.journal(other)
    const withdrawn = new Set(entries.flatMap((e) => (e.kind === 'withdrawn' ? [e.upload] : [])))
    for (const e of entries) {
      if (e.kind !== 'received' || e.object !== object || withdrawn.has(e.number)) continue
      if (other !== study || e.number !== upload) others.push({ study: other, upload: e.number })
    }
  }
  return others
}

const instant = ({ now }: Ports): string => new Date(now()).toISOString()
