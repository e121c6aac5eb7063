import {
  BATCH_ROWS,
  type ColumnTable,
  type Compute,
  type Findings,
  type Parameter,
  type RuleId,
  type ShardResult,
  type Visit,
} from '@afferent/records'
import type { ConventionInForce, Study } from '@afferent/study'
import { ADAE } from '../columns/adae.ts'
import { COHORT } from '../columns/cohort.ts'
import { DICTIONARY } from '../columns/dictionary.ts'
import { findingsFields } from '../findings/findings-csv.ts'
import { findingsTable } from '../findings/findings-table.ts'
import { sortedFindings } from '../findings/sorted-findings.ts'
import { fieldsOf, type ResultField, type ResultTable } from '../result-table.ts'
import { AdverseTable } from '../tables/adverse-table.ts'
import { type CohortAnalysis, dictionaryTable } from '../tables/dictionary-table.ts'
import { EffectsTable } from '../tables/effects-table.ts'
import { EventsTable } from '../tables/events-table.ts'
import { type RunContext, runContext, type ShardRows, usubjid } from '../tables/run-context.ts'
import { rowRange } from '../tables/shard-columns.ts'
import { SubjectsTable } from '../tables/subjects-table.ts'
import { memoryOfBatch, RENDER_ROWS, type RenderedRows, type RenderInput, renderRows } from './render-rows.ts'
import { TableFiles, type WrittenFile } from './table-files.ts'

