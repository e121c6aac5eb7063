import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore, type Score } from '../score.ts'
import { numbered, proratedSumAt } from '../tally.ts'

const ANXIETY = numbered(1, 3, 5, 7, 9, 11, 13)
const DEPRESSION = numbered(2, 4, 6, 8, 10, 12, 14)

/**
 * Hospital Anxiety and Depression Scale, HADS.
 *
 * Definition  odd items anxiety, even items depression; each the sum of seven, missing items at the mean of the others.
 * Input       items 1-14 with the score 0-3 that the key gives the answer (several answers are printed in reverse order).
 * Output      HADSA, HADSD, 0-21, lower is better.
 * Undefined   a scale with fewer than 4 of 7 items.
 * Source      range and bands [C 38]; items of the scales, missing rule and change [L].
 */
export const hads = defineInstrument({
  code: 'HADS',
  title: 'Hospital Anxiety and Depression Scale (HADS)',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright, licensed by GL Assessment; a licence is needed to administer it [C 38]',
  items: ratings(1, 14, 0, 3),
  scores: [toScore('HADSA', 'anxiety', 'odd'), toScore('HADSD', 'depression', 'even')],
  score(answers, into) {
    into[0] = proratedSumAt(answers, ANXIETY, 4)
    into[1] = proratedSumAt(answers, DEPRESSION, 4)
  },
})

function toScore(code: string, name: string, items: string): Score {
  return defineScore({
    code,
    label: `HADS ${name} (0-21)`,
    lowest: 0,
    highest: 21,
    direction: 'lower-is-better',
    minAnswered: 4,
    missingRule: 'at least 4 of 7 items answered; mean of the answered x 7, unrounded',
    bands: [
      { from: 0, label: 'normal' },
      { from: 8, label: 'borderline' },
      { from: 11, label: 'case' },
    ],
    thresholds: [
      {
        kind: 'within-person',
        value: -1.7,
        unit: 'points',
        text: 'minimal important change of one person, from cardiovascular patients',
        source: 'Lemay et al., J Cardiopulm Rehabil Prev 2019;39:E6-E11',
        mark: '[L]',
      },
    ],
    definition: `Symptoms of ${name} over the last week`,
    formula: `sum of the seven ${items} items, scored 0-3 by the key`,
    source: 'Snaith, Health Qual Life Outcomes 2003;1:29',
    mark: '[C 38]',
  })
}
