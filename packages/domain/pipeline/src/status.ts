import type { ContentId } from '@afferent/ledger'
import { lookOnce } from './plan/create-look.ts'
import type { Wait } from './plan/look.ts'
import { StudyMemory } from './plan/study-memory.ts'
import type { Ports } from './ports.ts'

/** Where one study stands: what is in force, what waits for what and since when, and what to do. */
export interface StudyStatus {
  readonly study: string
  readonly studyFile: { readonly number: number; readonly at: string } | null
  readonly uploads: readonly UploadStatus[]
  readonly waits: readonly Wait[]
  readonly latest: { readonly run: ContentId; readonly at: string; readonly answers: number } | null
}

export interface UploadStatus {
  readonly number: number
  readonly at: string
  readonly name: string
  readonly state: 'in force' | 'replaced' | 'refused' | 'failed' | 'waiting' | 'withdrawn'
  readonly rows: number | null
}

export async function statusOf(study: string, ports: Ports): Promise<StudyStatus> {
  const memory = new StudyMemory(study, ports)
  const look = await lookOnce(memory, ports, 0)
  const now = await memory.read()
  const chosen = new Set(now.choice.uploads.map((u) => u.number))
  const undecided = new Set(now.choice.undecided.map((u) => u.number))
  const uploads: UploadStatus[] = []
  for (const upload of now.state.uploads.filter((u) => u.role === 'data')) {
    const verdict = now.verdictOf(upload)
    const manifest = verdict === 'usable' ? await memory.manifest(now.datasetOf(upload)) : null
    const needed = now.inForce === null || undecided.has(upload.number)
    const state = chosen.has(upload.number) ? 'in force' : stateOf(verdict, needed)
    uploads.push({
      number: upload.number,
      at: upload.at,
      name: upload.name,
      state,
      rows: manifest?.counts.read ?? null,
    })
  }
  const journal = await ports.vault.journal(study)
  for (const entry of journal) {
    if (entry.kind !== 'received' || entry.role !== 'data' || !now.state.withdrawn.has(entry.number)) continue
    uploads.push({ number: entry.number, at: entry.at, name: entry.name, state: 'withdrawn', rows: null })
  }
  const latest = await ports.vault.latest(study)
  const published = journal.findLast((e) => e.kind === 'published' && e.run === latest?.run)
  const file = now.inForce?.upload
  return {
    study,
    studyFile: file === undefined ? null : { number: file.number, at: file.at },
    uploads: uploads.sort((a, b) => a.number - b.number),
    waits: look.waits,
    latest: latest === null ? null : { run: latest.run, at: published?.at ?? '', answers: latest.number },
  }
}

/** A version that came and was replaced before anybody judged it: its verdict is needed no more. */
function stateOf(verdict: 'usable' | 'refused' | 'failed' | null, needed: boolean): UploadStatus['state'] {
  if (verdict === 'usable' || (verdict === null && !needed)) return 'replaced'
  return verdict ?? 'waiting'
}
