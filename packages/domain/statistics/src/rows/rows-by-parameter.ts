import { isPresent, type ShardResult, type TextColumn } from '@afferent/records'

/** Shards with the rows of some parameters at hand. */
export type WithRows = (codes: readonly string[]) => readonly ShardResult[]

/** Rows of a shard that enter analyses (ANL01FL) and are of a parameter, in their order. */
export function rowsOf(shard: ShardResult, parameter: string): Int32Array {
  const found = known.get(shard) ?? new RowsByParameter(shard)
  known.set(shard, found)
  return found.of(parameter)
}

const known = new WeakMap<ShardResult, RowsByParameter>()

/** Two passes over the codes for all parameters. */
class RowsByParameter {
  private readonly rows: Int32Array
  private readonly ends: Int32Array
  private readonly dictionary: readonly string[]

  constructor({ effects }: ShardResult) {
    const { values, dictionary } = effects.columns.PARAMCD as TextColumn
    const analysed = (effects.columns.ANL01FL as TextColumn).valid
    const starts = new Int32Array(dictionary.length + 1)
    for (let row = 0; row < effects.rows; row++) {
      if (isPresent(analysed, row))
        starts[(values[row] as number) + 1] = (starts[(values[row] as number) + 1] as number) + 1
    }
    for (let code = 0; code < dictionary.length; code++) {
      starts[code + 1] = (starts[code + 1] as number) + (starts[code] as number)
    }
    this.rows = new Int32Array(starts[dictionary.length] as number)
    for (let row = 0; row < effects.rows; row++) {
      if (!isPresent(analysed, row)) continue
      const code = values[row] as number
      const at = starts[code] as number
      this.rows[at] = row
      starts[code] = at + 1
    }
    this.ends = starts
    this.dictionary = dictionary
  }

  of(parameter: string): Int32Array {
    const code = this.dictionary.indexOf(parameter)
    if (code < 0) return new Int32Array(0)
    return this.rows.subarray(code === 0 ? 0 : (this.ends[code - 1] as number), this.ends[code] as number)
  }
}
