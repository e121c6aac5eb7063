import { closeSync, openSync, writeSync } from 'node:fs'
import { type ColumnOf, isPresent, type ShardResult, type TextColumn } from '@afferent/records'
import { PARAMETERS } from '../peers/duckdb-sql.ts'

const COLUMN = new Map<string, number>(PARAMETERS.map(({ code }, i) => [code, i]))

/** Metrics of the product as a peer gives them: a row per subject and window, a column of AVAL per parameter. */
export function writeWide(path: string, shards: readonly ShardResult[]): void {
  const file = openSync(path, 'w')
  writeSync(file, `subject,visit,O,${[...COLUMN.keys()].join()}\n`)
  for (const shard of shards) writeSync(file, rowsOf(shard))
  closeSync(file)
}

function rowsOf({ subjects, effects }: ShardResult): string {
  const subject = effects.columns.SUBJECT as ColumnOf<'i32'>
  const visit = effects.columns.AVISITN as ColumnOf<'i16'>
  const observed = effects.columns.NOBS as ColumnOf<'i32'>
  const value = effects.columns.AVAL as ColumnOf<'f64'>
  const parameter = effects.columns.PARAMCD as TextColumn
  const columnOf = parameter.dictionary.map((code) => COLUMN.get(code) ?? -1)
  const cells = new Map<string, string[]>()
  for (let row = 0; row < effects.rows; row++) {
    const column = columnOf[parameter.values[row] as number] as number
    if (column < 0) continue
    const key = `${subjects[subject.values[row] as number]},${visit.values[row]},${observed.values[row]}`
    const window = cells.get(key) ?? new Array<string>(COLUMN.size).fill('')
    if (isPresent(value.valid, row)) window[column] = String(value.values[row])
    cells.set(key, window)
  }
  return [...cells].map(([key, values]) => `${key},${values.join()}\n`).join('')
}
