export const SCENARIOS = [
  'migraine-prevention',
  'cluster',
  'fibromyalgia',
  'neuropathic-pain',
  'migraine-acute',
  'cluster-acute',
  'cluster-prevention',
  'chronic-migraine',
  'vns-implant',
] as const
export type ScenarioName = (typeof SCENARIOS)[number]

/** What every scenario can have beside its diary, in files of their own. */
export const PARTS = ['questionnaires', 'stimulation', 'safety', 'laboratory', 'heart-rate'] as const
export type PartName = (typeof PARTS)[number]

/** Arms of every simulated trial, the reference last. */
export const ARMS = ['nVNS', 'sham'] as const
export type Arm = (typeof ARMS)[number]

/** What a simulated trial is like. Everything but the scenario, the seed and the number of subjects has a default. */
export interface SimulationOptions {
  readonly scenario: ScenarioName
  readonly seed: number
  readonly subjects: number
  /** Files beside the diary; without them those that belong to the scenario. */
  readonly parts?: readonly PartName[]
  /** Weeks of treatment, after four weeks of baseline. */
  readonly weeks?: number
  /** Mean change from baseline per arm, in the unit of the scenario (days/28 d, attacks/week, NRS points); negative is better. */
  readonly effect?: Readonly<Record<Arm, number>>
  /** Share of true responders per arm: 50 % reduction in headache, 30 % in pain. */
  readonly responderShare?: Readonly<Record<Arm, number>>
  /** Acute treatment: mean over the subjects of an arm of the probability that an attack responds. */
  readonly acuteResponse?: Readonly<Record<Arm, number>>
  /** Share of the diary days, until a subject leaves, that have an entry. */
  readonly compliance?: number
  /** Share of the entries that are submitted more than 48 hours after their day. */
  readonly late?: number
  /** Share of the entries that stand in the file twice. */
  readonly duplicates?: number
  /** Share of the entries outside the diary that stand in the file twice with different values. */
  readonly conflicts?: number
  /** Share of the answers, readings and results outside the diary that are missing. */
  readonly missing?: number
  /** Share of the subjects who leave during treatment. */
  readonly dropout?: number
}

export type ResolvedOptions = Required<SimulationOptions>

const ATTENDANCE = { compliance: 0.89, late: 0.02, duplicates: 0.005, conflicts: 0.002, missing: 0.02, dropout: 0.1 }

/** PRESTO (Tassorelli 2018): 30.4 and 19.7 % of first attacks. */
const PRESTO = { nVNS: 0.3, sham: 0.2 }
/** No files beside the diary; other scenarios than those of acute treatment treat no attacks. */
const BESIDE = { parts: [], acuteResponse: PRESTO } as const

type Scale = Pick<ResolvedOptions, 'weeks' | 'effect' | 'responderShare'> &
  Partial<Pick<ResolvedOptions, 'parts' | 'acuteResponse'>>

/** Acute treatment changes no frequency of attacks. */
const UNCHANGED = { effect: { nVNS: 0, sham: 0 }, responderShare: { nVNS: 0, sham: 0 } }

/**
 * Scale of each scenario, from published trials. Migraine: PREMIUM (Diener 2019: -2.26 and -1.80 migraine days,
 * 28.5 and 25.6 % responders). Cluster: PREVA (Gaul 2016: -5.9 and -2.1 attacks a week, 40 and 8.3 %); its attacks ACT1
 * (Silberstein 2016: 26.7 and 15.1 %). Chronic migraine: EVENT and the placebo arms beside it. Fibromyalgia, neuropathic pain
 * and the implant: no sham-controlled trial with usable numbers exists, so these are a convention of this project.
 */
const SCALE: Readonly<Record<ScenarioName, Scale>> = {
  'migraine-prevention': {
    weeks: 12,
    effect: { nVNS: -2.3, sham: -1.8 },
    responderShare: { nVNS: 0.29, sham: 0.25 },
  },
  cluster: { weeks: 4, effect: { nVNS: -5.9, sham: -2.1 }, responderShare: { nVNS: 0.4, sham: 0.08 } },
  fibromyalgia: { weeks: 12, effect: { nVNS: -1.5, sham: -1.1 }, responderShare: { nVNS: 0.35, sham: 0.25 } },
  'neuropathic-pain': { weeks: 8, effect: { nVNS: -1.4, sham: -1 }, responderShare: { nVNS: 0.33, sham: 0.24 } },
  'migraine-acute': { weeks: 4, ...UNCHANGED, acuteResponse: PRESTO },
  'cluster-acute': { weeks: 2, ...UNCHANGED, acuteResponse: { nVNS: 0.27, sham: 0.15 } },
  'cluster-prevention': { weeks: 4, effect: { nVNS: -5.9, sham: -2.1 }, responderShare: { nVNS: 0.4, sham: 0.08 } },
  'chronic-migraine': { weeks: 16, effect: { nVNS: -5, sham: -4 }, responderShare: { nVNS: 0.2, sham: 0.15 } },
  'vns-implant': {
    weeks: 12,
    effect: { nVNS: -1.5, sham: -1 },
    responderShare: { nVNS: 0.35, sham: 0.25 },
    parts: ['stimulation', 'safety'],
  },
}

export function resolveOptions(options: SimulationOptions): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const resolved = { ...ATTENDANCE, ...BESIDE, ...SCALE[options.scenario], ...given } as ResolvedOptions
  checkOptions(resolved)
  return resolved
}

/** Throws RangeError, naming the option, for a trial that cannot be made. */
function checkOptions(options: ResolvedOptions): void {
  const { seed, subjects, weeks, compliance, responderShare } = options
  if (!SCENARIOS.includes(options.scenario)) {
    throw new RangeError(`scenario ${options.scenario} is none of ${SCENARIOS.join(', ')}`)
  }
  const stranger = options.parts.find((part) => !PARTS.includes(part))
  if (stranger !== undefined) throw new RangeError(`parts: ${stranger} is none of ${PARTS.join(', ')}`)
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff)
    throw new RangeError('seed is a whole number below 2^32')
  if (!Number.isInteger(subjects) || subjects < 1 || subjects > 9_999_999) {
    throw new RangeError('subjects is a whole number from 1 to 9999999')
  }
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > 520)
    throw new RangeError('weeks is a whole number from 1 to 520')
  if (!(compliance > 0 && compliance <= 1)) throw new RangeError('compliance is a share above 0, at most 1')
  const { late, duplicates, conflicts, missing, dropout, acuteResponse } = options
  const shares = Object.entries({ late, duplicates, conflicts, missing, dropout, ...responderShare })
  for (const [name, share] of [...shares, ...Object.entries(acuteResponse)]) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} is a share from 0 to 1`)
  }
}
