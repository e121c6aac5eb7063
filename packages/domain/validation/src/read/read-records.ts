import type { RangeInput, RawTable } from '@afferent/formats'
import { rawCells, readCsvRange } from '@afferent/formats'
import type { ByteSource, Column, Findings, RecordTable, RuleId, TableName, Task, TaskHost } from '@afferent/records'
import { allocate, FindingsBuilder, findingAt, isPresent, putRecordsAside } from '@afferent/records'
import type { Source } from '@afferent/study'
import type { Converted } from '../convert/converted.ts'
import { collectReports, convertFacts, firstLines } from '../convert/facts.ts'
import { LAYOUTS, type Layout } from '../convert/layouts.ts'
import { toMarks } from '../convert/record-marks.ts'
import { isInByteOrder } from '../join/dictionaries.ts'
import { lineOf } from '../join/part.ts'
import { sortWords } from '../join/sort-words.ts'
import { BROUGHT_ALONG } from '../settle/physical-rows.ts'
import { arrange } from './arrange.ts'
import { asText, type FieldView, viewFields } from './field-view.ts'
import { isAside, type RangeRecords, type RecordSet, type RecordsExtra } from './range-records.ts'
import { judgeRows, type RowJudge } from './row-judge.ts'

export const READ_RECORDS: Task<RangeInput<RecordsExtra>, RangeRecords> = {
  module: import.meta.url,
  name: 'readRecords',
  types: readRecords,
}

/** Task: one byte range of an export to record columns, judged row by row. */
export function readRecords(input: RangeInput<RecordsExtra>, host: TaskHost): RangeRecords {
  const bytes = host.open(input.ref)
  const raw = readCsvRange(bytes, host, input.dialect, input.requests, input.range)
  const judge = judgeRows(raw)
  const view = viewFields(raw, input.extra.plan.slots)
  const subject = subjectsOf(view, raw)
  const layout = layoutOf(input.extra.source)
  const converted = layout?.convert({ view, wide: input.extra.plan.wide, raw }, input.extra, judge) ?? []
  const facts = convertFacts(view, input.extra.plan.slots, input.extra, judge)
  const line = (row: number): number => lineOf(raw, row)
  const sets = toSets(converted, judge, layout).map((records) => place(records, raw, subject, layout))
  const kept = input.extra.aside ? keepAside(sets, host) : sets
  const { quarantined, excluded } = judge.counts()
  return {
    report: raw.report,
    rows: raw.rows,
    subjects: subject.words,
    subject: layout !== null && kept.every(isAside) ? NOBODY : subject.codes,
    sets: kept,
    facts: facts.map((fact) => collectReports(fact, subject.words.length, subject.codes, line, judge)),
    seenAt: firstLines(subject.words.length, subject.codes, line, judge),
    factRows: input.extra.source.layout === 'subjects' ? facts : [],
    bad: judge.bad(),
    quarantined,
    excluded,
    findings: findingsOf(raw, judge, subject, bytes, input),
  }
}

const NOBODY = new Int32Array(0)

interface Named {
  readonly words: readonly string[]
  readonly codes: Int32Array
}

/** Faults of a whole row, after which no cell of it can be trusted. */
const BROKEN_ROWS: ReadonlySet<RuleId> = new Set([
  'row-nul',
  'row-quote',
  'row-ragged',
  'quote-unclosed',
  'limits-exceeded',
])

/** The subject of each row, also of quarantined rows whose cells can be told apart: that subject exists. */
function subjectsOf(view: FieldView, raw: RawTable): Named {
  const values = view.get('subject')
  if (values === undefined) throw new Error('a source without a subject')
  const column = asText(values)
  const codes = column.values as Int32Array
  if (column.valid !== null) for (let row = 0; row < raw.rows; row++) if (!isPresent(column.valid, row)) codes[row] = -1
  for (let i = 0; i < raw.findings.count; i++) {
    if (!BROKEN_ROWS.has(findingAt(raw.findings, i).rule)) continue
    const row = rowAt(raw, raw.findings.line[i])
    if (row >= 0) codes[row] = -1
  }
  return inByteOrder(column.dictionary, codes)
}

/** Words that some row names, in byte order, and codes of them. */
function inByteOrder(words: readonly string[], codes: Int32Array): Named {
  const named = new Uint8Array(words.length)
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) named[codes[row]] = 1
  if (!named.includes(0) && isInByteOrder(words)) return { words, codes }
  const used = named.includes(0) ? words.filter((_, code) => named[code] === 1) : words
  const { list, places } = sortWords(used)
  const placeOf = used === words ? places : spread(places, named)
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) codes[row] = placeOf[codes[row]]
  return { words: list, codes }
}

