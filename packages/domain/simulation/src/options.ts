export const SCENARIOS = ['migraine-prevention', 'cluster', 'fibromyalgia', 'neuropathic-pain'] as const
export type ScenarioName = (typeof SCENARIOS)[number]

/** Arms of every simulated trial, the reference last. */
export const ARMS = ['nVNS', 'sham'] as const
export type Arm = (typeof ARMS)[number]

/** What a simulated trial is like. Everything but the scenario, the seed and the number of subjects has a default. */
export interface SimulationOptions {
  readonly scenario: ScenarioName
  readonly seed: number
  readonly subjects: number
  /** Weeks of treatment, after four weeks of baseline. */
  readonly weeks?: number
  /** Mean change from baseline per arm, in the unit of the scenario (days/28 d, attacks/week, NRS points); negative is better. */
  readonly effect?: Readonly<Record<Arm, number>>
  /** Share of true responders per arm: 50 % reduction in headache, 30 % in pain. */
  readonly responderShare?: Readonly<Record<Arm, number>>
  /** Share of the diary days, until a subject leaves, that have an entry. */
  readonly compliance?: number
  /** Share of the entries that are submitted more than 48 hours after their day. */
  readonly late?: number
  /** Share of the entries that stand in the file twice. */
  readonly duplicates?: number
  /** Share of the subjects who leave during treatment. */
  readonly dropout?: number
}

export type ResolvedOptions = Required<SimulationOptions>

const ATTENDANCE = { compliance: 0.89, late: 0.02, duplicates: 0.005, dropout: 0.1 }

/**
 * Scale of each scenario, from published trials. Migraine: PREMIUM (Diener 2019: -2.26 and -1.80 migraine days,
 * 28.5 and 25.6 % responders). Cluster: PREVA (Gaul 2016: -5.9 and -2.1 attacks a week, 40 and 8.3 %). Fibromyalgia and
 * neuropathic pain: no sham-controlled trial with usable numbers exists, so these are a convention of this project.
 */
const SCALE: Readonly<Record<ScenarioName, Pick<ResolvedOptions, 'weeks' | 'effect' | 'responderShare'>>> = {
  'migraine-prevention': {
    weeks: 12,
    effect: { nVNS: -2.3, sham: -1.8 },
    responderShare: { nVNS: 0.29, sham: 0.25 },
  },
  cluster: { weeks: 4, effect: { nVNS: -5.9, sham: -2.1 }, responderShare: { nVNS: 0.4, sham: 0.08 } },
  fibromyalgia: { weeks: 12, effect: { nVNS: -1.5, sham: -1.1 }, responderShare: { nVNS: 0.35, sham: 0.25 } },
  'neuropathic-pain': { weeks: 8, effect: { nVNS: -1.4, sham: -1 }, responderShare: { nVNS: 0.33, sham: 0.24 } },
}

export function resolveOptions(options: SimulationOptions): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const resolved = { ...ATTENDANCE, ...SCALE[options.scenario], ...given } as ResolvedOptions
  checkOptions(resolved)
  return resolved
}

/** Throws RangeError, naming the option, for a trial that cannot be made. */
function checkOptions(options: ResolvedOptions): void {
  const { seed, subjects, weeks, compliance, responderShare } = options
  if (!SCENARIOS.includes(options.scenario)) {
    throw new RangeError(`scenario ${options.scenario} is none of ${SCENARIOS.join(', ')}`)
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff)
    throw new RangeError('seed is a whole number below 2^32')
  if (!Number.isInteger(subjects) || subjects < 1 || subjects > 9_999_999) {
    throw new RangeError('subjects is a whole number from 1 to 9999999')
  }
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > 520)
    throw new RangeError('weeks is a whole number from 1 to 520')
  if (!(compliance > 0 && compliance <= 1)) throw new RangeError('compliance is a share above 0, at most 1')
  const shares = { late: options.late, duplicates: options.duplicates, dropout: options.dropout, ...responderShare }
  for (const [name, share] of Object.entries(shares)) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} is a share from 0 to 1`)
  }
}
