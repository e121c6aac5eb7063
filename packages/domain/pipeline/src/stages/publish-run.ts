import type { ContentId, FolderWriter } from '@afferent/ledger'
import { definitionsOf, parametersOf, visitsOf } from '@afferent/metrics'
import type { ColumnTable, Compute, Dataset, Findings, RowCounts, RuleId, ShardResult } from '@afferent/records'
import { writeRun } from '@afferent/results'
import { analysesOf } from '@afferent/statistics'
import { type ConventionInForce, canonicalJson, conventionsInForce, effectiveYaml, type Study } from '@afferent/study'
import { byFileName, toLines } from '../files/position.ts'
import { methodsReport } from '../methods.ts'
import { computationVersion } from '../plan/versions.ts'
import { blind } from './blind.ts'
import { cohortAside } from './cohort-aside.ts'
import type { StudyLayout } from './run-plan.ts'

export interface RunInput {
  readonly run: ContentId
  readonly study: Study
  readonly zoneData: string
  readonly digest: (input: string) => string
  readonly compute: Compute
  readonly layout: StudyLayout
  readonly uploads: readonly { readonly name: string; readonly object: ContentId; readonly size: number }[]
  readonly datasets: readonly { readonly file: string; readonly dataset: Dataset }[]
  /** All shards in the order of subjects; gone through once. */
  readonly shards: () => AsyncIterable<ShardResult> | Iterable<ShardResult>
}

/** Rows of a whole study: what validation counted per file, corrected by what only all files together can tell. */
export interface StudyCounts extends RowCounts {
  readonly subjects: number
}

/** What a run says, beside the files it wrote. */
export interface PublishedRun {
  readonly counts: StudyCounts
  readonly cohort: ColumnTable
  /** Project conventions that decide numbers of this study, as manifest and methods.md list them. */
  readonly conventions: readonly ConventionInForce[]
  /** Of every file and of the study as a whole, with the lines of now. */
  readonly findings: readonly Findings[]
}

/** Cohort rows and all result tables of one run into a folder; the manifest comes last. */
export async function publishRun(input: RunInput, folder: FolderWriter): Promise<PublishedRun> {
  const { layout } = input
  const byFile = byFileName(input.datasets)

  const settling = { quarantined: 0, excluded: {} as Partial<Record<RuleId, number>> }
  const findings: Findings[] = [...input.datasets.map(({ dataset }) => dataset.findings), layout.findings]
  const kept: ShardResult[] = []
  for await (const shard of input.shards()) {
    settling.quarantined += shard.quarantined
    addCounts(settling.excluded, shard.excluded)
    if (shard.findings.count > 0) findings.push(toLines(shard.findings, byFile))
    kept.push(shard)
  }
  const counts = studyCounts(input, settling)
  const { study, facts, shards } = blind({ study: input.study, facts: layout.facts, shards: kept })
  const { analytic } = study
  const parameters = parametersOf(analytic, facts)
  const visits = visitsOf(analytic, facts)
  const definitions = definitionsOf(analytic, facts)
  const analyses = analysesOf(analytic)
  const conventions = conventionsInForce(analytic, [...definitions, ...analyses])
  const cohort = cohortAside({ study: analytic, parameters, visits, shards }, input.compute)
  cohort.catch(() => {}) // reported when its table is due
  await writeRun(
    {
      study,
      effectiveYaml: effectiveYaml(study),
      methods: methodsReport(analytic, definitions, analyses, conventions),
      analyses,
      parameters,
      visits,
      subjects: layout.subjects,
      shards: () => shards,
      cohort,
      findings,
      manifest: {
        schemaVersion: 1,
        run: input.run,
        study: analytic.id,
        computationVersion: computationVersion(input.study.analytic, input.zoneData),
        studyHash: `sha256-${input.digest(canonicalJson(input.study.analytic))}`,
        uploads: input.uploads.map(({ name, object, size }) => ({ name, object, size })),
        facts,
        counts,
        conventions,
        ...(analytic.cohort === null ? {} : { seed: analytic.cohort.seed }),
      },
    },
    folder,
    input.compute.threads > 1 ? input.compute : undefined,
  )
  return { counts, cohort: await cohort, conventions, findings }
}

/** Adds up the rows of a study and asserts that every one of them has exactly one fate. */
function studyCounts(
  input: RunInput,
  settling: { readonly quarantined: number; readonly excluded: Partial<Record<RuleId, number>> },
): StudyCounts {
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
