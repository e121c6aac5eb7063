import type { FolderWriter } from '@afferent/ledger'
import {
  type Column,
  type ColumnTable,
  type Covariates,
  type Dataset,
  type Findings,
  RECORD_TABLES,
  type RecordTable,
  type RowCounts,
  type RuleId,
  type SafetyResult,
  type ShardResult,
  type SubjectFacts,
  type TableName,
  type TextColumn,
} from '@afferent/records'
import { fromArrow, toArrow } from '@afferent/records/arrow'
import type { Block } from './shards.ts'

/**
 * Datasets and shards as files of a vault folder: one Arrow file per table, one manifest. Written to be read by this
 * package alone; the tables people download are made by `results`.
 */

export type ReadFile = (file: string) => Promise<Uint8Array>

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

interface TableFacts {
  readonly rows: number
  readonly firstLine: number
  readonly hasLines: boolean
}

export interface DatasetManifest {
  readonly kind: 'usable' | 'refused'
  /** Why a refused file cannot be used: the rule, and the state its receipt shows. */
  readonly code: string | null
  readonly state: 'refused' | 'empty' | 'unreadable' | null
  readonly calendar: Dataset['calendar']
  readonly subjects: readonly string[]
  readonly counts: RowCounts
  readonly tables: Readonly<Partial<Record<TableName, TableFacts>>>
  readonly covariates: boolean
  /** Findings in all, and how many of them are errors. */
  readonly findings: number
  readonly blocks: readonly Block[]
}

export async function writeDataset(
  folder: FolderWriter,
  dataset: Dataset,
  blocks: DatasetManifest['blocks'],
): Promise<void> {
  const tables: Partial<Record<TableName, TableFacts>> = {}
  for (const [name, table] of Object.entries(dataset.tables) as [TableName, RecordTable<TableName>][]) {
    tables[name] = { rows: table.rows, firstLine: table.firstLine, hasLines: table.lines !== null }
    const columns: Record<string, Column> = { subject: { kind: 'i32', values: table.subject, valid: null } }
    const entries: [string, Column | undefined][] = Object.entries(table.columns)
    for (const [column, values] of entries) if (values !== undefined) columns[column] = values
    await folder.write(`${name}.arrow`, toArrow({ rows: table.rows, columns }, {}))
    if (table.lines !== null) await folder.write(`${name}.lines.arrow`, toArrow(oneColumn(table.lines), {}))
  }
  const hasCovariates = Object.keys(dataset.covariates).length > 0
  if (hasCovariates) {
    const rows = dataset.tables.subjects?.rows ?? 0
    await folder.write('covariates.arrow', toArrow({ rows, columns: dataset.covariates }, {}))
  }
  await folder.write('findings.arrow', toArrow(findingsToTable(dataset.findings), {}))
  const manifest: DatasetManifest = {
    kind: 'usable',
    code: null,
    state: null,
    calendar: dataset.calendar,
    subjects: dataset.subjects,
    counts: dataset.counts,
    tables,
    covariates: hasCovariates,
    findings: dataset.findings.count,
    blocks,
  }
  await folder.write('manifest.json', json(manifest))
}

/** A refused file leaves its findings, so that its receipt can be written again at any time. */
export async function writeRefusal(
  folder: FolderWriter,
  refusal: { readonly code: RuleId; readonly state: 'refused' | 'empty' | 'unreadable'; readonly findings: Findings },
): Promise<void> {
  await folder.write('findings.arrow', toArrow(findingsToTable(refusal.findings), {}))
  const manifest: DatasetManifest = {
    kind: 'refused',
    code: refusal.code,
    state: refusal.state,
    calendar: 'dates',
    subjects: [],
    counts: { read: 0, used: 0, quarantined: 0, excluded: {} },
    tables: {},
    covariates: false,
    findings: refusal.findings.count,
    blocks: [],
  }
  await folder.write('manifest.json', json(manifest))
}

export async function readDatasetManifest(read: ReadFile): Promise<DatasetManifest> {
  return parse(await read('manifest.json')) as DatasetManifest
}

export async function readFindings(read: ReadFile): Promise<Findings> {
  return findingsFromTable(fromArrow(await read('findings.arrow')))
}

export async function readDataset(read: ReadFile): Promise<Dataset> {
  const manifest = await readDatasetManifest(read)
  const tables: Record<string, RecordTable<TableName>> = {}
  for (const [name, facts] of Object.entries(manifest.tables) as [TableName, TableFacts][]) {
    const { subject, ...columns } = fromArrow(await read(`${name}.arrow`)).columns as Record<string, Column>
    const lines = facts.hasLines ? firstColumn(fromArrow(await read(`${name}.lines.arrow`))) : null
    tables[name] = {
      rows: facts.rows,
      subject: subject?.values as Int32Array,
      columns: inOrder(name, columns),
      lines: lines === null ? null : (lines.values as Int32Array),
      firstLine: facts.firstLine,
    } as RecordTable<TableName>
  }
  const covariates = manifest.covariates ? (fromArrow(await read('covariates.arrow')).columns as Covariates) : {}
  return {
    subjects: manifest.subjects,
    calendar: manifest.calendar,
    tables: tables as Dataset['tables'],
    covariates,
    findings: await readFindings(read),
    counts: manifest.counts,
  }
}

/** Columns in the order the table declares them, so that a dataset read back equals the one that was written. */
function inOrder(name: TableName, columns: Record<string, Column>): Record<string, Column> {
  const ordered: Record<string, Column> = {}
  for (const column of Object.keys(RECORD_TABLES[name].columns)) {
    const values = columns[column]
    if (values !== undefined) ordered[column] = values
  }
  return ordered
}

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
  if (shard.findings.count > 0) await folder.write('findings.arrow', toArrow(findingsToTable(shard.findings), {}))
  const manifest: ShardManifest = {
    subjects: shard.subjects,
    quarantined: shard.quarantined,
    excluded: shard.excluded,
    findings: shard.findings.count,
    covariates: named,
    safety: shard.safety !== undefined,
  }
  await folder.write('manifest.json', json(manifest))
}

export async function readShard(read: ReadFile, noFindings: Findings): Promise<ShardResult> {
  const manifest = parse(await read('manifest.json')) as ShardManifest
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

const FINDING_TEXTS = [
  ['rule', 'rules'],
  ['file', 'files'],
  ['sheet', 'sheets'],
  ['column', 'columns'],
  ['subject', 'subjects'],
  ['detail', 'details'],
  ['value', 'values'],
] as const

function findingsToTable(findings: Findings): ColumnTable {
  const columns: Record<string, Column> = { line: { kind: 'i32', values: findings.line, valid: null } }
  for (const [codes, words] of FINDING_TEXTS) {
    columns[codes] = { kind: 'text', values: findings[codes], valid: null, dictionary: findings[words] }
  }
  return { rows: findings.count, columns }
}

function findingsFromTable(table: ColumnTable): Findings {
  const out: Record<string, unknown> = {
    count: table.rows,
    line: new Int32Array((table.columns.line as Column).values),
  }
  for (const [codes, words] of FINDING_TEXTS) {
    const column = table.columns[codes] as TextColumn
    out[codes] =
      codes === 'subject' || codes === 'detail' || codes === 'value'
        ? Int32Array.from(column.values)
        : Uint16Array.from(column.values)
    out[words] = column.dictionary
  }
  return out as unknown as Findings
}

const oneColumn = (values: Int32Array): ColumnTable => ({
  rows: values.length,
  columns: { line: { kind: 'i32', values, valid: null } },
})

const firstColumn = (table: ColumnTable): Column => Object.values(table.columns)[0] as Column
