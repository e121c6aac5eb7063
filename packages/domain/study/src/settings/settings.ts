import { z } from 'zod'
import { RECORD_FLAGS } from '../study.ts'
import { analyses, comparisons, estimands, multiplicity, seed } from './cohort-settings.ts'
import {
  acute,
  acutePreset,
  adherence,
  cluster,
  clusterPreset,
  headache,
  headachePreset,
  pain,
  responders,
  safety,
} from './family-settings.ts'
import { individual } from './individual-settings.ts'
import { autonomic, blq, laboratory } from './laboratory-settings.ts'
import { PRESET_NAMES } from './preset-names.ts'
import { fibromyalgia, mood, questionnaires } from './questionnaire-settings.ts'
import { SOURCE_SETTINGS } from './source-settings.ts'

/**
 * What a person may write into study.yaml: the raw form, shorthand included. Every setting has its description here, and
 * SETTINGS.md and the published JSON Schema are made from it.
 */

const word = z.string().min(1).max(200)
const studyDay = z.number().int().min(-9999).max(9999)
const days = z.number().int().min(1).max(9999)
const visitNumber = z.number().int().min(0).max(9999)
const none = z.literal('none')
const auto = z.literal('auto')

const baselineWindow = {
  from: studyDay.optional().describe('first study day'),
  to: studyDay.optional().describe('last study day'),
  label: word.optional().describe('as printed in AVISIT; default: Baseline'),
}

const arm = z.strictObject({
  name: word.describe('as printed: TRTP, TRTA'),
  reference: z.boolean().optional().describe('the arm that others are compared with; default: false'),
})

const diary = z.strictObject({
  lateHours: z
    .number()
    .min(0)
    .max(8760)
    .optional()
    .describe('an entry counts if submitted at most this many hours after the end of its day; default: 48 (R-LATE)'),
  episodeObserves: z
    .boolean()
    .optional()
    .describe('a day touched by an episode counts as observed without a daily form; default: true (R-MISS)'),
  logComplete: z
    .boolean()
    .optional()
    .describe('every day without an episode was free of headache; default: false (R-LOG)'),
})

const periodWindow = z.strictObject({
  visit: visitNumber.min(1).optional().describe('AVISITN; default: 1, 2, ... in order'),
  from: studyDay.describe('first study day'),
  to: studyDay.describe('last study day'),
  label: word.optional().describe('as printed in AVISIT; default: Weeks a to b, or Days a to b'),
})

const periods = z.strictObject({
  lengthDays: days.optional().describe('length of a period; default: 28'),
  baseline: z
    .strictObject({
      ...baselineWindow,
      minObserved: days.optional().describe('observed days that make the baseline valid; default: 20'),
    })
    .optional()
    .describe('baseline window; default: study days -28 to -1'),
  missing: z
    .enum(['prorate14', 'half', 'd20', 'strict80', 'complete'])
    .optional()
    .describe('a period is valid from 14 days on, more than half, 20 days, 80 %, or all days; named by the preset'),
  minObserved: z
    .union([auto, days])
    .optional()
    .describe('observed days that make a period valid, in place of `missing`; default: auto, as `missing` says'),
  count: z
    .union([auto, days.max(1000)])
    .optional()
    .describe('scheduled periods; default: auto, as many whole ones as the longest-observed subject has (R-CUT)'),
  windows: z
    .union([auto, z.array(periodWindow).min(1).max(1000)])
    .optional()
    .describe('windows of your own in place of counted periods; default: auto'),
  pooledMinObservedFraction: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('share of the days that a pooled value needs; default: 0.5'),
})

const weeks = z.strictObject({
  baseline: z.strictObject(baselineWindow).optional().describe('baseline week; default: study days -7 to -1'),
  minObserved: days.max(7).optional().describe('observed days that make a week valid; default: 4'),
  count: z
    .union([auto, days.max(1000)])
    .optional()
    .describe('scheduled weeks; default: auto, as many whole ones as the longest-observed subject has (R-CUT)'),
})

const visits = z.strictObject({
  baseline: z
    .strictObject(baselineWindow)
    .optional()
    .describe('baseline window; default: that of the periods, extended to study day 1'),
  windows: z
    .union([auto, z.array(periodWindow).min(1).max(1000)])
    .optional()
    .describe('windows of your own; default: auto, the periods'),
  choose: z.enum(['last', 'first']).optional().describe('which of several records in a window counts; default: last'),
})

const analysis = z.strictObject({
  debounceSeconds: z
    .number()
    .min(0)
    .max(3600)
    .optional()
    .describe('quiet time after the last upload before an analysis begins; default: 0.3'),
  maxWaitSeconds: z
    .number()
    .min(0)
    .max(86_400)
    .optional()
    .describe('an analysis begins after this time although uploads keep coming; default: 60'),
  keepRuns: days.optional().describe('runs whose tables are kept; default: 20'),
  outputs: z
    .array(z.enum(['arrow', 'csv']))
    .min(1)
    .optional()
    .describe('formats of the result tables; default: [arrow, csv]'),
})

