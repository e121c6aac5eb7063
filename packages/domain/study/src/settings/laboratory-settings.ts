import { z } from 'zod'

/** The part of study.yaml about laboratory results and heart rate variability. */

const word = z.string().min(1).max(200)

export const blq = z.enum(['sqrt2', 'half'])

const analyte = z.strictObject({
  label: word.max(28).optional().describe('PARAM of an analyte of your own'),
  unit: word.max(12).optional().describe('its unit, in which results are given and written'),
  direction: z
    .enum(['lower-is-better', 'higher-is-better', 'none'])
    .optional()
    .describe('which way is better; default: none'),
})

export const laboratory = z.strictObject({
  blq: blq
    .optional()
    .describe(
      'a result below the limit of quantification is LLOQ / sqrt 2, or half of it (strong skew); named by the preset',
    ),
  analytes: z
    .record(z.string(), analyte)
    .optional()
    .describe(
      'analytes beside those that sources name: { IL6: {} }, or of your own: { COPEP: { label: Copeptin, unit: pmol/L } }',
    ),
})

export const autonomic = z.strictObject({
  preset: z.literal('standard').optional().describe('artefact rule, record lengths and spectrum (endpoints section 8)'),
  stimulation: z
    .array(z.enum(['off', 'on']))
    .min(1)
    .optional()
    .describe('records that are analysed: without and during stimulation; default: those that the sources can hold'),
})

const limit = z.number().positive()

const result = z.strictObject({
  column: word.optional().describe('column of the results, where each analyte has one'),
  unit: word.optional().describe('unit of the results, where no column names it'),
  lloq: limit.optional().describe('lower limit of quantification in that unit'),
  uloq: limit.optional().describe('upper limit of quantification in that unit'),
  values: z
    .record(z.string(), word)
    .optional()
    .describe("words of the export to results: { BLQ: '<', 'too high': '>' }, which need the limit"),
})

export const results = z.record(z.string(), z.union([word, result]))

export type RawLaboratory = z.infer<typeof laboratory>
export type RawResult = z.infer<typeof result>
