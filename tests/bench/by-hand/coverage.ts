import { mmrm, multipleImputation, type VisitTrial } from '@afferent/statistics'

/**
 * Nightly: type-1 error of the MMRM with Kenward-Roger df in small trials, and bias and coverage of multiple imputation.
 * `--trials N` of the small trials (default 4000; a tenth of them for imputation). Figures stand in the package's README.
 */
const at = process.argv.indexOf('--trials')
const TRIALS = at < 0 ? 4000 : Number(process.argv[at + 1])
const VISITS = 4
const EFFECT = -2
/** Share of a random intercept in the covariance of visits. */
const SHARED = 0.6

let state = 20260301
function uniform(): number {
  state = (state + 0x9e3779b9) | 0
  let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return ((z ^ (z >>> 16)) >>> 0) / 0x1_0000_0000 + 1e-10
}
const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())

/** Drop-out at random: likelier after a bad value; about a quarter is gone at the last visit. */
function simulated(perArm: number, effect: number): VisitTrial {
  const subjects = 2 * perArm
  const base = Float64Array.from({ length: subjects }, normal)
  const arm = Int32Array.from({ length: subjects }, (_, i) => i % 2)
  const values = new Float64Array(subjects * VISITS).fill(Number.NaN)
  for (let i = 0; i < subjects; i++) {
    const own = Math.sqrt(SHARED) * normal()
    for (let v = 0; v < VISITS; v++) {
      const growing = (arm[i] * effect * (v + 1)) / VISITS
      const value = growing + 0.5 * base[i] + own + Math.sqrt(1 - SHARED) * normal()
      values[i * VISITS + v] = value
      if (uniform() < (value > 0 ? 0.15 : 0.05)) break
    }
  }
  return { subjects, visits: VISITS, arms: 2, values, arm, covariates: [{ values: base, byVisit: true }], factors: [] }
}

const percent = (count: number, of: number): string => {
  const share = count / of
  return `${(100 * share).toFixed(2)} % (SE ${(100 * Math.sqrt((share * (1 - share)) / of)).toFixed(2)})`
}

function typeOneError(perArm: number): void {
  for (const df of ['kenward-roger', 'satterthwaite'] as const) {
    let [rejected, answered, fallbacks] = [0, 0, 0]
    for (let trial = 0; trial < TRIALS; trial++) {
      const answer = mmrm(simulated(perArm, 0), { reference: 0, df })
      if ('reason' in answer) continue
      answered++
      if (answer.structure !== 'UN') fallbacks++
      if ((answer.differences[VISITS - 1][1]?.p ?? 1) <= 0.05) rejected++
    }
    process.stdout.write(
      `n = ${perArm} per arm, ${df}: type-1 error ${percent(rejected, answered)}, ${answered} of ${TRIALS} answered, ${fallbacks} not UN\n`,
    )
  }
}

function imputation(perArm: number): void {
  const trials = Math.ceil(TRIALS / 10)
  let [sum, squares, covered, variance, completers] = [0, 0, 0, 0, 0]
  for (let trial = 0; trial < trials; trial++) {
    const data = simulated(perArm, EFFECT)
    const answer = multipleImputation(
      data,
      { strategy: 'MAR', reference: 0 },
      { seed: trial, analysis: 'coverage' },
      50,
    )
    if ('reason' in answer) throw new Error(answer.reason)
    const last = answer.differences[VISITS - 1][1]
    if (last === null) throw new Error('no difference')
    sum += last.estimate
    squares += last.estimate ** 2
    variance += last.se ** 2
    if (last.lower <= EFFECT && EFFECT <= last.upper) covered++
    completers += data.values.filter((value, cell) => cell % VISITS === VISITS - 1 && !Number.isNaN(value)).length
  }
  const mean = sum / trials
  const spread = (squares - trials * mean * mean) / (trials - 1)
  process.stdout.write(
    `MI under MAR, n = ${perArm} per arm, ${((100 * completers) / trials / perArm / 2).toFixed(0)} % with the last visit: bias ${(mean - EFFECT).toFixed(4)} (SE ${Math.sqrt(spread / trials).toFixed(4)}), coverage ${percent(covered, trials)}, mean variance / variance of estimates ${(variance / trials / spread).toFixed(3)}, ${trials} trials\n`,
  )
}

typeOneError(15)
imputation(50)
