import type { LocalVault } from '@afferent/vault'

/** Where no run of a study has been published yet. */
const KEEP_RUNS = 20

/** `keepRuns` of each study's file, as the run in force holds it with every default spelled out. */
export async function runsKept(vault: LocalVault): Promise<(study: string) => number> {
  const { parseStudy } = await import('@afferent/study')
  const kept = new Map<string, number>()
  for (const study of await vault.studies()) {
    const latest = await vault.latest(study)
    if (latest === null) continue
    const text = await vault.readFile(`runs/${study}/${latest.run}`, 'study.effective.yaml')
    const parsed = parseStudy(new TextDecoder().decode(text), 'study.effective.yaml')
    if (parsed.kind === 'study') kept.set(study, parsed.study.operational.keepRuns)
  }
  return (study) => kept.get(study) ?? KEEP_RUNS
}
