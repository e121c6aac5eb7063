import { openBundle, readManifest } from '../../../services/cli/src/bundle/open-bundle.js'

/**
 * One run of the product as a whole process, up to the metrics of every subject, nothing written, from a bundle as the command
 * line is: `node product-metrics.js STUDY FILE...`. With BENCH_WIDE=FILE the metrics are then written for a comparison of
 * answers; such a run is not timed.
 */
const [study, ...files] = process.argv.slice(2)
const dist = new URL('../dist/', import.meta.url)
const { metricsOf } = openBundle(new URL(`${readManifest(dist)?.folder}/`, dist)).load('metrics.cjs')
const shards = await metricsOf(study, files)
let rows = 0
for (const { effects } of shards) rows += effects.rows
process.stdout.write(`${rows} rows of period metrics`)
const wide = process.env.BENCH_WIDE
if (wide !== undefined) (await import('../answers/write-wide.ts')).writeWide(wide, shards)
