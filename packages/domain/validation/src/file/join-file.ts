import { withFileLines } from '@afferent/formats'
import type { Compute, Dataset, RowCounts, RuleId } from '@afferent/records'
import { allocate, type FindingsBuilder, firstNotBelow, NO_FINDINGS } from '@afferent/records'
import type { Source } from '@afferent/study'
import { isFact } from '../convert/facts.ts'
import { LAYOUTS } from '../convert/layouts.ts'
import type { SubjectRange } from '../join/cut-subjects.ts'
import { cutDataset } from '../join/cut-table.ts'
import { isAside, type RangeRecords, type RecordsExtra } from '../read/range-records.ts'
import { reportUncoded } from '../rules/check-coded.ts'
import { reportNotSubmitted } from '../rules/check-submitted.ts'
import { addCounts, assertRowsAddUp, NO_ROWS } from '../settle/row-counts.ts'
import { countListedRows, joinFacts } from './join-facts.ts'
import {
  JOIN_PIECE,
  JOIN_PIECE_ASIDE,
  type JoinedPiece,
  joinPiece,
  type PieceInput,
  type PieceOfSet,
} from './join-piece.ts'
import { type JoinedSubjects, joinSubjects, type ReadParts } from './join-subjects.ts'
import { numberIntervals } from './number-intervals.ts'
import { pieceRanges } from './piece-ranges.ts'

type AnySet = RangeRecords['sets'][number]
type RecordLayout = Exclude<Source['layout'], 'subjects'>

/** Fewer rows are joined sooner than threads are told to. */
const THREADS_FROM_ROWS = 500_000

/**
 * All parts of one file as a dataset in pieces of neighbouring subjects; what is found is added to `findings`. Findings and
 * counts of the file come with the first piece, so that all pieces together say what the whole does.
 */
export async function joinFile(
  parts: ReadParts,
  extra: RecordsExtra,
  findings: FindingsBuilder,
  compute: Compute,
  pieceRows?: number,
): Promise<Dataset[]> {
  const { source, study, plan, file } = extra
  for (const { part, linesBefore } of parts) findings.addAll(withFileLines(part.findings, linesBefore))
  const subjects = joinSubjects(parts)
  const facts = joinFacts(plan.slots, parts, subjects, extra, findings)
  const read = countRead(parts)
  const judged = parts.reduce((sum, { part }) => addCounts(sum, judgedRows(part)), { ...NO_ROWS, read })
  const saysFacts = source.layout === 'subjects' || plan.slots.some(isFact)
  const base: Dataset = {
    subjects: subjects.list,
    calendar: study.calendar,
    tables: saysFacts ? { subjects: facts.table } : {},
    covariates: saysFacts ? facts.covariates : {},
    findings: NO_FINDINGS,
    counts: NO_ROWS,
  }
  const { layout } = source
  const joined =
    layout === 'subjects'
      ? { pieces: inPieces(base, pieceRows), counts: countListedRows(parts, subjects, facts) }
      : await joinRecords(layout, base, { parts, subjects, extra, findings, compute, pieceRows })
  const counts = addCounts(judged, { ...NO_ROWS, ...joined.counts })
  assertRowsAddUp(counts, `file ${file}`)
  const [first, ...rest] = joined.pieces
  return [{ ...first, counts, findings: findings.build() }, ...rest]
}

/** Records of a file: rows, and records of empty cells. */
const countRead = (parts: ReadParts): number =>
  parts.reduce((sum, { part }) => sum + part.report.rows + part.report.blank, 0)

function judgedRows({ report, quarantined, excluded }: RangeRecords): RowCounts {
  const blank: Partial<Record<RuleId, number>> = report.blank > 0 ? { 'row-blank': report.blank } : {}
  return { read: 0, used: 0, quarantined, excluded: { ...excluded, ...blank } }
}

interface Joined {
  readonly pieces: readonly Dataset[]
  readonly counts: Pick<RowCounts, 'used' | 'excluded'>
}

/** A file of which subjects and facts are known. */
interface OpenFile {
  readonly parts: ReadParts
  readonly subjects: JoinedSubjects
  readonly extra: RecordsExtra
  readonly findings: FindingsBuilder
  readonly compute: Compute
  readonly pieceRows: number | undefined
}

