import { cutSubjects, type SubjectRange } from '../join/cut-subjects.ts'

/** Records and subjects of a piece: some ten megabytes, enough to be worth a task of its own. */
const PIECE_ROWS = 250_000

/**
 * Neighbouring subjects whose records of one file lie together, cut where shards may be cut, so that pieces depend on no other
 * file and on no order of rows. A file without subjects is one piece, too.
 */
export function pieceRanges(
  subjects: readonly string[],
  rowsWithin: (range: SubjectRange) => number,
  pieceRows: number = PIECE_ROWS,
): SubjectRange[] {
  const cuts = cutSubjects(subjects)
  const pieces: SubjectRange[] = []
  let from = 0
  let rows = 0
  cuts.forEach((range, i) => {
    rows += range.to - range.from + rowsWithin(range)
    if (rows < pieceRows && i < cuts.length - 1) return
    pieces.push({ from, to: range.to })
    from = range.to
    rows = 0
  })
  return pieces.length === 0 ? [{ from: 0, to: 0 }] : pieces
}
