import type { VisitRows } from './visit-rows.ts'

/** Sums of all subjects who have the same visits: what the likelihood needs of them. */
export interface Pattern {
  readonly visits: Int32Array
  count: number
  /**
   * For each pair a, b of its visits (a-th of m, row by row) the sums over subjects of z_a z_b', z = the nonzero design
   * columns of that visit, then the response.
   */
  readonly products: readonly Float64Array[]
}

/** Subjects grouped by the visits they have. Responses are kept as their distance from `shift`. */
export interface PatternSums {
  readonly visits: number
  readonly coefficients: number
  /** Rows with a response. */
  readonly rows: number
  /** Subjects with a response. */
  readonly subjects: number
  /** Per visit the coefficients whose column is not zero throughout. */
  readonly active: readonly Int32Array[]
  readonly patterns: readonly Pattern[]
  /** Sum of the logarithms of the weights. */
  readonly logWeights: number
}

/** Rows of each subject in order of visits, weights applied: response and design multiplied by their square root. */
export interface SubjectRows {
  readonly source: VisitRows
  /** Places of the rows with a response, by subject and visit. */
  readonly order: Int32Array
  /** Where the rows of a subject start in `order`; one more than subjects. */
  readonly start: Int32Array
  readonly response: Float64Array
  readonly design: readonly Float64Array[]
}

export function toSubjectRows(source: VisitRows): SubjectRows {
  const { subject, visit, response, weights } = source
  const order = Int32Array.from(subject.keys())
    .filter((row) => !Number.isNaN(response[row]))
    .sort((a, b) => subject[a] - subject[b] || visit[a] - visit[b])
  const start = new Int32Array(source.subjects + 1)
  for (const row of order) start[subject[row] + 1]++
  for (let i = 0; i < source.subjects; i++) start[i + 1] += start[i]
  if (weights === undefined) return { source, order, start, response, design: source.design }
  const scaled = (column: Float64Array): Float64Array => column.map((value, row) => value * Math.sqrt(weights[row]))
  return { source, order, start, response: scaled(response), design: source.design.map(scaled) }
}

/** The sums of all subjects, added in their order. `shift` is taken from the responses. */
export function sumPatterns(data: SubjectRows, shift: Float64Array): PatternSums {
  const { source, order, start } = data
  const active = activeColumns(data)
  const patterns = new Map<string, Pattern>()
  let subjects = 0
  let logWeights = 0
  for (let subject = 0; subject < source.subjects; subject++) {
    if (start[subject] === start[subject + 1]) continue
    subjects++
    const visits = visitsOf(data, subject)
    const name = visits.join()
    let pattern = patterns.get(name)
    if (pattern === undefined) {
      pattern = emptyPattern(visits, active)
      patterns.set(name, pattern)
    }
    addSubject(pattern, data, subject, shift, active, 1)
  }
  if (source.weights !== undefined) for (const row of order) logWeights += Math.log(source.weights[row])
  const coefficients = data.design.length
  const list = [...patterns.values()]
  return { visits: source.visits, coefficients, rows: order.length, subjects, active, patterns: list, logWeights }
}

/** The same sums without one subject; the others are shared, not copied. */
export function withoutSubject(
  sums: PatternSums,
  data: SubjectRows,
  subject: number,
  shift: Float64Array,
): PatternSums {
  const visits = visitsOf(data, subject)
  if (visits.length === 0) return sums
  const patterns = sums.patterns.flatMap((pattern): Pattern[] => {
    if (pattern.visits.join() !== visits.join()) return [pattern]
    if (pattern.count === 1) return []
    const less = { ...pattern, products: pattern.products.map((product) => product.slice()) }
    addSubject(less, data, subject, shift, sums.active, -1)
    return [less]
  })
  let { logWeights } = sums
  const { weights } = data.source
  if (weights !== undefined)
    for (let k = data.start[subject]; k < data.start[subject + 1]; k++) logWeights -= Math.log(weights[data.order[k]])
  return { ...sums, patterns, rows: sums.rows - visits.length, subjects: sums.subjects - 1, logWeights }
}

function visitsOf({ source, order, start }: SubjectRows, subject: number): Int32Array {
  return order.subarray(start[subject], start[subject + 1]).map((row) => source.visit[row])
}

function activeColumns({ source, order, design }: SubjectRows): Int32Array[] {
  const seen = Array.from({ length: source.visits }, () => new Uint8Array(design.length))
  for (const row of order)
    for (let j = 0; j < design.length; j++) if (design[j][row] !== 0) seen[source.visit[row]][j] = 1
  return seen.map((flags) => Int32Array.from(flags.keys()).filter((j) => flags[j] === 1))
}

function emptyPattern(visits: Int32Array, active: readonly Int32Array[]): Pattern {
  const widths = Array.from(visits, (visit) => active[visit].length + 1)
  return { visits, count: 0, products: widths.flatMap((a) => widths.map((b) => new Float64Array(a * b))) }
}

function addSubject(
  pattern: Pattern,
  { order, start, response, design }: SubjectRows,
  subject: number,
  shift: Float64Array,
  active: readonly Int32Array[],
  sign: 1 | -1,
): void {
  const m = pattern.visits.length
  const values = Array.from(pattern.visits, (visit, a): Float64Array => {
    const row = order[start[subject] + a]
    let rest = response[row]
    for (let j = 0; j < design.length; j++) rest -= design[j][row] * shift[j]
    const z = new Float64Array(active[visit].length + 1)
    for (let j = 0; j < active[visit].length; j++) z[j] = design[active[visit][j]][row]
    z[z.length - 1] = rest
    return z
  })
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++) {
      const product = pattern.products[a * m + b]
      const [left, right] = [values[a], values[b]]
      for (let i = 0, at = 0; i < left.length; i++)
        for (let j = 0; j < right.length; j++, at++) product[at] += sign * left[i] * right[j]
    }
  pattern.count += sign
}