/** Pieces of a file with its records; `base` holds what the file says of its subjects. */
async function joinRecords(layout: RecordLayout, base: Dataset, opened: OpenFile): Promise<Joined> {
  const { parts, subjects, findings, compute, pieceRows } = opened
  const { source, study, file, aside } = opened.extra
  const arranged = parts.every(({ part }) => part.sets.every(({ starts }) => starts !== null))
  if (LAYOUTS[layout].several) numberRows(parts)
  if (layout === 'rr-intervals' && !arranged) numberIntervals(parts, subjects)
  const everybody = { from: 0, to: subjects.list.length }
  const rowsIn = (range: SubjectRange): number => countWithin(parts, subjects, range)
  const ranges = arranged ? pieceRanges(subjects.list, rowsIn, pieceRows) : [everybody]
  const needsNames = source.fields.some(({ field }) => field === 'dayCheck')
  const inputs = ranges.map(
    (range): PieceInput<AnySet> => ({
      file,
      study: { calendar: study.calendar },
      source,
      layout,
      sets: setsWithin(parts, subjects, range),
      subjects: needsNames ? subjects.list.slice(range.from, range.to) : [],
    }),
  )
  const joined = await joinPieces(inputs, rowsIn(everybody), aside, compute)
  for (const piece of joined) findings.addAll(piece.findings)
  const sum = (of: 'records' | 'notSubmitted' | 'uncoded') => joined.reduce((total, piece) => total + piece[of], 0)
  reportNotSubmitted(sum('notSubmitted'), sum('records'), source, file, findings)
  reportUncoded(sum('uncoded'), sum('records'), source, file, findings)
  const pieces = joined.map((piece, i) => withTables(cutDataset(base, ranges[i]), piece))
  return {
    pieces: arranged ? pieces : pieces.flatMap((piece) => inPieces(piece, pieceRows)),
    counts: joined.reduce((total, { counts }) => addCounts(total, { ...NO_ROWS, ...counts }), NO_ROWS),
  }
}

async function joinPieces(
  inputs: readonly PieceInput<AnySet>[],
  rows: number,
  aside: boolean,
  compute: Compute,
): Promise<JoinedPiece[]> {
  if (!aside) {
    const inMemory = inputs as readonly PieceInput[]
    const few = compute.threads === 1 || rows < THREADS_FROM_ROWS
    return few ? inMemory.map(joinPiece) : compute.map(JOIN_PIECE, inMemory)
  }
  const joined = await compute.map(JOIN_PIECE_ASIDE, inputs)
  const sets = inputs.flatMap(({ sets }) => sets.map(({ set }) => set))
  compute.discard([...new Set(sets)].filter(isAside).map((set) => set.aside.table.ref))
  return joined
}

const withTables = (base: Dataset, { tables, aside }: JoinedPiece): Dataset => ({
  ...base,
  tables: { ...base.tables, ...tables },
  ...(aside === undefined ? {} : { aside }),
})

/** Gives every record the number of its row in the file. */
function numberRows(parts: ReadParts): void {
  let before = 0
  for (const { part } of parts) {
    const values = allocate.i32(part.rows)
    for (let row = 0; row < part.rows; row++) values[row] = before + row
    for (const set of part.sets) if (!isAside(set)) set.columns.row = { kind: 'i32', values, valid: null }
    before += part.rows
  }
}

/** What each part holds of some subjects; of parts that are not arranged all that they hold. */
function setsWithin(parts: ReadParts, { recodes }: JoinedSubjects, range: SubjectRange): PieceOfSet<AnySet>[] {
  const sets = parts.flatMap(({ part, linesBefore }, p) => {
    const own = codesWithin(recodes[p], range)
    const codes = recodes[p].slice(own.from, own.to).map((code) => code - range.from)
    return part.sets.map((set) => ({ set, ...rowsOf(set, own), codes, firstCode: own.from, linesBefore }))
  })
  // A table without rows has its columns, too.
  const first = new Map(sets.toReversed().map((piece) => [piece.set.table, piece]))
  const filled = sets.filter((piece) => piece.from < piece.to)
  for (const { set } of filled) first.delete(set.table)
  return [...filled, ...first.values()]
}

/** Records of some subjects in all parts. */
function countWithin(parts: ReadParts, { recodes }: JoinedSubjects, range: SubjectRange): number {
  let rows = 0
  for (let p = 0; p < parts.length; p++) {
    const own = codesWithin(recodes[p], range)
    for (const set of parts[p].part.sets) rows += rowsOf(set, own).to - rowsOf(set, own).from
  }
  return rows
}

/** Codes of a part whose subjects lie in a range of the joined list. */
const codesWithin = (recode: Int32Array, { from, to }: SubjectRange): SubjectRange => ({
  from: firstNotBelow(recode, from),
  to: firstNotBelow(recode, to),
})

const rowsOf = ({ starts, rows }: AnySet, codes: SubjectRange): SubjectRange =>
  starts === null ? { from: 0, to: rows } : { from: starts[codes.from], to: starts[codes.to] }

/** A dataset that lies together as views on its pieces. */
function inPieces(dataset: Dataset, pieceRows: number | undefined): Dataset[] {
  const tables = Object.values(dataset.tables)
  const rowsIn = ({ from, to }: SubjectRange): number =>
    tables.reduce((sum, { subject }) => sum + firstNotBelow(subject, to) - firstNotBelow(subject, from), 0)
  return pieceRanges(dataset.subjects, rowsIn, pieceRows).map((range) => cutDataset(dataset, range))
}
