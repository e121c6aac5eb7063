import { enableCompileCache } from 'node:module'

enableCompileCache()

/**
 * One run of the product as a whole process, up to the metrics of every subject, nothing written:
 * `node product-metrics.ts STUDY FILE...`. What `afferent analyze` does before it writes tables.
 * With BENCH_WIDE=FILE the metrics are then written for a comparison of answers; such a run is not timed.
 */
const [studyFile, ...paths] = process.argv.slice(2) as [string, ...string[]]
const { readFileSync, statSync } = await import('node:fs')
const { availableParallelism } = await import('node:os')
const { basename } = await import('node:path')
const { openCompute } = await import('@afferent/compute')
const { analyze } = await import('@afferent/pipeline/analyze')
const { parseStudy } = await import('@afferent/study')

const parsed = parseStudy(readFileSync(studyFile, 'utf8'), studyFile)
if (parsed.kind === 'refused') throw new Error(`${studyFile} does not read`)
const files = paths.map((path) => ({
  name: basename(path),
  ref: { kind: 'file', path } as const,
  size: statSync(path).size,
}))
const compute = openCompute({ threads: availableParallelism(), here: true })
const { shards, refused } = await analyze(files, parsed.study, { compute, progress: () => {} })
if (refused.length > 0) throw new Error(`${refused[0]?.name} was refused: ${refused[0]?.code}`)
await compute.close()
process.stdout.write(`${shards.reduce((sum, { effects }) => sum + effects.rows, 0)} rows of period metrics`)
const wide = process.env.BENCH_WIDE
if (wide !== undefined) (await import('../answers/write-wide.ts')).writeWide(wide, shards)
