export const PRESET_NAMES = [
  'migraine-prevention',
  'chronic-migraine',
  'headache-diary',
  'migraine-acute',
  'cluster-prevention',
  'cluster-acute',
  'chronic-pain',
  'neuropathic-pain',
  'fibromyalgia',
] as const
export type PresetName = (typeof PRESET_NAMES)[number]
