/** Rows of a model of repeated measures: one value of a subject at a visit. Rows of a subject need not be neighbours. */
export interface RepeatedRows {
  readonly outcome: Float64Array
  /** Codes from 0. */
  readonly subject: Int32Array
  readonly visit: Int32Array
  readonly visits: number
  readonly columns: readonly Float64Array[]
  /** Weight of each row: its variance is divided by it. */
  readonly weights?: Float64Array
}

/**
 * What subjects who were seen at the same visits add up to. A model of their covariance needs nothing else of them, so that
 * a step of its fit costs the same for 50 subjects and for 50,000.
 */
export interface PatternSums {
  /** Visits of the pattern, ascending. */
  readonly visits: readonly number[]
  readonly subjects: number
  /** [a * k + b]: sum over subjects of x_a x_b', row by row. */
  readonly cross: readonly Float64Array[]
  /** [a * k + b]: sum of x_a y_b. */
  readonly crossOutcome: readonly Float64Array[]
  /** [a * k + b]: sum of y_a y_b. */
  readonly outcomes: Float64Array
}

/** Sums by missing pattern, in the order of the subjects; null: a subject has two rows at a visit. */
export function patternSums({
  outcome,
  subject,
  visit,
  visits,
  columns,
  weights,
}: RepeatedRows): readonly PatternSums[] | null {
  const subjects = subject.reduce((most, s) => Math.max(most, s + 1), 0)
  const rowAt = new Int32Array(subjects * visits).fill(-1)
  for (let row = 0; row < outcome.length; row++) {
    const at = (subject[row] as number) * visits + (visit[row] as number)
    if (rowAt[at] !== -1) return null
    rowAt[at] = row
  }
  const size = columns.length
  const patterns = new Map<string, PatternSums & { subjects: number }>()
  for (let s = 0; s < subjects; s++) {
    const seen = [...Array(visits).keys()].filter((v) => rowAt[s * visits + v] !== -1)
    if (seen.length === 0) continue
    const key = seen.join(' ')
    const k = seen.length
    const sums = patterns.get(key) ?? {
      visits: seen,
      subjects: 0,
      cross: Array.from({ length: k * k }, () => new Float64Array(size * size)),
      crossOutcome: Array.from({ length: k * k }, () => new Float64Array(size)),
      outcomes: new Float64Array(k * k),
    }
    patterns.set(key, sums)
    sums.subjects++
    const rows = seen.map((v) => rowAt[s * visits + v] as number)
    const scale = rows.map((row) => Math.sqrt(weights?.[row] ?? 1))
    const x = rows.map((row, a) =>
      Float64Array.from(columns, (column) => (column[row] as number) * (scale[a] as number)),
    )
    const y = rows.map((row, a) => (outcome[row] as number) * (scale[a] as number))
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++)
        addPair(sums, a * k + b, x[a] as Float64Array, x[b] as Float64Array, y[a] as number, y[b] as number)
    }
  }
  return [...patterns.values()]
}

function addPair(sums: PatternSums, at: number, xa: Float64Array, xb: Float64Array, ya: number, yb: number): void {
  const cross = sums.cross[at] as Float64Array
  const crossOutcome = sums.crossOutcome[at] as Float64Array
  const size = xa.length
  for (let i = 0; i < size; i++) {
    const own = xa[i] as number
    crossOutcome[i] = (crossOutcome[i] as number) + own * yb
    for (let j = 0; j < size; j++) cross[i * size + j] = (cross[i * size + j] as number) + own * (xb[j] as number)
  }
  sums.outcomes[at] = (sums.outcomes[at] as number) + ya * yb
}
