import type { PresetName } from './preset-names.ts'
import type { RawStudy } from './settings.ts'

/** A preset names the method of every family (R-METH). Settings of the study file win over it, one by one. */
export interface Preset {
  readonly says: string
  readonly settings: Pick<
    RawStudy,
    'condition' | 'periods' | 'headache' | 'pain' | 'acute' | 'cluster' | 'mood' | 'fibromyalgia' | 'responders'
  > &
    Pick<Required<RawStudy>, keyof typeof BESIDE>
}

/** Taken where a source tells of them. */
const BESIDE = {
  laboratory: 'sqrt2',
  autonomic: 'standard',
  adherence: { thresholds: [66, 67, 80] },
  safety: 'standard',
} satisfies Partial<RawStudy>
const NRI = { missing: 'NRI' } as const

const clusterSettings = (preset: 'weekly' | 'attacks'): Preset['settings'] => ({
  condition: 'cluster',
  periods: { missing: 'prorate14' },
  headache: 'none',
  pain: 'none',
  cluster: { preset },
  responders: NRI,
  ...BESIDE,
})

const weeklyPain = (condition: NonNullable<RawStudy['condition']>, says: string): Preset => ({
  says,
  settings: {
    condition,
    periods: { missing: 'prorate14' },
    headache: 'none',
    pain: { threshold: 4, bands: 'nrs-1-4-7', ttrConfirmWeeks: 2, sustainWeeks: 4 },
    responders: NRI,
    ...BESIDE,
  },
})

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  'migraine-prevention': {
    says: 'monthly migraine days by IHS criteria (4 h), 28-day periods from 14 diary days on, baseline from 20',
    settings: {
      condition: 'episodic-migraine',
      periods: { missing: 'prorate14', baseline: { minObserved: 20 } },
      headache: { preset: 'ihs-4h', durationBasis: 'episode' },
      pain: 'none',
      responders: NRI,
      ...BESIDE,
    },
  },
  'chronic-migraine': {
    says: 'headache days of at least moderate severity for 4 h on that day, or treated with a migraine medication',
    settings: {
      condition: 'chronic-migraine',
      periods: { missing: 'prorate14', baseline: { minObserved: 20 } },
      headache: { preset: 'cm-mod4h', durationBasis: 'day' },
      pain: 'none',
      responders: NRI,
      ...BESIDE,
    },
  },
  'headache-diary': {
    says: 'any headache counts, migraine is what the patient calls so; 28-day periods from 14 diary days on',
    settings: {
      condition: 'headache',
      periods: { missing: 'prorate14', baseline: { minObserved: 20 } },
      headache: { preset: 'any', migraineSource: 'patient' },
      pain: 'none',
      responders: NRI,
      ...BESIDE,
    },
  },
  'migraine-acute': {
    says: 'treated attacks of moderate or severe pain: pain-free at 2 h without rescue, and until 24 h and 48 h',
    settings: {
      condition: 'episodic-migraine',
      periods: { missing: 'prorate14' },
      headache: 'none',
      pain: 'none',
      acute: { preset: 'standard' },
      responders: NRI,
      ...BESIDE,
    },
  },
  'cluster-prevention': {
    says: 'weekly attacks of cluster headache, study week by study week from 4 of 7 days on; name cluster: preva or gal-ech for their windows',
    settings: clusterSettings('weekly'),
  },
  'cluster-acute': {
    says: 'treated attacks of cluster headache: response and pain freedom at 15 min without rescue',
    settings: clusterSettings('attacks'),
  },
  'chronic-pain': weeklyPain('chronic-pain', 'weekly means of daily pain ratings, response confirmed over two weeks'),
  'neuropathic-pain': weeklyPain('neuropathic-pain', 'weekly means of daily pain ratings from 4 of 7 days on'),
  fibromyalgia: withFibromyalgia(
    weeklyPain(
      'fibromyalgia',
      'weekly means of daily pain ratings; fibromyalgia response and dual response of pain and mood where they are fed',
    ),
  ),
}

function withFibromyalgia({ says, settings }: Preset): Preset {
  return { says, settings: { ...settings, mood: {}, fibromyalgia: {} } }
}
