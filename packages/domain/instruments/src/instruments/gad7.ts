import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore } from '../score.ts'
import { proratedSumAt, span } from '../tally.ts'

const ITEMS = span(1, 7)

/**
 * Generalized Anxiety Disorder scale, GAD-7.
 *
 * Definition  sum of seven answers; with one or two missing, mean of the answered x 7, unrounded [P].
 * Input       items 1-7, 0-3.
 * Output      GAD7, 0-21, lower is better.
 * Undefined   fewer than 5 items answered.
 * Source      range [C 37]; bands and change [L].
 */
export const gad7 = defineInstrument({
  code: 'GAD7',
  title: 'Generalized Anxiety Disorder scale (GAD-7)',
  versions: ['1'],
  licence: 'free',
  licenceNote: 'Free to use',
  items: ratings(1, 7, 0, 3),
  scores: [
    defineScore({
      code: 'GAD7',
      label: 'GAD-7 total score (0-21)',
      lowest: 0,
      highest: 21,
      direction: 'lower-is-better',
      minAnswered: 5,
      missingRule: 'at most 2 items missing; mean of the answered x 7, unrounded',
      bands: [
        { from: 0, label: 'minimal' },
        { from: 5, label: 'mild' },
        { from: 10, label: 'moderate' },
        { from: 15, label: 'severe' },
      ],
      thresholds: [
        {
          kind: 'within-person',
          value: -4,
          unit: 'points',
          text: 'minimal important change of one person',
          source: 'Toussaint et al., J Affect Disord 2020;265:395-401',
          mark: '[L]',
        },
      ],
      definition: 'Severity of anxiety over the last 2 weeks',
      formula: 'sum of seven answers 0-3',
      source: 'Spitzer et al., Arch Intern Med 2006;166:1092-1097',
      mark: '[C 37]',
    }),
  ],
  score(answers, into) {
    into[0] = proratedSumAt(answers, ITEMS, 5)
  },
})
