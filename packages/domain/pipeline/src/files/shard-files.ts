import type { FolderWriter } from '@afferent/ledger'
import type { Column, Findings, SafetyResult, ShardResult, SubjectFacts } from '@afferent/records'
import { fromArrow, toArrow } from '@afferent/records/arrow'
import { type ReadFile, readFindings, writeFindings } from './findings-file.ts'
import { fromJson, toJson } from './json-file.ts'

/** A shard as a vault folder: one Arrow file per table, one manifest. Written to be read by this package alone. */

interface ShardManifest {
  readonly subjects: readonly string[]
  readonly quarantined: number
  readonly excluded: ShardResult['excluded']
  readonly findings: number
  readonly covariates: readonly string[]
  readonly safety: boolean
}

export async function writeShard(folder: FolderWriter, shard: ShardResult): Promise<void> {
  const { covariates, ...factColumns } = shard.facts
  const columns: Record<string, Column> = { ...factColumns }
  const named = Object.keys(covariates)
  named.forEach((name) => {
    columns[`covariate.${name}`] = covariates[name] as Column
  })
  await folder.write('facts.arrow', toArrow({ rows: shard.subjects.length, columns }, {}))
  await folder.write('effects.arrow', toArrow(shard.effects, {}))
  await folder.write('events.arrow', toArrow(shard.events, {}))
  if (shard.safety !== undefined) {
    await folder.write('adverse.arrow', toArrow(shard.safety.events, {}))
    await folder.write('exposure.arrow', toArrow(shard.safety.exposure, {}))
  }
  if (shard.findings.count > 0) await folder.write('findings.arrow', writeFindings(shard.findings))
  const manifest: ShardManifest = {
    subjects: shard.subjects,
    quarantined: shard.quarantined,
    excluded: shard.excluded,
    findings: shard.findings.count,
    covariates: named,
    safety: shard.safety !== undefined,
  }
  await folder.write('manifest.json', toJson(manifest))
}

export async function readShard(read: ReadFile, noFindings: Findings): Promise<ShardResult> {
  const manifest = fromJson(await read('manifest.json')) as ShardManifest
  const columns = fromArrow(await read('facts.arrow')).columns as Record<string, Column>
  const covariates: Record<string, Column> = {}
  for (const name of manifest.covariates) {
    covariates[name] = columns[`covariate.${name}`] as Column
    delete columns[`covariate.${name}`]
  }
  return {
    subjects: manifest.subjects,
    facts: { ...columns, covariates } as unknown as SubjectFacts,
    effects: fromArrow(await read('effects.arrow')),
    events: fromArrow(await read('events.arrow')),
    ...(manifest.safety ? { safety: await readSafety(read) } : {}),
    findings: manifest.findings === 0 ? noFindings : await readFindings(read),
    quarantined: manifest.quarantined,
    excluded: manifest.excluded,
  }
}

const readSafety = async (read: ReadFile): Promise<SafetyResult> => ({
  events: fromArrow(await read('adverse.arrow')),
  exposure: fromArrow(await read('exposure.arrow')),
})