/** Where files of a run go: the folder writer of the vault, by structure. */
export interface FolderLike {
  write(file: string, bytes: Uint8Array): Promise<void>
  writeParts(
    file: string,
    parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<{ bytes: number; sha256: string }>
}

export interface RunInput {
  readonly study: Study
  readonly effectiveYaml: string
  /** methods.md: parameters, analyses and conventions in the words of a protocol. */
  readonly methods: string
  /** What the rows of `cohort` are, for the dictionary. */
  readonly analyses: readonly CohortAnalysis[]
  readonly parameters: readonly Parameter[]
  readonly visits: readonly Visit[]
  /** All subjects of the run in byte order: those of the shards, one after the other. */
  readonly subjects: readonly string[]
  /** In the order of subjects; gone through once. */
  readonly shards: AsyncIterable<ShardResult> | Iterable<ShardResult>
  readonly manifest: RunManifest
  /** Asked for after the tables of subjects. */
  readonly whole: () => WholeRun | Promise<WholeRun>
}

/** What is known of a run once all its shards have passed. */
export interface WholeRun {
  readonly run: string
  readonly uploads: readonly unknown[]
  readonly cohort: ColumnTable
  /** Of every file, with its name set, and of the study as a whole. */
  readonly findings: Iterable<Findings>
  readonly counts: { readonly read: number; readonly used: number; readonly quarantined: number } & {
    readonly excluded: Readonly<Partial<Record<RuleId, number>>>
  }
}

/** What the manifest says beside the whole run and the list of files. No clock, no host: the same input gives the same manifest. */
export interface RunManifest {
  readonly schemaVersion: 1
  readonly study: string
  readonly computationVersion: string
  /** Hash of the analytic part of the effective study file; also in the metadata of every Arrow file. */
  readonly studyHash: string
  readonly facts: unknown
  /** Project conventions that decide numbers of the study, to be put into its protocol. */
  readonly conventions: readonly ConventionInForce[]
  /** Of resampling and imputation; absent: the study asks for no analyses. */
  readonly seed?: number
}

/**
 * Rows of shards are spelled out in portions of this many, so that their columns stay in near memory; a big shard is cut, small
 * ones come together. So many portions are a batch of the Arrow file, made by one task.
 */
const ROWS_AT_ONCE = 16_384
const PORTIONS_AT_ONCE = BATCH_ROWS / ROWS_AT_ONCE
const FINDINGS_AT_ONCE = 65_536

/**
 * Writes all tables of a run into a folder, Arrow and CSV as the study file asks, and the manifest last.
 *
 * adeff and adtte stream: no more than a few groups of shards are in memory. With `compute` their rows are spelled out in
 * worker threads and laid end to end here; the bytes are the same without.
 * Throws  Error where shards do not hold exactly the subjects of the run, in order.
 */
export async function writeRun(input: RunInput, folder: FolderLike, compute?: Compute): Promise<WrittenFile[]> {
  const { study, manifest } = input
  const { outputs } = study.operational
  const meta = {
    study: manifest.study,
    studyHash: manifest.studyHash,
    computationVersion: manifest.computationVersion,
  }
  const files = await TableFiles.open(folder, outputs, meta)
  await files.text('study.effective.yaml', input.effectiveYaml)
  await files.text('methods.md', input.methods)

  const shards = await withFirst(input.shards)
  const context = runContext(study.analytic, input.parameters, input.visits, input.subjects.length, shards.first)
  const ids = input.subjects.map((id) => usubjid(context, id))
  const subjects = new SubjectsTable(study.analytic, input.parameters, context, ids)
  const adverse = study.analytic.safety === null ? null : new AdverseTable(context)
  await writeShards(input, context, ids, shards.all, { subjects, adverse }, files, compute)

  const adsl = subjects.table()
  await files.whole('adsl', fieldsOf(subjects.columns, adsl), [adsl])
  if (adverse !== null) {
    const adae = adverse.table()
    await files.whole('adae', fieldsOf(ADAE, adae), [adae])
  }
  const whole = await input.whole()
  const { cohort, findings } = whole
  await files.whole('cohort', fieldsOf(COHORT, cohort), [cohort])
  await writeFindings(findings, files)
  await writeDictionary(input, context, subjects, files)
  await folder.write('manifest.json', manifestBytes(manifest, whole, files.written))
  return files.written
}

/** Tables that are small enough to be at hand as a whole; they grow while the shards pass. */
interface Collected {
  readonly subjects: SubjectsTable
  /** Null: the study does not analyse safety. */
  readonly adverse: AdverseTable | null
}

async function writeShards(
  input: RunInput,
  context: RunContext,
  ids: readonly string[],
  shards: AsyncIterable<ShardResult>,
  collected: Collected,
  files: TableFiles,
  compute: Compute | undefined,
): Promise<void> {
  const withIds = (fields: readonly ResultField[]): ResultField[] =>
    fields.map((field) => (field.name === 'USUBJID' ? { ...field, dictionary: ids } : field))
  const adeff = files.table('adeff', withIds(new EffectsTable(context).fields))
  const adtte = files.table('adtte', withIds(new EventsTable(context).fields))
  const { outputs } = input.study.operational
  const common = {
    context: JSON.stringify(context),
    csv: outputs.includes('csv'),
    arrow: outputs.includes('arrow'),
  }
  let slabsNeeded = 0
  const render = async (portions: RenderInput['portions']): Promise<RenderedRows> => {
    const rows: RenderInput = { ...common, portions, transfer: files.slabs.lend(slabsNeeded) }
    const [rendered] = compute === undefined ? [await renderRows(rows)] : await compute.map(RENDER_ROWS, [rows])
    slabsNeeded = Math.max(slabsNeeded, rendered?.slabsUsed ?? 0)
    return rendered as RenderedRows
  }
  const batches = inBatches(inPortions(inOrder(shards, input.subjects, collected)))
  try {
    for await (const rows of ahead(batches, render, compute === undefined ? 0 : compute.threads + 1)) {
      await adeff.addBatch(rows.effectRows, rows.adeff, rows.effects)
      await adtte.add(rows.eventRows, rows.adtte, rows.events)
      for (const slab of slabsLeft(rows)) files.slabs.giveBack(slab)
    }
    await adeff.end()
    await adtte.end()
  } catch (error) {
    await Promise.all([adeff.fail(error), adtte.fail(error)])
    throw error
  }
}

/** Results in order, while as many inputs behind them are worked on already. */
async function* ahead<I, O>(inputs: AsyncIterable<I>, work: (input: I) => Promise<O>, most: number): AsyncGenerator<O> {
  const begun: Promise<O>[] = []
  for await (const input of inputs) {
    const next = work(input)
    next.catch(() => {}) // reported when its turn comes
    begun.push(next)
    if (begun.length > most) yield await (begun.shift() as Promise<O>)
  }
  for (const next of begun) yield await next
}

/** Memory that no file waits for any more: bytes of CSV come back when they are written, those of batches were copied. */
const slabsLeft = ({ spare, effects }: RenderedRows): ArrayBufferLike[] => [...spare, ...memoryOfBatch(effects)]

/** Passes shards on while adsl and adae take their part of them; checks that they make up the run. */
async function* inOrder(
  shards: AsyncIterable<ShardResult>,
  all: readonly string[],
  { subjects, adverse }: Collected,
): AsyncGenerator<ShardResult> {
  let at = 0
  for await (const shard of shards) {
    for (const subject of shard.subjects) {
      if (all[at++] !== subject) throw new Error('a shard holds other subjects than the run, or in another order')
    }
    subjects.add(shard)
    adverse?.add(shard)
    yield shard
  }
  if (at !== all.length) throw new Error(`shards hold ${at} subjects, the run has ${all.length}`)
}

/** Portions of ROWS_AT_ONCE rows, in order; the last one may have fewer. */
async function* inPortions(shards: AsyncIterable<ShardResult>): AsyncGenerator<ShardRows[]> {
  let portion: ShardRows[] = []
  let rows = 0
  let subjects = 0
  for await (const shard of shards) {
    let from = 0
    do {
      const to = Math.min(from + ROWS_AT_ONCE - rows, shard.effects.rows)
      portion.push(pieceOf(shard, from, to, subjects))
      rows += to - from
      from = to
      if (rows < ROWS_AT_ONCE) continue
      yield portion
      portion = []
      rows = 0
    } while (from < shard.effects.rows)
    subjects += shard.subjects.length
  }
  if (portion.length > 0) yield portion
}

async function* inBatches(portions: AsyncIterable<ShardRows[]>): AsyncGenerator<ShardRows[][]> {
  let batch: ShardRows[][] = []
  for await (const portion of portions) {
    batch.push(portion)
    if (batch.length < PORTIONS_AT_ONCE) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Rows `from` to `to` of a shard. Events are few and go with the first. */
function pieceOf(
  { subjects, facts, effects, events }: ShardResult,
  from: number,
  to: number,
  first: number,
): ShardRows {
  const { arm, treated, dayZero } = facts
  return {
    subjects,
    firstSubject: first,
    facts: { arm, treated, dayZero },
    effects: rowRange(effects, from, to),
    events: from === 0 ? events : rowRange(events, 0, 0),
  }
}

async function withFirst(
  shards: AsyncIterable<ShardResult> | Iterable<ShardResult>,
): Promise<{ first: ShardResult | null; all: AsyncIterable<ShardResult> }> {
  const iterator = Symbol.asyncIterator in shards ? shards[Symbol.asyncIterator]() : shards[Symbol.iterator]()
  let next = await iterator.next()
  const first = next.done === true ? null : next.value
  async function* all(): AsyncGenerator<ShardResult> {
    for (; next.done !== true; next = await iterator.next()) yield next.value
  }
  return { first, all: all() }
}

async function writeFindings(sets: Iterable<Findings>, files: TableFiles): Promise<void> {
  const sorted = sortedFindings(sets)
  function* tables(): Generator<ResultTable> {
    for (let from = 0; from < sorted.count; from += FINDINGS_AT_ONCE) {
      yield findingsTable(sorted, from, Math.min(from + FINDINGS_AT_ONCE, sorted.count))
    }
  }
  await files.whole('findings', findingsFields(sorted), tables())
}

async function writeDictionary(
  input: RunInput,
  context: RunContext,
  subjects: SubjectsTable,
  files: TableFiles,
): Promise<void> {
  const tables = {
    adsl: subjects.columns,
    adeff: new EffectsTable(context).fields,
    adtte: new EventsTable(context).fields,
    ...(input.study.analytic.safety === null ? {} : { adae: ADAE }),
    cohort: COHORT,
    findings: findingsFields(sortedFindings([])),
    dictionary: DICTIONARY,
  }
  const dictionary = dictionaryTable(tables, input.parameters, input.analyses)
  await files.whole('dictionary', fieldsOf(DICTIONARY, dictionary), [dictionary])
}

function manifestBytes(
  { schemaVersion, study, computationVersion, studyHash, facts, conventions, seed }: RunManifest,
  { run, uploads, counts }: WholeRun,
  files: readonly WrittenFile[],
): Uint8Array {
  const source = { schemaVersion, run, study, computationVersion, studyHash, uploads, facts, counts, conventions }
  const all = { ...source, ...(seed === undefined ? {} : { seed }), files }
  return new TextEncoder().encode(`${JSON.stringify(all, null, 2)}\n`)
}
