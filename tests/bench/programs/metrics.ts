import { readFileSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { openCompute } from '@afferent/compute'
import type { ShardResult } from '@afferent/records'

/** What `afferent analyze` does before it writes tables: files to the metrics of every subject, in memory. */
export async function metricsOf(studyFile: string, paths: readonly string[]): Promise<readonly ShardResult[]> {
  const compute = openCompute({ threads: availableParallelism(), here: true })
  const [{ parseStudy }, { analyze }] = await Promise.all([
    import('@afferent/study'),
    import('@afferent/pipeline/analyze'),
  ])
  const parsed = parseStudy(readFileSync(studyFile, 'utf8'), studyFile)
  if (parsed.kind === 'refused') throw new Error(`${studyFile} does not read`)
  const files = paths.map((path) => ({
    name: basename(path),
    ref: { kind: 'file', path } as const,
    size: statSync(path).size,
  }))
  const { shards, refused } = await analyze(files, parsed.study, { compute, progress: () => {} })
  if (refused.length > 0) throw new Error(`${refused[0]?.name} was refused: ${refused[0]?.code}`)
  await compute.close()
  return shards
}