/** Places of the words that are named, by the code of each word. */
function spread(places: Int32Array, named: Uint8Array): Int32Array {
  const out = new Int32Array(named.length)
  for (let code = 0, next = 0; code < named.length; code++) if (named[code] === 1) out[code] = places[next++]
  return out
}

/** Row that begins on a line, -1 where none does. */
function rowAt({ lines, firstLine, rows }: Pick<RawTable, 'lines' | 'firstLine' | 'rows'>, line: number): number {
  if (lines === null) return line >= firstLine && line < firstLine + rows ? line - firstLine : -1
  let low = 0
  let high = rows
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle] < line) low = middle + 1
    else high = middle
  }
  return low < rows && lines[low] === line ? low : -1
}

const layoutOf = ({ layout }: Source): Layout | null => (layout === 'subjects' ? null : LAYOUTS[layout])

/** Records of all rows except those dropped. */
type RowsOfTable = Pick<RecordSet, 'table' | 'columns' | 'dropped'>

function toSets(converted: readonly Converted[], judge: RowJudge, layout: Layout | null): RowsOfTable[] {
  if (layout === null) return []
  const counted = converted.filter(({ table }) => table === undefined || table === layout.table)
  if (layout.several) excludeEmptyRows(counted, judge)
  const out = judge.dropped()
  const sets = converted.map(({ table, columns, empty }) => ({
    table: table ?? layout.table,
    columns: { ...columns } as Record<string, Column>,
    dropped: either(out, empty),
  }))
  return layout.several ? sets : [...sets, ...counted.flatMap(({ columns }) => toMarks(layout.table, columns, judge))]
}

/** Records with subjects and lines of their rows; in the order of their table, where a range can tell it. */
function place(records: RowsOfTable, raw: RawTable, { words, codes }: Named, layout: Layout | null): RecordSet {
  const { table, columns } = records
  const { rows, lines, firstLine } = raw
  // Such records stand on rows counted in another table.
  if (table !== layout?.table)
    columns.row = { kind: 'i32', values: allocate.i32(rows).fill(BROUGHT_ALONG), valid: null }
  const set = { ...records, rows, subject: codes, lines, firstLine, starts: null, inOrder: false }
  const isNumberedLater = table === 'intervals' && columns.sequence === undefined
  return layout?.several || isNumberedLater ? set : arrange(set, words.length)
}

/** Rows none of whose records has a value. */
function excludeEmptyRows(converted: readonly Converted[], judge: RowJudge): void {
  if (converted.some(({ empty }) => empty === null)) return
  for (let row = 0; row < judge.rows; row++) {
    if (converted.every(({ empty }) => empty !== null && isPresent(empty, row)))
      judge.exclude(row, 'row-without-values', null)
  }
}

/** Puts grouped records aside. */
function keepAside(sets: readonly RecordSet[], host: TaskHost): RangeRecords['sets'] {
  return sets.map((set) => {
    const { table, rows, starts, inOrder } = set
    if (starts === null) return set
    const [aside] = putRecordsAside([set as unknown as RecordTable<TableName>], host)
    return { table, rows, starts, inOrder, aside }
  })
}

function either(a: Uint8Array | null, b: Uint8Array | null): Uint8Array | null {
  if (a === null || b === null) return a ?? b
  const out = new Uint8Array(a.length)
  for (let i = 0; i < out.length; i++) out[i] = a[i] | b[i]
  return out
}

/** Findings of the reader and of the rules, with the cell as found and the subject of its row. */
function findingsOf(
  raw: RawTable,
  judge: RowJudge,
  subject: Named,
  bytes: ByteSource,
  { dialect, requests, extra }: RangeInput<RecordsExtra>,
): Findings {
  const findings = new FindingsBuilder()
  const nameOf = (row: number): string => (row >= 0 && subject.codes[row] >= 0 ? subject.words[subject.codes[row]] : '')
  for (let i = 0; i < raw.findings.count; i++) {
    const finding = findingAt(raw.findings, i)
    findings.add({ ...finding, file: extra.file, subject: nameOf(rowAt(raw, raw.findings.line[i])) })
  }
  const pending = [...judge.pending].sort((a, b) => a.row - b.row)
  const unseen = pending.filter(({ value, request }) => value === null && request >= 0)
  const cells = rawCells(
    bytes,
    dialect,
    { byte: raw.report.startedAt, linesBefore: 0 },
    unseen.map(({ row }) => lineOf(raw, row)),
    unseen.map(({ request }) => requests[request].column),
  )
  let seen = 0
  for (const { rule, row, request, detail, value } of pending) {
    const found = value === null && request >= 0 ? cells[seen++] : (value ?? '')
    const column = request < 0 ? '' : requests[request].name
    findings.add({ rule, file: extra.file, line: lineOf(raw, row), column, value: found, subject: nameOf(row), detail })
  }
  return findings.build()
}
