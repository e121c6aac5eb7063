import type { JudgedRows } from '../settle/judged-rows.ts'
import { fateCode, fileOf, reportRows } from '../settle/judged-rows.ts'

/**
 * With `uploads: laterWins` a row replaces the rows of the same key in earlier uploads of the same source, whole
 * (`superseded`). Gives back the groups of copies that are left.
 */
export function checkSuperseded(rows: JudgedRows, groups: readonly number[][]): readonly number[][] {
  if (rows.study.uploads !== 'laterWins') return groups
  const superseded = new Map<number, number[]>()
  for (const group of groups) {
    const latest = latestBySource(rows, group)
    for (const row of group) {
      const { source, number } = fileOf(rows, row)
      if (number === latest.get(source?.name ?? '')) continue
      rows.fate[row] = fateCode('superseded')
      const subject = rows.table.subject[row]
      const known = superseded.get(subject)
      if (known === undefined) superseded.set(subject, [row])
      else known.push(row)
    }
  }
  for (const list of superseded.values()) reportRows(rows, 'superseded', list)
  return groups.map((group) => group.filter((row) => rows.fate[row] === 0)).filter((group) => group.length > 1)
}

function latestBySource(rows: JudgedRows, group: readonly number[]): Map<string, number> {
  const latest = new Map<string, number>()
  for (const row of group) {
    const { source, number } = fileOf(rows, row)
    const name = source?.name ?? ''
    latest.set(name, Math.max(number, latest.get(name) ?? number))
  }
  return latest
}
