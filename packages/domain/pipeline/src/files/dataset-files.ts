import type { FolderWriter } from '@afferent/ledger'
import {
  type Column,
  type ColumnTable,
  type Covariates,
  type Dataset,
  type Findings,
  NO_FINDINGS,
  RECORD_TABLES,
  type RecordTable,
  type RowCounts,
  type RuleId,
  type TableName,
} from '@afferent/records'
import { fromArrow, toArrow } from '@afferent/records/arrow'
import { NO_ROWS, type SubjectRange } from '@afferent/validation'
import { type ReadFile, readFindings, writeFindings } from './findings-file.ts'
import { fromJson, toJson } from './json-file.ts'
import { type Block, blocksOf } from './shards.ts'

/**
 * A dataset as a vault folder: an Arrow file per table and piece, one manifest. A piece holds neighbouring subjects, so that
 * who derives some of them reads no others. Written to be read by this package alone.
 */

interface TableFacts {
  readonly rows: number
  readonly firstLine: number
  readonly hasLines: boolean
}

/** Neighbouring subjects of a dataset whose records lie in files of their own. */
export interface Piece extends SubjectRange {
  readonly tables: Readonly<Partial<Record<TableName, TableFacts>>>
}

export interface DatasetManifest {
  readonly kind: 'usable' | 'refused'
  /** Why a refused file cannot be used: the rule, and the state its receipt shows. */
  readonly code: string | null
  readonly state: 'refused' | 'empty' | 'unreadable' | null
  readonly calendar: Dataset['calendar']
  readonly subjects: readonly string[]
  readonly counts: RowCounts
  /** In the order of subjects. */
  readonly pieces: readonly Piece[]
  readonly covariates: boolean
  /** Findings in all, and how many of them are errors. */
  readonly findings: number
  readonly blocks: readonly Block[]
}

/** Writes pieces one after the other; `take` gives a piece with its records in memory, where these were put aside. */
export async function writeDataset(
  folder: FolderWriter,
  pieces: readonly Dataset[],
  digest: (input: Uint8Array | string) => string,
  take: (piece: Dataset) => Promise<Dataset>,
): Promise<void> {
  const [first] = pieces as [Dataset, ...Dataset[]]
  const subjects: string[] = []
  const written: Piece[] = []
  const blocks: Block[] = []
  for (const given of pieces) {
    const piece = await take(given)
    const from = subjects.length
    for (const subject of piece.subjects) subjects.push(subject)
    for (const block of blocksOf(piece, digest)) blocks.push({ ...block, from: from + block.from, to: from + block.to })
    written.push({ from, to: subjects.length, tables: await writePiece(folder, written.length, piece) })
  }
  await folder.write('findings.arrow', writeFindings(first.findings))
  const manifest: DatasetManifest = {
    kind: 'usable',
    code: null,
    state: null,
    calendar: first.calendar,
    subjects,
    counts: first.counts,
    pieces: written,
    covariates: Object.keys(first.covariates).length > 0,
    findings: first.findings.count,
    blocks,
  }
  await folder.write('manifest.json', toJson(manifest))
}

async function writePiece(folder: FolderWriter, piece: number, dataset: Dataset): Promise<Piece['tables']> {
  const tables: Partial<Record<TableName, TableFacts>> = {}
  for (const [name, table] of Object.entries(dataset.tables) as [TableName, RecordTable<TableName>][]) {
    tables[name] = { rows: table.rows, firstLine: table.firstLine, hasLines: table.lines !== null }
    const columns: Record<string, Column> = { subject: { kind: 'i32', values: table.subject, valid: null } }
    const entries: [string, Column | undefined][] = Object.entries(table.columns)
    for (const [column, values] of entries) if (values !== undefined) columns[column] = values
    await folder.write(`${name}.${piece}.arrow`, toArrow({ rows: table.rows, columns }, {}))
    if (table.lines !== null) await folder.write(`${name}.lines.${piece}.arrow`, toArrow(oneColumn(table.lines), {}))
  }
  if (Object.keys(dataset.covariates).length > 0) {
    const rows = dataset.tables.subjects?.rows ?? 0
    await folder.write(`covariates.${piece}.arrow`, toArrow({ rows, columns: dataset.covariates }, {}))
  }
  return tables
}

/** A refused file leaves its findings, so that its receipt can be written again at any time. */
export async function writeRefusal(
  folder: FolderWriter,
  refusal: { readonly code: RuleId; readonly state: 'refused' | 'empty' | 'unreadable'; readonly findings: Findings },
): Promise<void> {
  await folder.write('findings.arrow', writeFindings(refusal.findings))
  const manifest: DatasetManifest = {
    kind: 'refused',
    code: refusal.code,
    state: refusal.state,
    calendar: 'dates',
    subjects: [],
    counts: { read: 0, used: 0, quarantined: 0, excluded: {} },
    pieces: [],
    covariates: false,
    findings: refusal.findings.count,
    blocks: [],
  }
  await folder.write('manifest.json', toJson(manifest))
}

export async function readDatasetManifest(read: ReadFile): Promise<DatasetManifest> {
  return fromJson(await read('manifest.json')) as DatasetManifest
}

/**
 * One piece of a dataset, as a dataset of its own subjects. Findings and counts of the file come with the first, so that
 * all pieces together say what the whole does.
 */
export async function readPiece(read: ReadFile, manifest: DatasetManifest, piece: number): Promise<Dataset> {
  const { from, to, tables: facts } = manifest.pieces[piece] as Piece
  const tables: Record<string, RecordTable<TableName>> = {}
  for (const [name, { rows, firstLine, hasLines }] of Object.entries(facts) as [TableName, TableFacts][]) {
    const { subject, ...columns } = fromArrow(await read(`${name}.${piece}.arrow`)).columns as Record<string, Column>
    const lines = hasLines ? firstColumn(fromArrow(await read(`${name}.lines.${piece}.arrow`))) : null
    tables[name] = {
      rows,
      subject: subject?.values as Int32Array,
      columns: inOrder(name, columns),
      lines: lines === null ? null : (lines.values as Int32Array),
      firstLine,
    } as RecordTable<TableName>
  }
  const covariates = manifest.covariates
    ? (fromArrow(await read(`covariates.${piece}.arrow`)).columns as Covariates)
    : {}
  return {
    subjects: manifest.subjects.slice(from, to),
    calendar: manifest.calendar,
    tables: tables as Dataset['tables'],
    covariates,
    findings: piece === 0 ? await readFindings(read) : NO_FINDINGS,
    counts: piece === 0 ? manifest.counts : NO_ROWS,
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

const oneColumn = (values: Int32Array): ColumnTable => ({
  rows: values.length,
  columns: { line: { kind: 'i32', values, valid: null } },
})

const firstColumn = (table: ColumnTable): Column => Object.values(table.columns)[0] as Column
