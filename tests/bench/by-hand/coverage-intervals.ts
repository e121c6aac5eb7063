import {
  ancova,
  clopperPearson,
  hodgesLehmann,
  isMissing,
  logistic,
  miettinenNurminen,
  negativeBinomial,
  newcombe,
  pooledDifference,
  randomAt,
  riskRatio,
  stratifiedDifference,
  welch,
  wilsonInterval,
} from '@afferent/statistics'

/**
 * Nightly: how often 95 % intervals hold the truth, in simulated trials of 50 per arm. `--trials N` (default 4000). Figures
 * stand in the README of the package. Clopper-Pearson promises at least 95 %, the others about 95 %.
 */
const given = process.argv.indexOf('--trials')
const TRIALS = given < 0 ? 4000 : Number(process.argv[given + 1])
const PER_ARM = 50
const [P1, P2] = [0.45, 0.25]

interface Limits {
  readonly lower: number
  readonly upper: number
}

const held = new Map<string, { held: number; of: number }>()

function note(name: string, found: Limits | { readonly reason: string } | null, truth: number): void {
  const counts = held.get(name) ?? { held: 0, of: 0 }
  held.set(name, counts)
  if (found === null || isMissing(found)) return
  counts.of++
  if (found.lower <= truth && truth <= found.upper) counts.held++
}

for (let trial = 0; trial < TRIALS; trial++) {
  const random = randomAt('20261128', 'coverage of intervals', trial)
  const binomial = (n: number, p: number): number =>
    Array.from({ length: n }, () => (random.uniform() < p ? 1 : 0)).reduce<number>((a, b) => a + b, 0)
  const counts = { x1: binomial(PER_ARM, P1), n1: PER_ARM, x2: binomial(PER_ARM, P2), n2: PER_ARM }
  note('WILSON', wilsonInterval(counts.x1, PER_ARM), P1)
  note('Clopper-Pearson', clopperPearson(counts.x1, PER_ARM), P1)
  note('NEWC', newcombe(counts), P1 - P2)
  note('MN', miettinenNurminen(counts), P1 - P2)
  note('RR', riskRatio(counts), P1 / P2)
  const strata = [0.1, -0.1].map((shift) => ({
    x1: binomial(25, P1 + shift),
    n1: 25,
    x2: binomial(25, P2 + shift),
    n2: 25,
  }))
  note('CMH, Sato', stratifiedDifference(strata, 'sato'), P1 - P2)
  note('CMH, score', stratifiedDifference(strata, 'score'), P1 - P2)
  const arm = Int32Array.from({ length: 2 * PER_ARM }, (_, s) => s % 2)
  const base = Float64Array.from(arm, () => random.normal())
  const subjects = { arm, arms: 2, reference: 0, covariates: [base] }
  const values = Float64Array.from(arm, (own, s) => -2 * own + 0.6 * (base[s] as number) + random.normal())
  const [one, two] = [1, 0].map((code) => values.filter((_, s) => arm[s] === code)) as [Float64Array, Float64Array]
  note('TTEST', pooledDifference(one, two), -2)
  note(
    'WELCH',
    welch(
      one.map((value) => 2 * value + 2),
      two,
    ),
    -4 + 2,
  )
  note('HL', hodgesLehmann(one, two), -2)
  const adjusted = ancova(values, subjects)
  const difference = isMissing(adjusted) ? null : (adjusted.differences[1] ?? null)
  note('ANCOVA', difference, -2)
  const response = Uint8Array.from(arm, (own, s) =>
    random.uniform() < 1 / (1 + Math.exp(0.8 - own - 0.5 * (base[s] as number))) ? 1 : 0,
  )
  const odds = logistic(response, subjects)
  note('LOGIT', isMissing(odds) ? null : (odds.oddsRatios[1] ?? null), Math.E)
  const events = Float64Array.from(arm, (own) => {
    // Gamma of shape 2 as the sum of two exponentials: dispersion 1/2.
    const rate = -4 * (own === 1 ? 0.6 : 1) * (Math.log(1 - random.uniform()) + Math.log(1 - random.uniform()))
    let [count, product] = [-1, 1]
    for (const least = Math.exp(-rate); product > least; count++) product *= random.uniform()
    return count
  })
  const rates = negativeBinomial(events, new Float64Array(arm.length).fill(28), { arm, arms: 2, reference: 0 })
  note('NEGBIN', isMissing(rates) ? null : (rates.rateRatios[1] ?? null), 0.6)
}

for (const [name, { held: count, of }] of held) {
  const share = count / of
  const se = Math.sqrt((share * (1 - share)) / of)
  process.stdout.write(
    `${name.padEnd(16)} ${(100 * share).toFixed(2)} % (SE ${(100 * se).toFixed(2)}), ${of} of ${TRIALS} answered\n`,
  )
}
