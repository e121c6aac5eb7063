import type {
  Column,
  ColumnKind,
  Dataset,
  Findings,
  RecordTable,
  RowCounts,
  SettledName,
  Task,
  TaskHost,
  TextColumn,
} from '@afferent/records'
import { allocate, FindingsBuilder, putRecordsAside, takeRecords } from '@afferent/records'
import type { AnalyticStudy, Source } from '@afferent/study'
import { DAY_CHECK } from '../convert/day-checks.ts'
import { LAYOUTS } from '../convert/layouts.ts'
import { cutColumns } from '../join/cut-table.ts'
import { joinParts } from '../join/join-parts.ts'
import type { Part } from '../join/part.ts'
import { isAside, type RecordSet, type SetAside } from '../read/range-records.ts'
import { countUncoded } from '../rules/check-coded.ts'
import { checkDaySteps } from '../rules/check-day-steps.ts'
import { countNotSubmitted } from '../rules/check-submitted.ts'
import { beginAtOne } from './number-intervals.ts'
import { settleWideRows } from './wide-rows.ts'

/** Columns that records carry beside those of their table until the file's lie together. */
const CARRIED: readonly [string, ColumnKind][] = [[DAY_CHECK, 'text']]

/** Records of a part of a file that belong to a piece of it. */
export interface PieceOfSet<S = RecordSet> {
  readonly set: S
  readonly from: number
  readonly to: number
  /** Code in the piece of subjects of the part, from its subject `firstCode` on. */
  readonly codes: Int32Array
  readonly firstCode: number
  readonly linesBefore: number
}

/** All that is read of some subjects of a file; a plain value. */
export interface PieceInput<S = RecordSet> {
  readonly file: string
  readonly study: Pick<AnalyticStudy, 'calendar'>
  readonly source: Source
  readonly layout: Exclude<Source['layout'], 'subjects'>
  /** In the order of the file. */
  readonly sets: readonly PieceOfSet<S>[]
  /** Names of the subjects, where findings need them. */
  readonly subjects: readonly string[]
}

/** Joined records of some subjects; what only the whole file can tell as numbers to be added up. */
export interface JoinedPiece {
  readonly tables: Dataset['tables']
  /** Tables that were put aside; absent: none. */
  readonly aside?: Dataset['aside']
  readonly counts: Pick<RowCounts, 'used' | 'excluded'>
  readonly findings: Findings
  /** Records of the table that rows are counted in; how many of them were never submitted, how many have no class. */
  readonly records: number
  readonly notSubmitted: number
  readonly uncoded: number
}

/** The tables of a piece. */
export function joinPiece({ file, study, source, layout, sets, subjects }: PieceInput): JoinedPiece {
  const { table: name, several } = LAYOUTS[layout]
  const partsOf = (table: SettledName | 'marks'): Part[] => sets.filter(({ set }) => set.table === table).map(toPart)
  const others = [...new Set(sets.map(({ set }) => set.table))].filter((table) => table !== name)
  const beside = others.map((other) => [other, joinParts(other, partsOf(other)).table] as const)
  const tables = Object.fromEntries(beside.filter(([, { rows }]) => rows > 0))
  const { table } = joinParts(name, partsOf(name), CARRIED)
  const findings = new FindingsBuilder()
  if (name === 'intervals' && sets.some(({ set }) => set.starts === null)) beginAtOne(table as RecordTable<'intervals'>)
  const records = { records: table.rows, notSubmitted: 0, uncoded: 0 }
  if (several) {
    const wide = settleWideRows(name, table)
    const excluded = wide.copies > 0 ? { 'duplicate-copy': wide.copies } : {}
    const counts = { used: wide.used, excluded }
    return { tables: { ...tables, [name]: wide.table }, counts, findings: findings.build(), ...records }
  }
  const { [DAY_CHECK]: check, ...columns } = table.columns as Readonly<Record<string, Column | undefined>>
  const { day } = columns
  if (check !== undefined && day !== undefined) {
    const { dayZero } = source
    const column = source.fields.find(({ field }) => field === 'dayCheck')?.column ?? ''
    checkDaySteps({ table, day, check: check as TextColumn, dayZero, subjects, file, column }, study, findings)
  }
  return {
    tables: { ...tables, [name]: { ...table, columns } },
    counts: { used: table.rows, excluded: {} },
    findings: findings.build(),
    ...records,
    notSubmitted: countNotSubmitted(table, source),
    uncoded: name === 'adverseEvents' ? countUncoded(table) : 0,
  }
}

export const JOIN_PIECE: Task<PieceInput, JoinedPiece> = {
  module: import.meta.url,
  name: 'joinPiece',
  types: joinPiece,
}

/** Task: the tables of a piece whose records were put aside, put aside again. */
export function joinPieceAside(input: PieceInput<RecordSet | SetAside>, host: TaskHost): JoinedPiece {
  const joined = joinPiece({ ...input, sets: input.sets.map((piece) => takeSet(piece, host)) })
  const tables = Object.values(joined.tables)
  const kept = putRecordsAside(tables, host)
  const aside = Object.fromEntries(Object.keys(joined.tables).map((name, i) => [name, kept[i]]))
  return { ...joined, tables: {}, aside }
}

export const JOIN_PIECE_ASIDE: Task<PieceInput<RecordSet | SetAside>, JoinedPiece> = {
  module: import.meta.url,
  name: 'joinPieceAside',
  types: joinPieceAside,
}

function takeSet(piece: PieceOfSet<RecordSet | SetAside>, host: TaskHost): PieceOfSet {
  const { set, from, to } = piece
  if (!isAside(set)) return { ...piece, set }
  const { subject, columns, lines, firstLine } = takeRecords(set.aside, from, to, host)
  const taken = {
    table: set.table,
    rows: to - from,
    subject,
    columns,
    lines,
    firstLine,
    dropped: null,
    starts: set.starts,
    inOrder: set.inOrder,
  }
  return { ...piece, set: taken as RecordSet, from: 0, to: to - from }
}

function toPart({ set, from, to, codes, firstCode, linesBefore }: PieceOfSet): Part {
  const subject = allocate.i32(to - from)
  for (let row = from; row < to; row++) {
    const code = set.subject[row]
    subject[row - from] = code < 0 ? -1 : codes[code - firstCode]
  }
  return {
    from: 0,
    to: to - from,
    subject,
    recode: null,
    columns: cutColumns(set.columns, from, to),
    lines: set.lines?.subarray(from, to).map((line) => line + linesBefore) ?? null,
    firstLine: set.firstLine + linesBefore + from,
    dropped: set.dropped,
    inOrder: set.inOrder,
  }
}
