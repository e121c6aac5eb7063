import { type Explanation, explainSubject, parametersOf } from '@afferent/metrics'
import {
  compareBytes,
  type Findings,
  type InForce,
  RECORD_TABLES,
  type RecordTable,
  type SettledName,
  type TableName,
} from '@afferent/records'
import type { Study } from '@afferent/study'
import { settle } from '@afferent/validation'
import { type AnalyzedFile, type AnalyzePorts, validateFiles } from './analyze.ts'
import { firstRowOf } from './files/position.ts'
import { layOutStudy } from './stages/run-plan.ts'

/** One physical row that speaks about a day or visit. `used` is false for copies that another row won over (R-DUP). */
export interface SourceRow {
  readonly file: string
  readonly line: number
  readonly used: boolean
}

export interface Explained {
  readonly explanations: readonly Explanation[]
  /** Rows of settled tables, as explanations name them, in the files they came from. */
  readonly sourcesOf: (table: ExplainedTable, row: number) => readonly SourceRow[]
  /** Findings about this subject, of the files and of settling. */
  readonly findings: readonly Findings[]
}

export type ExplainedTable = SettledName

export type ExplainOutcome =
  | { readonly kind: 'explained'; readonly explained: Explained }
  | { readonly kind: 'unknown-subject'; readonly like: readonly string[] }
  | { readonly kind: 'unknown-parameter'; readonly known: readonly string[] }

/**
 * From one number back to the lines it came from. Stored records carry no lines, so the files are validated again; the
 * number itself is made by the same code as in any run.
 */
export async function explain(
  files: readonly AnalyzedFile[],
  study: Study,
  asked: { readonly subject: string; readonly parameter: string; readonly visit: number | null },
  ports: Pick<AnalyzePorts, 'compute' | 'progress'>,
): Promise<ExplainOutcome> {
  const { analytic } = study
  const { inForce } = await validateFiles(files, study, ports)
  const layout = layOutStudy(inForce, analytic)
  const subject = [asked.subject, asked.subject.slice(analytic.id.length + 1)].find((s) => layout.subjects.includes(s))
  if (subject === undefined) return { kind: 'unknown-subject', like: nearest(layout.subjects, asked.subject) }
  const known = parametersOf(analytic, layout.facts).map((p) => p.code)
  if (!known.includes(asked.parameter)) return { kind: 'unknown-parameter', known }
  const settled = settle(inForce, [subject], analytic, layout.facts)
  const explanations = explainSubject(settled, analytic, layout.facts, subject, asked.parameter, asked.visit)
  const sourcesOf = (table: ExplainedTable, row: number): SourceRow[] => {
    const from = settled[table]
    return from === null ? [] : sourceRows(inForce, subject, table, from, row)
  }
  return { kind: 'explained', explained: { explanations, sourcesOf, findings: [settled.findings, layout.findings] } }
}

/** Rows of every file with the key of a settled row: the one that was used, and the copies it won over. */
function sourceRows(
  inForce: readonly InForce[],
  subject: string,
  name: ExplainedTable,
  settled: RecordTable<TableName>,
  settledRow: number,
): SourceRow[] {
  const line = lineOf(settled, settledRow)
  const key = keyOf(name, settled, settledRow)
  const found: SourceRow[] = []
  for (const { file, dataset } of inForce) {
    const table = dataset.tables[name] as RecordTable<TableName> | undefined
    const code = dataset.subjects.indexOf(subject)
    if (table === undefined || code < 0) continue
    for (let row = firstRowOf(table.subject, code); row < firstRowOf(table.subject, code + 1); row++) {
      if (keyOf(name, table, row) !== key) continue
      found.push({ file, line: lineOf(table, row), used: lineOf(table, row) === line })
    }
  }
  return found.sort((a, b) => compareBytes(a.file, b.file) || a.line - b.line)
}

const lineOf = (table: RecordTable<TableName>, row: number): number =>
  table.lines === null ? table.firstLine + row : (table.lines[row] as number)

/** Values of the columns a table is sorted by, as one text. */
function keyOf(name: ExplainedTable, table: RecordTable<TableName>, row: number): string {
  const columns = table.columns as Readonly<
    Record<string, { values: ArrayLike<number>; dictionary?: readonly string[] } | undefined>
  >
  return RECORD_TABLES[name].sortedBy
    .map((column) => {
      const { values, dictionary } = columns[column] ?? { values: [], dictionary: undefined }
      const value = values[row]
      return dictionary === undefined ? String(value) : dictionary[value as number]
    })
    .join('|')
}

/** A few ids that begin like the one that was asked for. */
const nearest = (subjects: readonly string[], asked: string): string[] => {
  const start = asked.slice(0, 2).toLowerCase()
  const like = subjects.filter((s) => s.toLowerCase().startsWith(start))
  return (like.length > 0 ? like : subjects).slice(0, 5)
}
