import { PARTS, SCENARIOS, type SimulationOptions } from '@afferent/simulation'

/**
 * One small trial for every scenario, and for every part of files beside a diary; the laws hold for each. Rates of late,
 * double, contradicting and missing entries are high, so that few rows show them.
 */
const MESSY = { seed: 5, late: 0.04, duplicates: 0.04, conflicts: 0.04, missing: 0.05, dropout: 0.3 } as const

export interface Sample {
  readonly name: string
  readonly options: SimulationOptions
}

const SIZE: Partial<Record<(typeof SCENARIOS)[number], Partial<SimulationOptions>>> = {
  'migraine-prevention': { weeks: 8 },
  fibromyalgia: { weeks: 8 },
  'neuropathic-pain': { weeks: 4 },
  'vns-implant': { weeks: 8 },
  'migraine-acute': { subjects: 16 },
  'cluster-acute': { subjects: 16 },
}

const alone = SCENARIOS.map((scenario): Sample => {
  return { name: scenario, options: { ...MESSY, scenario, subjects: 7, ...SIZE[scenario] } }
})

/** Each part with a diary whose endpoints it joins. */
const BESIDE = { questionnaires: 'fibromyalgia', stimulation: 'migraine-prevention' } as const

const withParts = PARTS.map((part): Sample => {
  const scenario = part in BESIDE ? BESIDE[part as keyof typeof BESIDE] : 'neuropathic-pain'
  const options = { ...MESSY, scenario, subjects: 6, weeks: 8, parts: [part] } as const
  return { name: `${scenario} with ${part}`, options }
})

const ALL: Sample = {
  name: 'neuropathic-pain with everything',
  options: { ...MESSY, scenario: 'neuropathic-pain', subjects: 5, weeks: 4, parts: PARTS },
}

export const SAMPLES: readonly Sample[] = [...alone, ...withParts, ALL]
