import { z } from 'zod'

/** The part of study.yaml about one patient at a time: endpoints.md section 9. */

const code = z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/, 'a PARAMCD: at most 8 characters, A-Z 0-9, a letter first')
const codes = z.array(code).min(1).max(9)
const occasions = z.number().int().min(1).max(9999)

const norm = z.strictObject({
  sd: z.number().gt(0).describe('standard deviation of a reference population'),
  r: z.number().min(0).lt(1).describe('test-retest correlation'),
  source: z.string().min(1).max(120).describe('where both stand: citation, printed in METHOD'),
})

export const individual = z.strictObject({
  parameters: codes
    .optional()
    .describe('judged at every visit: RCI (those of reliableChange), RSPCLASS; default: none'),
  series: codes
    .optional()
    .describe(
      'compared before and after day 1: NAP, TAU, TAUU, TSSLOPE, LAG1, RTP; PNAVG by date, others by visit; default: none',
    ),
  reliableChange: z
    .record(code, norm)
    .optional()
    .describe('reliable change by parameter: { HIT6: { sd: 7.5, r: 0.84, source: ... } }; default: none'),
  randomisation: z
    .union([
      z.literal('none'),
      z.strictObject({
        minBaseline: occasions.describe('fewest occasions before the start'),
        minTreatment: occasions.describe('fewest occasions from the start on'),
      }),
    ])
    .optional()
    .describe('the start of treatment was drawn by lot among these occasions: RTP; default: none'),
})
