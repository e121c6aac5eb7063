import type { Column } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { FieldValues } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'

/** What a daily form can answer that must not contradict each other. */
export interface Answers {
  readonly headache: FieldValues | undefined
  readonly migraine: FieldValues | undefined
  readonly severity: FieldValues | undefined
  readonly hours: FieldValues | undefined
  readonly painAvg: FieldValues | undefined
  readonly painWorst: FieldValues | undefined
  readonly painLeast: FieldValues | undefined
}

/** What two answers say against each other: no beside something, yes beside nothing, the first above the second. */
type Test = 'no-but-some' | 'yes-but-none' | 'above'

/**
 * Answers of one row that contradict each other (`contradiction`); the row is used. One finding per pair of answers.
 * `painIsHeadache`: the study's pain ratings are about headache, so that pain on a headache-free day is one too.
 */
export function checkContradictions(answers: Answers, painIsHeadache: boolean, judge: RowJudge): void {
  const { headache, migraine, severity, hours, painAvg, painWorst, painLeast } = answers
  compare(headache, severity, 'no-but-some', 'severity on a headache-free day', judge)
  compare(headache, severity, 'yes-but-none', 'no severity on a headache day', judge)
  compare(headache, hours, 'no-but-some', 'headache hours on a headache-free day', judge)
  compare(headache, migraine, 'no-but-some', 'migraine on a headache-free day', judge)
  if (painIsHeadache) {
    for (const pain of [painAvg, painWorst, painLeast]) {
      compare(headache, pain, 'no-but-some', 'pain on a headache-free day', judge)
    }
  }
  compare(painLeast, painAvg, 'above', 'least pain above average pain', judge)
  compare(painAvg, painWorst, 'above', 'average pain above worst pain', judge)
  if (painAvg === undefined) compare(painLeast, painWorst, 'above', 'least pain above worst pain', judge)
}

function compare(
  first: FieldValues | undefined,
  second: FieldValues | undefined,
  test: Test,
  says: string,
  judge: RowJudge,
): void {
  if (first === undefined || second === undefined) return
  const a: Column = first.column
  const b: Column = second.column
  for (const row of suspects(a.values, b.values, test)) {
    if (isPresent(a.valid, row) && isPresent(b.valid, row) && !judge.isOut(row)) {
      judge.remark(row, 'contradiction', second.slot, says)
    }
  }
}

/** Rows whose values contradict each other, missing ones (stored as 0) included. Values are never negative. */
function suspects(a: Column['values'], b: Column['values'], test: Test): number[] {
  if (test === 'no-but-some') return rowsAbove(b, a, BEYOND_ALL)
  if (test === 'yes-but-none') return rowsAbove(a, b, BEYOND_ALL)
  return rowsAbove(a, b, 1)
}

/** A value other than 0 times this is more than any value, 0 times this is less than any other: one test that hardly ever holds. */
const BEYOND_ALL = 1e300

function rowsAbove(a: Column['values'], b: Column['values'], factor: number): number[] {
  const rows: number[] = []
  // Written out twice: a loop that sees arrays of several kinds is slower for all of them.
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    for (let row = 0; row < a.length; row++) if (a[row] > b[row] * factor) rows.push(row)
  } else {
    for (let row = 0; row < a.length; row++) if (a[row] > b[row] * factor) rows.push(row)
  }
  return rows
}
