import type { SubjectFacts } from '@afferent/records'
import { columnIn, type JudgedRows, reportRows, valueAt } from '../settle/judged-rows.ts'

/**
 * Attacks in use of one subject that share a number (`attack-number-twice`), and, in studies of acute treatment, treated
 * attacks before study day 1 (`attack-before-treatment`). None of them is left out here.
 */
export function checkAttacks(rows: JudgedRows, { dayZero }: SubjectFacts): void {
  if (rows.name !== 'attacks' || rows.day === null) return
  const number = columnIn(rows, 'number')
  for (let s = 0; s < rows.subjects.length; s++) {
    const seen = new Set<number>()
    const twice: number[] = []
    const early: number[] = []
    for (let row = rows.starts[s]; row < rows.starts[s + 1]; row++) {
      if (rows.fate[row] !== 0) continue
      const own = valueAt(number, row)
      if (own !== undefined && seen.has(own)) twice.push(row)
      if (own !== undefined) seen.add(own)
      if (rows.study.acute !== null && rows.day[row] < (valueAt(dayZero, s) ?? rows.day[row])) early.push(row)
    }
    reportRows(rows, 'attack-number-twice', twice)
    reportRows(rows, 'attack-before-treatment', early)
  }
}