export const STUDY_SETTINGS = z.strictObject({
  schemaVersion: z.literal(1).optional().describe('version of this form of study file; default: 1'),
  study: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'a-z 0-9 _ - alone, a letter or digit first, at most 63 characters')
    .describe('id of the study (STUDYID) and of its drop folder: a-z 0-9 _ -, at most 63 characters'),
  title: word.optional().describe('title of the study'),
  preset: z
    .enum(PRESET_NAMES)
    .optional()
    .describe('names the methods of every family, so that a small study stays small; what you set yourself wins'),
  condition: z
    .enum([
      'episodic-migraine',
      'chronic-migraine',
      'headache',
      'cluster',
      'fibromyalgia',
      'neuropathic-pain',
      'chronic-pain',
      'other',
    ])
    .optional()
    .describe('condition of the subjects; named by the preset'),
  timezone: word
    .optional()
    .describe('home zone of the subjects (Europe/Berlin), or none: clocks are taken as written (R-TZ)'),
  calendar: z
    .enum(['auto', 'dates', 'relative'])
    .optional()
    .describe('exports give dates, or study days alone; default: auto, by the mapped columns'),
  dataCut: z
    .union([none, z.iso.date()])
    .optional()
    .describe('last day that is analysed, as 2026-03-31; default: none, by the data (R-CUT)'),
  uploads: z
    .enum(['byName', 'newest', 'laterWins'])
    .optional()
    .describe('files in force: each name once (default), the newest of each group of names, or later rows win'),
  arms: z
    .record(z.string(), z.union([word, arm]))
    .optional()
    .describe('codes of the export to names of arms: { A: nVNS, S: { name: Sham, reference: true } }'),
  blinded: z.boolean().optional().describe('nothing that is published tells arms apart or names them; default: false'),
  diary: diary.optional().describe('which diary entries count'),
  periods: periods.optional().describe('28-day periods, or windows of your own'),
  weeks: weeks.optional().describe('study weeks'),
  visits: visits.optional().describe('visits of questionnaires, laboratory and heart-rate records'),
  headache: z
    .union([none, headachePreset, headache])
    .optional()
    .describe('headache and migraine days: the name of a preset, or its settings; none: not computed'),
  pain: z.union([none, pain]).optional().describe('daily pain ratings; none: not computed'),
  acute: z
    .union([none, acutePreset, acute])
    .optional()
    .describe('treated attacks, pain 0 to 3: the name of a preset, or its settings; none: not computed'),
  cluster: z
    .union([none, clusterPreset, cluster])
    .optional()
    .describe('cluster headache, pain 0 to 4: the name of a preset, or its settings; none: not computed'),
  individual: z
    .union([none, individual])
    .optional()
    .describe('what is said about one patient at a time; none: not computed'),
  flags: z
    .union([none, z.literal('all'), z.array(z.enum(RECORD_FLAGS)).min(1)])
    .optional()
    .describe('what records went through, as columns of adeff: Y where a record of the window did; default: none'),
  adherence: z
    .union([none, adherence])
    .optional()
    .describe(
      'adherence and dose of stimulation; named by the preset where a source tells of sessions; none: not computed',
    ),
  safety: z
    .union([none, z.literal('standard'), safety])
    .optional()
    .describe('adverse events; named by the preset where a source tells of them; none: not computed'),
  questionnaires: z
    .union([none, questionnaires])
    .optional()
    .describe('questionnaires that are scored, by code, with what each needs; none: not computed'),
  mood: z.union([none, mood]).optional().describe('dual response of pain and mood; none: not computed'),
  fibromyalgia: z
    .union([none, fibromyalgia])
    .optional()
    .describe('fibromyalgia response and its components; none: not computed'),
  laboratory: z
    .union([none, blq, laboratory])
    .optional()
    .describe('laboratory results: what stands for results below the limit, or settings; none: not computed'),
  autonomic: z
    .union([none, z.literal('standard'), autonomic])
    .optional()
    .describe('heart rate variability; none: not computed'),
  responders: responders.optional().describe('who is a responder'),
  primary: z
    .union([
      none,
      z.strictObject({
        parameter: word.describe('PARAMCD'),
        visit: visitNumber.describe('AVISITN'),
      }),
    ])
    .optional()
    .describe('parameter and visit of the responder columns in adsl; default: none'),
  seed,
  comparisons,
  estimands,
  analyses,
  multiplicity,
  sources: z
    .array(SOURCE_SETTINGS)
    .min(1)
    .max(100)
    .describe('kinds of files and how their columns are read; the first match wins'),
  schedule: z
    .union([
      none,
      z.strictObject({
        cron: word.describe("five fields: '0 6 * * 1'"),
        timezone: word.describe('zone of the clock'),
      }),
    ])
    .optional()
    .describe('analyse again at these times; default: none'),
  analysis: analysis.optional().describe('how analyses run; changes no result'),
})

export type RawStudy = z.infer<typeof STUDY_SETTINGS>
