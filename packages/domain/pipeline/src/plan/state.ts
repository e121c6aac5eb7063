import type { ContentId, NumberedEntry } from '@afferent/ledger'
import type { Trigger } from '../steps.ts'

/** A received file that has not been withdrawn. `number` orders uploads; no clock does. */
export interface Upload {
  readonly number: number
  readonly at: string
  readonly name: string
  readonly object: ContentId
  readonly size: number
  readonly role: 'data' | 'study'
}

/** What the journal of one study adds up to. */
export interface StudyState {
  readonly uploads: readonly Upload[]
  readonly withdrawn: ReadonlySet<number>
  /** Highest number among entries that can change an answer: received, withdrawn, asked. */
  readonly lastNumber: number
  readonly lastAt: string
  /** The newest entry that says which run answers up to which number. */
  readonly answered: { readonly run: ContentId; readonly number: number } | null
  /** Entries above `answered.number` that still want an answer: when the first came, and what set it off. */
  readonly unanswered: { readonly since: string; readonly trigger: Trigger } | null
}

export function foldJournal(entries: readonly NumberedEntry[]): StudyState {
  const withdrawn = new Set<number>()
  for (const entry of entries) if (entry.kind === 'withdrawn') withdrawn.add(entry.upload)

  const uploads: Upload[] = []
  const wanting = entries.filter((e) => e.kind === 'received' || e.kind === 'withdrawn' || e.kind === 'asked')
  let answered: StudyState['answered'] = null
  for (const entry of entries) {
    if (entry.kind === 'received' && !withdrawn.has(entry.number)) {
      const { number, at, name, object, size, role } = entry
      uploads.push({ number, at, name, object: object as ContentId, size, role })
    }
    if (entry.kind === 'published' || entry.kind === 'unchanged') {
      if (answered === null || entry.answers >= answered.number) {
        answered = { run: entry.run as ContentId, number: entry.answers }
      }
    }
  }
  const last = wanting.at(-1)
  const open = wanting.filter((e) => e.number > (answered?.number ?? 0))
  const first = open[0]
  return {
    uploads,
    withdrawn,
    lastNumber: last?.number ?? 0,
    lastAt: last?.at ?? '',
    answered,
    unanswered: first === undefined ? null : { since: first.at, trigger: triggerOf(open) },
  }
}

/** A drop outweighs a question: the answer changed because data did. */
function triggerOf(open: readonly NumberedEntry[]): Trigger {
  if (open.some((e) => e.kind === 'received' || e.kind === 'withdrawn')) return 'drop'
  const asked = open.findLast((e) => e.kind === 'asked')
  return asked?.kind === 'asked' ? asked.trigger : 'hand'
}
