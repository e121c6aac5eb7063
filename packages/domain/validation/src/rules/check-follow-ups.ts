import { attackOf, type RecordTable } from '@afferent/records'
import { type Fate, fateCode, type JudgedRows, reportRow, reportRows, valueAt } from '../settle/judged-rows.ts'
import { BROUGHT_ALONG } from '../settle/physical-rows.ts'

/**
 * Follow-ups of attacks, once the attacks are settled: those of no attack (`follow-up-without-attack`), and those dated before
 * the attack whose number they name (`follow-up-before-attack`). What an attack's own row brought goes with it unsaid.
 */
export function checkFollowUps(rows: JudgedRows, attacks: RecordTable<'attacks'> | null): void {
  if (rows.name !== 'followUps') return
  const { number, t0, taken, row: origin } = rows.table.columns as RecordTable<'followUps'>['columns']
  let next = 0
  for (let s = 0; s < rows.subjects.length; s++) {
    const from = next
    while (attacks !== null && next < attacks.rows && attacks.subject[next] === s) next++
    const orphans: number[] = []
    for (let row = rows.starts[s]; row < rows.starts[s + 1]; row++) {
      if (rows.fate[row] !== 0) continue
      const name = { number: at(number, row), t0: at(t0, row), taken: at(taken, row) }
      const attack = attacks === null ? -1 : attackOf(attacks, from, next, name)
      const fate = fateOf(attacks, attack, name.taken)
      if (fate === null) continue
      rows.fate[row] = fateCode(fate)
      if (at(origin, row) === BROUGHT_ALONG) continue
      if (fate === 'follow-up-before-attack') reportRow(rows, fate, row)
      else orphans.push(row)
    }
    reportRows(rows, 'follow-up-without-attack', orphans)
  }
}

const at = (column: Parameters<typeof valueAt>[0], row: number): number | null => valueAt(column, row) ?? null

function fateOf(attacks: RecordTable<'attacks'> | null, attack: number, taken: number | null): Fate | null {
  if (attacks === null || attack < 0) return 'follow-up-without-attack'
  const start = attacks.columns.t0?.values[attack] ?? 0
  return taken !== null && taken < start ? 'follow-up-before-attack' : null
}
