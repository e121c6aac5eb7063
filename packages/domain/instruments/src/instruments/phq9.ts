import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore } from '../score.ts'
import { proratedSumAt, span } from '../tally.ts'

const ITEMS = span(1, 9)
/** Thoughts of death or self-harm. */
const SAFETY_ITEM = 8

/**
 * Patient Health Questionnaire, PHQ-9.
 *
 * Definition  sum of nine answers; with one or two missing, mean of the answered x 9, unrounded.
 * Input       items 1-9, 0-3. The question about difficulty that follows is not scored.
 * Output      PHQ9, 0-27, lower is better. Item 9 above 0 is a safety event PHQ9I9 whatever the total; a missing item 9
 *             is none.
 * Undefined   fewer than 7 items answered.
 * Source      range and bands [C 37]; missing rule and thresholds [L].
 */
export const phq9 = defineInstrument({
  code: 'PHQ9',
  title: 'Patient Health Questionnaire, depression (PHQ-9)',
  versions: ['1'],
  licence: 'free',
  licenceNote: 'Free to use',
  items: ratings(1, 9, 0, 3),
  scores: [
    defineScore({
      code: 'PHQ9',
      label: 'PHQ-9 total score (0-27)',
      lowest: 0,
      highest: 27,
      direction: 'lower-is-better',
      minAnswered: 7,
      missingRule: 'at most 2 items missing; mean of the answered x 9, unrounded',
      bands: [
        { from: 0, label: 'minimal' },
        { from: 5, label: 'mild' },
        { from: 10, label: 'moderate' },
        { from: 15, label: 'moderately severe' },
        { from: 20, label: 'severe' },
      ],
      thresholds: [
        {
          kind: 'within-person',
          value: -5,
          unit: 'points',
          text: 'clinically important change of one person',
          source: 'Löwe et al., Med Care 2004;42:1194-1201',
          mark: '[L]',
        },
        {
          kind: 'response',
          value: -50,
          unit: '%',
          text: 'response: half of the baseline or less',
          source: 'Löwe et al., Med Care 2004;42:1194-1201',
          mark: '[L]',
        },
        {
          kind: 'remission',
          value: 5,
          unit: 'points',
          text: 'remission: below 5',
          source: 'Kroenke et al., J Gen Intern Med 2001;16:606-613',
          mark: '[L]',
        },
      ],
      definition: 'Severity of depressive symptoms over the last 2 weeks',
      formula: 'sum of nine answers 0-3',
      source: 'Kroenke et al., J Gen Intern Med 2001;16:606-613',
      mark: '[C 37]',
    }),
  ],
  score(answers, into) {
    into[0] = proratedSumAt(answers, ITEMS, 7)
  },
  events(answers) {
    const value = answers[SAFETY_ITEM] as number
    const says = 'PHQ-9 item 9 above 0: thoughts of death or self-harm, to be assessed by a clinician'
    return value > 0 ? [{ code: 'PHQ9I9', item: '9', value, says }] : []
  },
})
