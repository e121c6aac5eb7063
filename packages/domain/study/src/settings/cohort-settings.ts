import { z } from 'zod'
import {
  ANALYSIS_SETS,
  COUNT_METHODS,
  INTERCURRENT_EVENTS,
  MULTIPLICITY_METHODS,
  RESPONSE_METHODS,
  STRATEGIES,
  TIME_METHODS,
  VALUE_METHODS,
} from '../cohort-plan.ts'

/** The part of study.yaml about the cohort: endpoints.md section 10. */

const text = z.string().min(1).max(300)
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a-z 0-9 - alone, at most 40 characters')
const share = z.number().min(0).max(1)
const column = z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/, 'a column of adsl: at most 8 of A-Z 0-9, a letter first')

export const seed = z
  .number()
  .int()
  .min(0)
  .max(4_294_967_295)
  .optional()
  .describe('chance of resampling and imputation; default: 1')

export const comparisons = z
  .array(
    z.strictObject({
      arm: text.describe('code of an arm'),
      reference: text.describe('code of the arm it is compared with'),
    }),
  )
  .min(1)
  .max(50)
  .optional()
  .describe('pairs of arms; default: every arm with the reference')

const estimand = z.strictObject({
  treatment: text.describe('treatment conditions that are compared'),
  population: z.enum(ANALYSIS_SETS).describe('analysis set'),
  variable: text
    .optional()
    .describe('variable of each subject; default: outcome, parameter and visits of the analysis'),
  summary: text.optional().describe('summary measure; default: that of the method'),
  events: z
    .partialRecord(z.enum(INTERCURRENT_EVENTS), z.enum(STRATEGIES))
    .optional()
    .describe('strategy for each intercurrent event whose date a source maps'),
})

export const estimands = z
  .record(name, estimand)
  .optional()
  .describe('estimands by name (ICH E9(R1)); every analysis names one')

const analysis = z.strictObject({
  estimand: name.describe('name of its estimand'),
  parameter: z.string().min(1).max(8).describe('PARAMCD'),
  visits: z
    .array(z.number().int().min(1).max(9999))
    .min(1)
    .max(100)
    .optional()
    .describe('AVISITN; default: that of primary'),
  outcome: z
    .string()
    .regex(/^(CHG|AVAL|PCHG|YES|TIME|RSP\d+(\.\d+)?)$/, 'CHG, AVAL, PCHG, YES, TIME, or RSP and a cut: RSP50')
    .describe('CHG, AVAL, PCHG; RSP50 and the like: responders; YES: answers; TIME: time to event'),
  methods: z
    .array(z.enum([...VALUE_METHODS, ...RESPONSE_METHODS, ...COUNT_METHODS, ...TIME_METHODS]))
    .min(1)
    .max(20)
    .describe('analyses of section 10 by code; the first is the main one'),
  adjust: z
    .array(column)
    .max(10)
    .optional()
    .describe('columns of adsl: numbers are covariates, texts strata; the baseline is always one; default: none'),
  subgroups: z
    .array(column)
    .max(20)
    .optional()
    .describe('columns of adsl, or BASE: effect in each level, and interaction; default: none'),
  levelWeights: z
    .enum(['equal', 'proportional'])
    .optional()
    .describe('weights of strata in LS means (lsm.weights); default: equal'),
})

export const analyses = z.record(name, analysis).optional().describe('analyses of the cohort, by name; default: none')

export const multiplicity = z
  .union([
    z.literal('none'),
    z.strictObject({
      method: z
        .enum(MULTIPLICITY_METHODS)
        .describe('Holm, Hochberg, the fixed sequence, or a graph of weights and arrows'),
      analyses: z.array(name).min(2).max(50).describe('names of analyses, in their order'),
      weights: z.array(share).optional().describe('GATE: share of the level of each, at most 1 in all'),
      arrows: z
        .array(z.array(share))
        .optional()
        .describe('GATE: a row for each, the share it hands on to each of the others'),
    }),
  ])
  .optional()
  .describe('p values that are adjusted together; default: none')
