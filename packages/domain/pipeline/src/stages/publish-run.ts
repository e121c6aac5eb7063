import type { ContentId, FolderWriter } from '@afferent/ledger'
import { definitionsOf, parametersOf, visitsOf } from '@afferent/metrics'
import type { ColumnTable, Compute, Dataset, Findings, RowCounts, RuleId, ShardResult } from '@afferent/records'
import { writeRun } from '@afferent/results'
import { analysesOf } from '@afferent/statistics'
import { type ConventionInForce, canonicalJson, conventionsInForce, effectiveYaml, type Study } from '@afferent/study'
import { methodsReport } from '../methods.ts'
import { computationVersion } from '../plan/versions.ts'
import { blind } from './blind.ts'
import { type CohortSummary, cohortOfAll, PassingCohort } from './cohort-summary.ts'
import type { StudyLayout } from './lay-out.ts'
import type { StudySizes } from './study-sizes.ts'
import { weigh } from './weigh.ts'

/** The name of a run and the files it is named by. */
export interface RunSource {
  readonly run: ContentId
  readonly uploads: readonly { readonly name: string; readonly object: ContentId; readonly size: number }[]
}

export interface RunInput {
  /** The manifest alone tells it, so files may be hashed while their rows are derived and written. */
  readonly source: RunSource | Promise<RunSource>
  readonly study: Study
  readonly zoneData: string
  readonly digest: (input: string) => string
  readonly compute: Compute
  readonly sizes: StudySizes
  readonly layout: StudyLayout
  readonly datasets: readonly { readonly dataset: Pick<Dataset, 'counts' | 'findings'> }[]
  /**
   * All shards in the order of subjects, with findings of now: at hand, or one after the other where all together are more than
   * memory should hold.
   */
  readonly shards: readonly ShardResult[] | AsyncIterable<ShardResult>
}

/** Rows of a whole study: what validation counted per file, corrected by what only all files together can tell. */
export interface StudyCounts extends RowCounts {
  readonly subjects: number
}

/** What a run says, beside the files it wrote. */
export interface PublishedRun {
  readonly run: ContentId
  readonly counts: StudyCounts
  readonly cohort: ColumnTable
  /** Project conventions that decide numbers of this study, as manifest and methods.md list them. */
  readonly conventions: readonly ConventionInForce[]
  /** Of every file and of the study as a whole, with the lines of now. */
  readonly findings: readonly Findings[]
}

/** Cohort rows and all result tables of one run into a folder; the manifest comes last. */
export async function publishRun(input: RunInput, folder: FolderWriter): Promise<PublishedRun> {
  const { layout, compute, shards } = input
  const shown = blind(input.study, layout.facts)
  const { study, facts } = shown
  const { analytic } = study
  const parameters = parametersOf(analytic, facts)
  const visits = visitsOf(analytic, facts)
  const definitions = definitionsOf(analytic, facts)
  const analyses = analysesOf(analytic)
  const conventions = conventionsInForce(analytic, [...definitions, ...analyses])
  const settling: Settling = { quarantined: 0, excluded: {}, findings: [] }
  const about = { study: analytic, parameters, visits }
  const cohort = isAtHand(shards)
    ? cohortOfAll(about, shards.map(shown.shard), compute)
    : new PassingCohort(about, compute, input.sizes.rowsAside)
  async function* passing(): AsyncGenerator<ShardResult> {
    for await (const shard of shards) {
      addTo(settling, shard)
      const one = isAtHand(shards) ? shown.shard(shard) : weigh(shown.shard(shard))
      await cohort.pass(one)
      yield one
    }
  }
  let known: Promise<WholeRun> | null = null
  const whole = () => (known ??= wholeRun(input, settling, cohort))
  try {
    await writeRun(
      {
        study,
        effectiveYaml: effectiveYaml(study),
        methods: methodsReport(analytic, definitions, analyses, conventions),
        analyses,
        parameters,
        visits,
        subjects: layout.subjects,
        shards: passing(),
        whole,
        manifest: {
          schemaVersion: 1,
          study: analytic.id,
          computationVersion: computationVersion(input.study.analytic, input.zoneData),
          studyHash: `sha256-${input.digest(canonicalJson(input.study.analytic))}`,
          facts,
          conventions,
          ...(analytic.cohort === null ? {} : { seed: analytic.cohort.seed }),
        },
      },
      folder,
      compute.threads > 1 ? compute : undefined,
    )
    return { conventions, ...(await whole()) }
  } finally {
    await cohort.end()
  }
}

/** What settling did to the rows of the shards that have passed. */
interface Settling {
  quarantined: number
  readonly excluded: Partial<Record<RuleId, number>>
  readonly findings: Findings[]
}

function addTo(settling: Settling, { quarantined, excluded, findings }: ShardResult): void {
  settling.quarantined += quarantined
  addCounts(settling.excluded, excluded)
  if (findings.count > 0) settling.findings.push(findings)
}

const isAtHand = (shards: RunInput['shards']): shards is readonly ShardResult[] => Array.isArray(shards)

type WholeRun = RunSource & Pick<PublishedRun, 'cohort' | 'findings' | 'counts'>

async function wholeRun(input: RunInput, settling: Settling, cohort: CohortSummary): Promise<WholeRun> {
  const { layout, datasets } = input
  const { run, uploads } = await input.source
  return {
    run,
    uploads: uploads.map(({ name, object, size }) => ({ name, object, size })),
    cohort: await cohort.table(),
    findings: [...datasets.map(({ dataset }) => dataset.findings), layout.findings, ...settling.findings],
    counts: studyCounts(input, settling),
  }
}

/** Adds up the rows of a study and asserts that every one of them has exactly one fate. */
function studyCounts(input: RunInput, settling: Settling): StudyCounts {
  let read = 0
  let used = 0
  let quarantined = settling.quarantined
  const excluded: Partial<Record<RuleId, number>> = { ...settling.excluded }
  for (const { dataset } of input.datasets) {
    read += dataset.counts.read
    used += dataset.counts.used
    quarantined += dataset.counts.quarantined
    addCounts(excluded, dataset.counts.excluded)
  }
  used -= settling.quarantined + total(settling.excluded)
  if (read === 0) throw new Error('a run that examined no rows is an error')
  if (read !== used + quarantined + total(excluded)) {
    throw new Error(
      `rows do not add up: ${read} read, ${used} used, ${quarantined} quarantined, ${total(excluded)} excluded`,
    )
  }
  return { read, used, quarantined, excluded, subjects: input.layout.subjects.length }
}

function addCounts(into: Partial<Record<RuleId, number>>, more: Readonly<Partial<Record<RuleId, number>>>): void {
  for (const [rule, n] of Object.entries(more) as [RuleId, number][]) into[rule] = (into[rule] ?? 0) + n
}

const total = (counts: Readonly<Partial<Record<RuleId, number>>>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0)
