import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore } from '../score.ts'
import { proratedSumAt, span } from '../tally.ts'

const FUNCTION = span(1, 9)
const IMPACT = span(10, 11)
const SYMPTOMS = span(12, 21)

/**
 * Revised Fibromyalgia Impact Questionnaire, FIQR.
 *
 * Definition  sum of 9 function items / 3 + sum of 2 impact items + sum of 10 symptom items / 2; in each domain
 *             missing items take the mean of the answered ones.
 * Input       items 1-21 in the order of the print (1-9 function, 10-11 impact, 12-21 symptoms), 0-10.
 * Output      FIQR, 0-100, lower is better.
 * Undefined   fewer than half of a domain answered (5 of 9, 1 of 2, 5 of 10) [P].
 * Source      scoring and proration [C 35].
 */
export const fiqr = defineInstrument({
  code: 'FIQR',
  title: 'Revised Fibromyalgia Impact Questionnaire (FIQR)',
  versions: ['1'],
  licence: 'free',
  licenceNote: 'Published in an open access article (CC BY)',
  items: ratings(1, 21, 0, 10),
  scores: [
    defineScore({
      code: 'FIQR',
      label: 'FIQR total score (0-100)',
      lowest: 0,
      highest: 100,
      direction: 'lower-is-better',
      minAnswered: 11,
      missingRule: 'at least 5 of 9 function, 1 of 2 impact and 5 of 10 symptom items; each domain prorated',
      thresholds: [
        {
          kind: 'within-person',
          value: -14,
          unit: '%',
          text: 'minimal important change taken over from the FIQ, not established for the FIQR',
          source: 'Bennett et al., J Rheumatol 2009;36:1304-1311, of the FIQ',
          mark: '[C 34]',
        },
      ],
      definition: 'Impact of fibromyalgia over the last week, revised questionnaire',
      formula: 'function sum / 3 + impact sum + symptom sum / 2',
      source: 'Bennett et al., Arthritis Res Ther 2009;11:R120, doi 10.1186/ar2783',
      mark: '[C 35]',
    }),
  ],
  score(answers, into) {
    const impact = proratedSumAt(answers, IMPACT, 1)
    into[0] = proratedSumAt(answers, FUNCTION, 5) / 3 + impact + proratedSumAt(answers, SYMPTOMS, 5) / 2
  },
})
