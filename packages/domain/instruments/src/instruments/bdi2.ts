import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore } from '../score.ts'
import { span, sumAt } from '../tally.ts'

const ITEMS = span(1, 21)

/**
 * Beck Depression Inventory, BDI-II.
 *
 * Definition  sum of 21 answers.
 * Input       items 1-21, 0-3; of the lettered answers of items 16 and 18 (1a, 1b ...) the number alone.
 * Output      BDI2, 0-63, lower is better.
 * Undefined   any item missing.
 * Source      bands [L]; change of 5, established for the BDI [C 20].
 */
export const bdi2 = defineInstrument({
  code: 'BDI2',
  title: 'Beck Depression Inventory II (BDI-II)',
  versions: ['2'],
  licence: 'required',
  licenceNote: 'Copyright Pearson; forms are bought from the publisher',
  items: ratings(1, 21, 0, 3),
  scores: [
    defineScore({
      code: 'BDI2',
      label: 'BDI-II total score (0-63)',
      lowest: 0,
      highest: 63,
      direction: 'lower-is-better',
      minAnswered: 21,
      bands: [
        { from: 0, label: 'minimal' },
        { from: 14, label: 'mild' },
        { from: 20, label: 'moderate' },
        { from: 29, label: 'severe' },
      ],
      thresholds: [
        {
          kind: 'within-person',
          value: -5,
          unit: 'points',
          text: 'minimal important change, established for the first BDI',
          source: 'Dworkin et al., IMMPACT, J Pain 2008;9:105-121',
          mark: '[C 20]',
        },
      ],
      definition: 'Severity of depressive symptoms over the last 2 weeks',
      formula: 'sum of 21 answers 0-3',
      source: 'Beck, Steer and Brown, BDI-II manual, 1996',
      mark: '[L]',
    }),
  ],
  score(answers, into) {
    into[0] = sumAt(answers, ITEMS)
  },
})
