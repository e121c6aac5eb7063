import type { Areason } from '@afferent/records'
import { type AnalyticStudy, type AutonomicFamily, HRV_CODES, type HrvCode, hrvParameter } from '@afferent/study'
import type { CatalogueEntry, Convention, FlagColumn, Plan } from '../../catalogue/entry.ts'

type Stimulation = AutonomicFamily['stimulation'][number]

const REASONS: readonly Areason[] = [
  'NOT_REACHED',
  'DISCONTINUED',
  'MISSING_ITEMS',
  'NOT_EVALUABLE',
  'INSUFFICIENT_DAYS',
  'NO_BASELINE',
]

const ULTRAFL: FlagColumn = {
  name: 'ULTRAFL',
  label: 'Ultra-Short Record Flag',
  definition: 'Y: the value rests on less than 4 min of clean record',
  words: ['Y'],
}
const CORRFL: FlagColumn = {
  name: 'CORRFL',
  label: 'Corrected Record Flag',
  definition: 'Y: more than 5 % of the RR intervals of the record were removed as artefacts',
  words: ['Y'],
}

const CONVENTIONS: readonly Convention[] = [
  {
    id: 'hrv.stimulation',
    says: 'records during stimulation are parameters of their own (suffix S)',
    value: ({ autonomic }) => autonomic?.stimulation.join(', ') ?? 'off, on',
  },
  {
    id: 'hrv.session',
    says: 'records of one date (or of one named visit without a date) are a session: its first counts, and no later one in its place; of several sessions of a visit that of visits.choose',
    value: ({ visits }) => visits.choose,
  },
  {
    id: 'hrv.compared',
    says: 'no change where posture, device or class of length (less than 4 min clean, or not) differ from the baseline record, or one of the two does not name them',
  },
  {
    id: 'hrv.reasons',
    says: 'too short for the measure: INSUFFICIENT_DAYS; more than 20 % removed, 64 s without an accepted interval, or no variation: NOT_EVALUABLE',
  },
  { id: 'hrv.holes', says: 'an interval that could not be read is removed like an artefact' },
]

interface Text {
  readonly label: string
  readonly unit: string
  readonly definition: string
  readonly formula: string
  readonly mark: string
}

const MS = 'ms'
const POWER = 'ms2'
const SPECTRUM = 'resampled evenly at 4 Hz, linear detrend, Welch (Hann, 256 samples, 50 % overlap)'

const TEXTS: Readonly<Record<HrvCode, Text>> = {
  SDNN: {
    label: 'SDNN (ms)',
    unit: MS,
    definition: 'sample standard deviation of the NN intervals of the record',
    formula: 'sqrt(sum (NN - mean)^2 / (n - 1))',
    mark: '[C45]',
  },
  RMSSD: {
    label: 'RMSSD (ms)',
    unit: MS,
    definition: 'root mean square of successive NN differences, none across a removed interval',
    formula: 'sqrt(mean(d^2))',
    mark: '[C45]',
  },
  LNRMSSD: {
    label: 'Natural log of RMSSD',
    unit: 'ln ms',
    definition: 'natural logarithm of RMSSD in ms, for modelling',
    formula: 'ln(RMSSD)',
    mark: '[C45]',
  },
  PNN50: {
    label: 'pNN50 (%)',
    unit: '%',
    definition: 'successive NN differences of more than 50 ms, of all differences',
    formula: '100 * n(|d| > 50 ms) / n(d)',
    mark: '[C44]',
  },
  HFPOW: {
    label: 'High-frequency power (ms2)',
    unit: POWER,
    definition: `power from 0.15 to 0.40 Hz; ${SPECTRUM}`,
    formula: 'sum of the spectrum over the band * bin width',
    mark: '[C45]',
  },
  LFPOW: {
    label: 'Low-frequency power (ms2)',
    unit: POWER,
    definition: `power from 0.04 to 0.15 Hz; ${SPECTRUM}`,
    formula: 'sum of the spectrum over the band * bin width',
    mark: '[C45]',
  },
  HFNU: {
    label: 'Normalised high-frequency power',
    unit: 'share',
    definition: 'share of high-frequency power in that of both bands',
    formula: 'HF / (LF + HF)',
    mark: '[C45]',
  },
  LFHF: {
    label: 'Ratio of low- to high-frequency power',
    unit: 'ratio',
    definition: 'low- over high-frequency power; no measure of a balance',
    formula: 'LF / HF',
    mark: '[C45]',
  },
}

const IN_TIME: readonly HrvCode[] = ['SDNN', 'RMSSD', 'LNRMSSD', 'PNN50']

export const isTimeDomain = (code: HrvCode): boolean => IN_TIME.includes(code)

const visits = ({ visits: { spans } }: Plan): readonly (readonly [number, string])[] =>
  spans.map(({ visit, label }) => [visit, label] as const)

function entryOf(code: HrvCode, stimulation: Stimulation): CatalogueEntry {
  const { label, unit, definition, formula, mark } = TEXTS[code]
  const on = stimulation === 'on'
  return {
    code: hrvParameter(code, stimulation),
    label: on ? `${label}, during stimulation` : label,
    category: 'Heart rate variability',
    family: 'autonomic',
    unit,
    direction: 'none',
    table: 'adeff',
    definition: `${definition}; first record of the session ${on ? 'during' : 'without'} stimulation`,
    formula,
    window: 'the record of the visit: named by the export, else by its date',
    minimum: isTimeDomain(code) ? '60 s of clean record' : '4 min of clean record',
    missing: 'a visit without a record has no value; a record of which more than 20 % was removed has none',
    reasons: REASONS,
    mark: `${mark}; artefacts, lengths and comparisons [P]`,
    source: 'endpoints.md section 8; Task Force 1996',
    conventions: CONVENTIONS,
    flags: [ULTRAFL, CORRFL],
    method: (study: AnalyticStudy) => [
      study.autonomic?.preset ?? 'standard',
      'artefacts 300-2000 ms, 20 % of the median of 5',
      `first record of the ${study.visits.choose} session`,
    ],
    exists: (_, study) => study.autonomic?.stimulation.includes(stimulation) === true,
    never: () => null,
    compute: { kind: 'points', change: true, responders: false, pain: false, visits },
  }
}

export const HRV_ENTRIES: readonly CatalogueEntry[] = (['off', 'on'] as const).flatMap((stimulation) =>
  HRV_CODES.map((code) => entryOf(code, stimulation)),
)
