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

type Test = (a: number, b: number) => boolean
const noButSome: Test = (headache, other) => headache === 0 && other > 0
const yesButNone: Test = (headache, other) => headache !== 0 && other === 0
const above: Test = (a, b) => a > b

/**
 * Answers of one row that contradict each other (`contradiction`); the row is used. One finding per pair of answers.
 * `painIsHeadache`: the study's pain ratings are about headache, so that pain on a headache-free day is one too.
 */
export function checkContradictions(answers: Answers, painIsHeadache: boolean, judge: RowJudge): void {
  const { headache, migraine, severity, hours, painAvg, painWorst, painLeast } = answers
  compare(headache, severity, noButSome, 'severity on a headache-free day', judge)
  compare(headache, severity, yesButNone, 'no severity on a headache day', judge)
  compare(headache, hours, noButSome, 'headache hours on a headache-free day', judge)
  compare(headache, migraine, noButSome, 'migraine on a headache-free day', judge)
  if (painIsHeadache) {
    for (const pain of [painAvg, painWorst, painLeast]) {
      compare(headache, pain, noButSome, 'pain on a headache-free day', judge)
    }
  }
  compare(painLeast, painAvg, above, 'least pain above average pain', judge)
  compare(painAvg, painWorst, above, 'average pain above worst pain', judge)
  if (painAvg === undefined) compare(painLeast, painWorst, above, 'least pain above worst pain', judge)
}

function compare(
  first: FieldValues | undefined,
  second: FieldValues | undefined,
  contradicts: Test,
  says: string,
  judge: RowJudge,
): void {
  if (first === undefined || second === undefined) return
  const a: Column = first.column
  const b: Column = second.column
  for (let row = 0; row < judge.rows; row++) {
    if (!contradicts(a.values[row], b.values[row])) continue
    if (isPresent(a.valid, row) && isPresent(b.valid, row) && !judge.isOut(row)) {
      judge.remark(row, 'contradiction', second.slot, says)
    }
  }
}
