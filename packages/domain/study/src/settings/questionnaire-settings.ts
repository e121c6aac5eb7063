import { z } from 'zod'
import { MOOD_SCALES } from '../questionnaires/mood-scales.ts'

/** The part of study.yaml about questionnaires and what rests on them: dual response, fibromyalgia response. */

const word = z.string().min(1).max(200)
const none = z.literal('none')

const questionnaire = z.strictObject({
  licence: z
    .boolean()
    .optional()
    .describe('you hold the licence or permission to use it, which instruments under copyright need'),
  version: word.optional().describe('version of forms that name none'),
  orientation: z
    .enum(['1best', '7best'])
    .optional()
    .describe('PGIC: whether 1 or 7 is very much improved; forms exist in both directions'),
  table: z
    .record(z.string(), z.number())
    .optional()
    .describe('raw sum to T score (PROMIS), profile to value (EQ-5D): not shipped, you bring it'),
  scores: z
    .array(word)
    .min(1)
    .optional()
    .describe('codes of the scores to write; default: all that the forms give, and the totals mapped'),
  thresholds: z
    .record(z.string(), z.union([none, z.number().positive()]))
    .optional()
    .describe('code of a score to the change of one person that matters (CRIT5); default: the published one'),
})

export const questionnaires = z.record(z.string(), questionnaire)

const painCut = z.number().int().min(1).max(100)

export const mood = z.strictObject({
  scale: z.enum(MOOD_SCALES).optional().describe('PARAMCD of the mood scale; default: the one that the study computes'),
  pain: word.optional().describe('PARAMCD of the pain outcome; default: MMD in headache, else PNAVGM or PNAVGW'),
  painCut: painCut
    .optional()
    .describe('reduction in percent that is a pain response; default: 50 in headache, else 30'),
})

const component = (says: string) =>
  z.union([none, word]).optional().describe(`PARAMCD of ${says}; default: one that the study computes`)

export const fibromyalgia = z.strictObject({
  pain: component('pain'),
  function: component('physical function'),
  sleep: component('sleep'),
  fatigue: component('fatigue'),
  depression: component('depression'),
  anxiety: component('anxiety'),
  cognition: component('cognition'),
  tenderness: component('tenderness, for the coverage of core domains'),
  global: component('the global impression of the patient, for the coverage of core domains'),
})

export type RawQuestionnaire = z.infer<typeof questionnaire>
export type RawMood = z.infer<typeof mood>
export type RawFibromyalgia = z.infer<typeof fibromyalgia>
