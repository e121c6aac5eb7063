import {
  compareBytes,
  type Dataset,
  type Findings,
  firstNotBelow,
  type RecordTable,
  SETTLED_TABLES,
  type TableName,
} from '@afferent/records'

/**
 * Where a record came from, in a form that survives a change elsewhere in the file.
 *
 * Results of unchanged subjects are kept when a file is dropped again with rows added above theirs, so what is kept must
 * not hold line numbers. While shards are derived a row's place is (table, row within its subject); `publish` turns it into
 * the line it has in the file now. One 32-bit number: table * 2^27 + row + 1, so that 0 stays 'no line'.
 */
const TABLE_STEP = 2 ** 27

/** Tables that rules across files speak about, in the order of their number: sixteen at most fit beside a row. */
const PLACED: readonly TableName[] = ['subjects', ...SETTLED_TABLES]

/** The dataset as `settle` should see it: lines are places in the whole table. */
export function withPlaces(dataset: Dataset): Dataset {
  const tables: Record<string, RecordTable<TableName>> = {}
  for (const [name, table] of Object.entries(dataset.tables)) {
    const number = PLACED.indexOf(name as TableName)
    tables[name] = { ...table, lines: null, firstLine: Math.max(0, number) * TABLE_STEP + 1 } as RecordTable<TableName>
  }
  return { ...dataset, tables: tables as Dataset['tables'] }
}

/** The datasets of each file: one, or its pieces. */
export type DatasetsByFile = ReadonlyMap<string, readonly Dataset[]>

export function byFileName(list: readonly { readonly file: string; readonly dataset: Dataset }[]): DatasetsByFile {
  const byFile = new Map<string, Dataset[]>()
  for (const { file, dataset } of list) {
    const known = byFile.get(file)
    if (known === undefined) byFile.set(file, [dataset])
    else known.push(dataset)
  }
  return byFile
}

/** Turns places in whole tables (as `settle` reports them) into places within each row's subject, or back into lines. */
export function toSubjectPlaces(findings: Findings, byFile: DatasetsByFile): Findings {
  return mapLines(findings, byFile, (row, first) => row - first, keepPlace)
}

export function toLines(findings: Findings, byFile: DatasetsByFile): Findings {
  return mapLines(findings, byFile, (row, first) => row + first, lineOf)
}

function mapLines(
  findings: Findings,
  byFile: DatasetsByFile,
  shift: (row: number, firstOfSubject: number) => number,
  finish: (table: RecordTable<TableName>, number: number, row: number) => number,
): Findings {
  const line = findings.line.slice()
  for (let i = 0; i < findings.count; i++) {
    const place = line[i] as number
    const datasets = byFile.get(findings.files[findings.file[i] as number] as string)
    if (place === 0 || datasets === undefined) continue
    const id = findings.subjects[findings.subject[i] as number] as string
    const dataset = datasets.length === 1 ? datasets[0] : datasets.find(({ subjects }) => codeOf(subjects, id) >= 0)
    if (dataset === undefined) continue
    const number = Math.floor((place - 1) / TABLE_STEP)
    const table = dataset.tables[PLACED[number] as TableName]
    if (table === undefined) continue
    const row = shift((place - 1) % TABLE_STEP, firstNotBelow(table.subject, codeOf(dataset.subjects, id)))
    line[i] = finish(table, number, row)
  }
  return { ...findings, line }
}

const keepPlace = (_table: RecordTable<TableName>, number: number, row: number): number => number * TABLE_STEP + row + 1

const lineOf = (table: RecordTable<TableName>, _number: number, row: number): number =>
  table.lines === null ? table.firstLine + row : (table.lines[row] as number)

/** Position of a subject in a list in byte order; -1 when absent. */
function codeOf(subjects: readonly string[], id: string): number {
  let low = 0
  let high = subjects.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compareBytes(subjects[middle] as string, id)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}
