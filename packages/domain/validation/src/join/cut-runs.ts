import { firstNotBelow } from '@afferent/records'
import { codeOf, keepsOrder, type Part, rowsOf } from './part.ts'

/** Rows of one part that stand side by side in the joined table. */
export interface Run extends Part {
  /** Which part they are of. */
  readonly of: number
}

/** Shorter runs, on average, are not worth their own copies. Nor are more steps than there are rows: a run looks at all parts. */
const ROWS_PER_RUN = 16

/** Behind every subject. */
const NOBODY = 0x7fffffff

/**
 * Parts that share no subject, cut where subjects of another lie between theirs, so that the runs laid end to end are in order if
 * each part is. Subjects alone are looked at, and few of them. Null: two parts share a subject, rows of one are seen to be out
 * of order, or the runs would be too short.
 */
export function cutRuns(parts: readonly Part[]): Run[] | null {
  if (!parts.every(keepsOrder)) return null
  const most = rowsOf(parts) / Math.max(ROWS_PER_RUN, parts.length)
  const at = parts.map(({ from }) => from)
  const runs: Run[] = []
  for (;;) {
    const { of, next } = firstOf(parts, at)
    if (of < 0) return runs
    const to = rowOf(parts[of], at[of], next)
    if (to === at[of] || codeOf(parts[of], to - 1) >= next || runs.length >= most) return null
    runs.push({ ...parts[of], of, from: at[of], to })
    at[of] = to
  }
}

/** The part whose next subject comes first (-1: all are at their end), and the first of the others' next subjects. */
function firstOf(parts: readonly Part[], at: readonly number[]): { of: number; next: number } {
  let [of, code, next] = [-1, NOBODY, NOBODY]
  for (let p = 0; p < parts.length; p++) {
    if (at[p] === parts[p].to) continue
    const own = codeOf(parts[p], at[p])
    if (own < code) [of, code, next] = [p, own, code]
    else if (own < next) next = own
  }
  return { of, next }
}

/** First row of a part, from a row on, whose subject does not come before one of the joined list. */
function rowOf({ subject, recode, to }: Part, from: number, joined: number): number {
  if (joined === NOBODY) return to
  const rows = subject.subarray(from, to)
  if (recode === null) return from + firstNotBelow(rows, joined)
  const first = rows[0]
  return from + firstNotBelow(rows, first + firstNotBelow(recode.subarray(first, rows[rows.length - 1] + 1), joined))
}
