export const STRUCTURES = ['UN', 'TOEPH', 'ARH1', 'CS'] as const
export type StructureName = (typeof STRUCTURES)[number]

/** A shape of the covariance of the visits: its parameters, and the matrix and derivatives they give. */
export interface CovarianceStructure {
  readonly name: StructureName
  readonly label: string
  readonly parameters: number
  /** Whether the matrix is linear in the parameters: second derivatives are 0. */
  readonly linear: boolean
  /** Parameters near given variances, correlations one half. */
  readonly start: (variances: Float64Array) => Float64Array
  readonly matrix: (at: Float64Array) => Float64Array
  /** By parameter. */
  readonly derivatives: (at: Float64Array) => readonly Float64Array[]
}

/**
 * Unstructured; heterogeneous Toeplitz; heterogeneous AR(1); compound symmetry: the order in which they replace one another
 * when a model does not converge (endpoints.md section 10). Source: Littell, Pendergast and Natarajan, Stat Med
 * 2000;19:1793-1819 [L].
 */
export function covarianceStructure(name: StructureName, visits: number): CovarianceStructure {
  if (name === 'UN') return unstructured(visits)
  if (name === 'CS') return compoundSymmetry(visits)
  return heterogeneous(name, visits)
}

const fill = (visits: number, of: (a: number, b: number) => number): Float64Array =>
  Float64Array.from({ length: visits * visits }, (_, at) => of(Math.floor(at / visits), at % visits))

function unstructured(visits: number): CovarianceStructure {
  const pairs: (readonly [number, number])[] = []
  for (let a = 0; a < visits; a++) for (let b = 0; b <= a; b++) pairs.push([a, b])
  const place = (a: number, b: number): number => (a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a)
  const units = pairs.map((_, k) => fill(visits, (a, b) => (place(a, b) === k ? 1 : 0)))
  return {
    name: 'UN',
    label: 'unstructured',
    parameters: pairs.length,
    linear: true,
    start: (variances) =>
      Float64Array.from(pairs, ([a, b]) => {
        const [one, two] = [variances[a] as number, variances[b] as number]
        return a === b ? one : Math.sqrt(one * two) / 2
      }),
    matrix: (at) => fill(visits, (a, b) => at[place(a, b)] as number),
    derivatives: () => units,
  }
}

function compoundSymmetry(visits: number): CovarianceStructure {
  const units = [fill(visits, (a, b) => (a === b ? 1 : 0)), fill(visits, () => 1)]
  return {
    name: 'CS',
    label: 'compound symmetry',
    parameters: visits === 1 ? 1 : 2,
    linear: true,
    start: (variances) => {
      const half = variances.reduce((sum, one) => sum + one, 0) / visits / 2
      return visits === 1 ? Float64Array.of(2 * half) : Float64Array.of(half, half)
    },
    matrix: ([own = 0, shared = 0]) => fill(visits, (a, b) => (a === b ? own + shared : shared)),
    derivatives: () => units.slice(0, visits === 1 ? 1 : 2),
  }
}

/** Standard deviations of the visits, then correlations: one per distance, or one that decays. */
function heterogeneous(name: 'TOEPH' | 'ARH1', visits: number): CovarianceStructure {
  const correlations = name === 'TOEPH' ? visits - 1 : Math.min(1, visits - 1)
  const correlation = (at: Float64Array, distance: number): number => {
    if (distance === 0) return 1
    return name === 'TOEPH' ? (at[visits + distance - 1] as number) : (at[visits] as number) ** distance
  }
  const slope = (at: Float64Array, distance: number, k: number): number => {
    if (distance === 0) return 0
    if (name === 'TOEPH') return distance === k + 1 ? 1 : 0
    return distance * (at[visits] as number) ** (distance - 1)
  }
  return {
    name,
    label: name === 'TOEPH' ? 'heterogeneous Toeplitz' : 'heterogeneous AR(1)',
    parameters: visits + correlations,
    linear: false,
    start: (variances) =>
      Float64Array.from({ length: visits + correlations }, (_, k) =>
        k < visits ? Math.sqrt(variances[k] as number) : 0.5,
      ),
    matrix: (at) => fill(visits, (a, b) => (at[a] as number) * (at[b] as number) * correlation(at, Math.abs(a - b))),
    derivatives: (at) => [
      ...Array.from({ length: visits }, (_, k) =>
        fill(visits, (a, b) => {
          const byOwn = (a === k ? (at[b] as number) : 0) + (b === k ? (at[a] as number) : 0)
          return byOwn * correlation(at, Math.abs(a - b))
        }),
      ),
      ...Array.from({ length: correlations }, (_, k) =>
        fill(visits, (a, b) => (at[a] as number) * (at[b] as number) * slope(at, Math.abs(a - b), k)),
      ),
    ],
  }
}
