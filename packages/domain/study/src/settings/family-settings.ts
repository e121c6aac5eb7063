import { z } from 'zod'

/** The part of study.yaml that names methods: headache, pain, treated attacks, cluster headache, responders. */

const days = z.number().int().min(1).max(9999)
const auto = z.literal('auto')

export const headachePreset = z.enum(['any', 'ihs-4h', 'leiden-30m', 'cm-mod4h'])
export const headache = z.strictObject({
  preset: headachePreset.optional().describe('what a headache day and a migraine day are (endpoints section 3)'),
  migraineSource: z
    .enum(['criteria', 'patient'])
    .optional()
    .describe(
      "migraine days by the preset's criteria or by the patient's yes/no; default: criteria (preset any: patient)",
    ),
  durationBasis: z
    .enum(['episode', 'day'])
    .optional()
    .describe('what the minimum duration tests: the whole episode, or its part on the day; default: episode'),
  featureScope: z
    .enum(['episode', 'day'])
    .optional()
    .describe('symptoms are recorded per episode, or once a day; default: episode'),
  probable: z.boolean().optional().describe('count probable migraine (one criterion missing); default: false'),
  attackRule: z
    .enum(['auto', 'gapHours', 'freeDay'])
    .optional()
    .describe('what parts two attacks: hours without pain, or a whole headache-free day; default: by the layout'),
  gapHours: z.number().min(0).max(720).optional().describe('hours without pain between two attacks; default: 24'),
  maxMissing: z
    .number()
    .int()
    .min(0)
    .max(28)
    .optional()
    .describe('missing days that do not part an attack (freeDay); default: 1'),
  relapseHours: z
    .number()
    .min(0)
    .max(720)
    .optional()
    .describe('a headache this soon after a treated one is its relapse; default: 0, none'),
  nrsCuts: z
    .tuple([z.number().min(0).max(10), z.number().min(0).max(10), z.number().min(0).max(10)])
    .optional()
    .describe('severityNrs: mild above the first, moderate from the second, severe from the third; default: [0, 4, 7]'),
  sustainPeriods: days.max(100).optional().describe('periods at the end that a sustained response needs; default: 3'),
  overuseRegular: z
    .boolean()
    .optional()
    .describe('overuse needs 2 intake days in every week with at least 5 diary days as well; default: false'),
  overuseOther: z
    .union([z.literal('none'), days.max(28)])
    .optional()
    .describe('days per 28 from which gepants and ditans are overused (ICHD-3 8.2.8: 10); default: none'),
})

export const pain = z.strictObject({
  kinds: z
    .union([auto, z.array(z.enum(['avg', 'worst', 'least', 'now'])).min(1)])
    .optional()
    .describe('ratings to analyse; default: auto, those the sources map'),
  threshold: z.number().min(0).max(10).optional().describe('PND4 counts days with at least this pain; default: 4'),
  bands: z.enum(['nrs-1-4-7', 'eppoc-0-5-7']).optional().describe('severity bands; default: nrs-1-4-7'),
  ttrConfirmWeeks: days.max(100).optional().describe('consecutive weeks that make a response; default: 2'),
  sustainWeeks: days.max(1000).optional().describe('weeks at the end that a sustained response needs; default: 4'),
  flareDelta: z
    .number()
    .gt(0)
    .max(10)
    .optional()
    .describe('points above the mean of the baseline week that make a day one of a flare; default: 2'),
  daily: z
    .boolean()
    .optional()
    .describe('a row per rated date as well (PNAVG, PNWST, PNLST, PNNOW; AVISITN is the study day); default: false'),
})

export const adherence = z.strictObject({
  sessionsPerDay: z
    .union([auto, z.number().int().min(1).max(100)])
    .optional()
    .describe('sessions prescribed per day, where no column says it; default: auto, the column prescribed alone'),
  thresholds: z
    .array(z.number().int().min(1).max(100))
    .min(1)
    .max(6)
    .optional()
    .describe('whole percents that STIMADH is flagged at (adh.threshold); default: [66, 67, 80]'),
  sessionMinutes: z
    .union([z.literal('none'), z.number().positive().max(1440)])
    .optional()
    .describe(
      'nominal minutes of a session: stands in where they are missing, twice as long is a finding; default: none',
    ),
  minMinutes: z
    .number()
    .min(0)
    .max(1440)
    .optional()
    .describe('a session shorter than this does not count as delivered; default: 0'),
  surplusSessions: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .optional()
    .describe('sessions of a day beyond those prescribed before it is a finding; default: 3'),
})

export const safety = z.strictObject({
  followUpDays: z
    .number()
    .int()
    .min(0)
    .max(3650)
    .optional()
    .describe('days after the last stimulation in which an event is treatment-emergent; default: 30'),
})

export const acutePreset = z.enum(['standard', 'early'])
const tolerance = z.number().min(0).max(60).optional()
export const acute = z.strictObject({
  preset: acutePreset
    .optional()
    .describe('when attacks are treated: standard, at moderate or severe pain; early, at mild pain too'),
  minPain: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .describe('least pain at t0 that an attack is evaluated from; default: 2 (preset early: 1)'),
  windows: z
    .strictObject({
      '30': tolerance.describe('minutes around 30 min; default: 10'),
      '60': tolerance.describe('minutes around 60 min; default: 15'),
      '120': tolerance.describe('minutes around 120 min; default: 30'),
    })
    .optional()
    .describe('how far a reading may lie from its time, limits included'),
})

export const clusterPreset = z.enum(['preva', 'gal-ech', 'weekly', 'attacks'])
export const cluster = z.strictObject({
  preset: clusterPreset
    .optional()
    .describe(
      'windows of the weekly attacks: preva, 14-day run-in and days 15 to 28; gal-ech, weeks and the mean of weeks 1 to 3; ' +
        'weekly, weeks alone; attacks: treated attacks alone, no weekly attacks',
    ),
})

export const responders = z.strictObject({
  cuts: z
    .array(z.number().int().min(1).max(100))
    .min(1)
    .max(4)
    .optional()
    .describe('reductions in whole percent that make CRIT1 to CRIT4; default: [30, 50, 75, 100]'),
  missing: z
    .enum(['NRI', 'OC'])
    .optional()
    .describe('a missing value is no response (NRI) or stays missing (OC); named by the preset'),
  zeroBaseline: z
    .enum(['exclude', 'nonresponder'])
    .optional()
    .describe('subjects with a baseline of 0 leave the denominator, or count as no response; default: exclude'),
})
