import type { ContentId } from '@afferent/ledger'
import type { LocalVault } from '@afferent/vault'

/** Where a study has no valid study file yet. */
const KEEP_RUNS = 20

/** `analysis.keepRuns` of each study's file in force: the newest valid one that nobody withdrew. */
export async function runsKept(vault: LocalVault): Promise<(study: string) => number> {
  const kept = new Map<string, number>()
  for (const study of await vault.studies()) kept.set(study, await keptOf(vault, study))
  return (study) => kept.get(study) ?? KEEP_RUNS
}

async function keptOf(vault: LocalVault, study: string): Promise<number> {
  const { parseStudy } = await import('@afferent/study')
  const journal = await vault.journal(study)
  const withdrawn = new Set(journal.flatMap((entry) => (entry.kind === 'withdrawn' ? [entry.upload] : [])))
  for (const entry of journal.toReversed()) {
    if (entry.kind !== 'received' || entry.role !== 'study' || withdrawn.has(entry.number)) continue
    const text = new TextDecoder().decode(await vault.readObject(entry.object as ContentId))
    const parsed = parseStudy(text, entry.name)
    if (parsed.kind === 'study') return parsed.study.operational.keepRuns
  }
  return KEEP_RUNS
}
