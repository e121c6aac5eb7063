import { defineInstrument } from '../instrument.ts'
import { rating } from '../item.ts'
import { defineScore } from '../score.ts'
import { meanAt, span, sumAt } from '../tally.ts'

/**
 * Brief Pain Inventory, short form, BPI-SF.
 *
 * Definition  severity = mean of worst, least, average and present pain; interference = mean of seven items.
 * Input       items 3-6 (worst, least, average, now) and 9a-9g (interference) of the print, 0-10.
 * Output      BPISEV, BPIINT, 0-10, lower is better. Recalled values, never merged with diary means.
 * Undefined   severity with any item missing; interference with fewer than 4 of 7.
 * Source      [C 24, C 36]; threshold [C 20].
 */
export const bpi = defineInstrument({
  code: 'BPI',
  title: 'Brief Pain Inventory, short form (BPI-SF)',
  versions: ['SF'],
  licence: 'required',
  licenceNote: 'Copyright Charles S. Cleeland (MD Anderson Cancer Center); permission is needed to use it [C 36]',
  items: [
    rating('3', 0, 10, { holds: 'worst pain' }),
    rating('4', 0, 10, { holds: 'least pain' }),
    rating('5', 0, 10, { holds: 'average pain' }),
    rating('6', 0, 10, { holds: 'present pain' }),
    ...[...'abcdefg'].map((letter) => rating(`9${letter}`, 0, 10)),
  ],
  scores: [
    defineScore({
      code: 'BPISEV',
      label: 'BPI-SF pain severity (0-10)',
      lowest: 0,
      highest: 10,
      direction: 'lower-is-better',
      minAnswered: 4,
      definition: 'Severity of pain: mean of worst, least, average and present pain, as recalled',
      formula: '(worst + least + average + now) / 4',
      source: 'Brief Pain Inventory user guide; ePPOC note on the BPI [C 24]',
      mark: '[C 36]',
    }),
    defineScore({
      code: 'BPIINT',
      label: 'BPI-SF pain interference (0-10)',
      lowest: 0,
      highest: 10,
      direction: 'lower-is-better',
      minAnswered: 4,
      missingRule: 'at least 4 of 7 items answered',
      thresholds: [
        {
          kind: 'within-person',
          value: -1,
          unit: 'points',
          text: 'minimal important change of pain interference',
          source: 'Dworkin et al., IMMPACT, J Pain 2008;9:105-121',
          mark: '[C 20]',
        },
      ],
      definition: 'Interference of pain with daily life: mean of seven items',
      formula: 'mean of the items answered',
      source: 'Brief Pain Inventory user guide; ePPOC note on the BPI [C 24]',
      mark: '[C 36]',
    }),
  ],
  score(answers, into) {
    into[0] = sumAt(answers, span(1, 4)) / 4
    into[1] = meanAt(answers, span(5, 11), 4)
  },
})
