import { enableCompileCache } from 'node:module'

enableCompileCache()

/**
 * Tables of a study that lie in memory as metrics, written into a vault as CSV and as Arrow, each timed:
 * `node product-writing.ts STUDY FOLDER FILE...`. Everything `publish` writes is in the time, adeff being nearly all of it;
 * reading, deriving and the estimates of the cohort are not.
 */
const [studyFile, folder, ...paths] = process.argv.slice(2) as [string, string, ...string[]]
const { readFileSync, statSync } = await import('node:fs')
const { availableParallelism } = await import('node:os')
const { basename } = await import('node:path')
const { openCompute } = await import('@afferent/compute')
const { definitionsOf, parametersOf, visitsOf } = await import('@afferent/metrics')
const { analyze } = await import('@afferent/pipeline')
const { writeRun } = await import('@afferent/results')
const { summarizeCohort } = await import('@afferent/statistics')
const { effectiveYaml, parseStudy } = await import('@afferent/study')
const { openVault } = await import('@afferent/vault')
const { timed } = await import('../measure/timed.ts')

const parsed = parseStudy(readFileSync(studyFile, 'utf8'), studyFile)
if (parsed.kind === 'refused') throw new Error(`${studyFile} does not read`)
const { study } = parsed
const { analytic } = study
const files = paths.map((path) => ({
  name: basename(path),
  ref: { kind: 'file', path } as const,
  size: statSync(path).size,
}))
const compute = openCompute({ threads: availableParallelism() })
const { shards, layout, inForce } = await analyze(files, study, { compute, progress: () => {} })
const { facts, subjects } = layout
const parameters = parametersOf(analytic, facts)
const visits = visitsOf(analytic, facts)
const cohort = summarizeCohort({ study: analytic, parameters, visits, shards })
const rows = shards.reduce((sum, { effects }) => sum + effects.rows, 0)
const vault = await openVault({ root: folder })

async function written(output: 'csv' | 'arrow', run: `sha256-${string}`) {
  const input = {
    study: { ...study, operational: { ...study.operational, outputs: [output] } },
    effectiveYaml: effectiveYaml(study),
    methods: String(definitionsOf(analytic, facts).length),
    analyses: [],
    parameters,
    visits,
    subjects,
    shards,
    whole: () => ({
      run,
      uploads: [],
      cohort,
      findings: inForce.map(({ dataset }) => dataset.findings),
      counts: { read: 0, used: 0, quarantined: 0, excluded: {} },
    }),
    manifest: {
      schemaVersion: 1,
      study: analytic.id,
      computationVersion: '',
      studyHash: '',
      facts,
      conventions: [],
    },
  } as const
  return timed(() =>
    vault.writeFolder(`runs/bench/${run}`, async (into) => void (await writeRun(input, into, compute))),
  )
}

const id = (digit: string): `sha256-${string}` => `sha256-${digit.repeat(64)}`
const csv = await written('csv', id('c'))
const columnar = await written('arrow', id('a'))
await compute.close()
await vault.close()
process.stdout.write(JSON.stringify({ rows, csv, columnar }))
