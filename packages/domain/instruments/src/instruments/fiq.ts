import { defineInstrument } from '../instrument.ts'
import { amount, rating } from '../item.ts'
import { defineScore } from '../score.ts'
import { meanAt, span } from '../tally.ts'

const FUNCTION = span(1, 11)
const GOOD_DAYS = 11
const MISSED_DAYS = 12
const SCALES = span(14, 20)
const PARTS = 10
const MIN_PARTS = 8

/**
 * Fibromyalgia Impact Questionnaire, FIQ.
 *
 * Definition  ten parts of 0-10 each: mean of the function items x 10/3; (7 - days felt good) x 10/7; days missed x
 *             10/7; the seven scales as they are. FIQ = sum of the parts present x 10 / their number.
 * Input       items 1a-1k (function, 0-3), 2 (days felt good, 0-7), 3 (days missed, 0-7), 4-10 (scales 0-10, marks on a
 *             line may have decimals). The print with ten function items leaves 1k out.
 * Output      FIQ, 0-100, lower is better.
 * Undefined   the function part with fewer than 6 of 11 items; FIQ with fewer than 8 of 10 parts [P].
 * Source      steps [C 33]; change of 14 % [C 34]; severity [L].
 */
export const fiq = defineInstrument({
  code: 'FIQ',
  title: 'Fibromyalgia Impact Questionnaire (FIQ)',
  versions: ['1'],
  licence: 'free',
  licenceNote: 'Free for use in studies',
  items: [
    ...[...'abcdefghijk'].map((letter) => rating(`1${letter}`, 0, 3)),
    rating('2', 0, 7, { holds: 'days felt good in the last week' }),
    rating('3', 0, 7, { holds: 'days missed in the last week' }),
    ...['4', '5', '6', '7', '8', '9', '10'].map((id) => amount(id, 0, 10)),
  ],
  scores: [
    defineScore({
      code: 'FIQ',
      label: 'FIQ total score (0-100)',
      lowest: 0,
      highest: 100,
      direction: 'lower-is-better',
      minAnswered: MIN_PARTS,
      missingRule: 'at least 8 of 10 parts present; the function part needs 6 of its 11 items',
      bands: [
        { from: 0, label: 'mild' },
        { from: 39, label: 'moderate' },
        { from: 59, label: 'severe' },
      ],
      thresholds: [
        {
          kind: 'within-person',
          value: -14,
          unit: '%',
          text: 'minimal important change of one person, 14 % of the baseline',
          source: 'Bennett et al., J Rheumatol 2009;36:1304-1311',
          mark: '[C 34]',
        },
      ],
      definition: 'Impact of fibromyalgia over the last week',
      formula: 'sum of the parts present * 10 / number of parts present',
      source: 'Burckhardt et al., J Rheumatol 1991;18:728-733; severity: Bennett et al., J Rheumatol 2009;36:1304-1311',
      mark: '[C 33]',
    }),
  ],
  score(answers, into) {
    const parts = fiqParts(answers)
    into[0] = PARTS * meanAt(parts, span(1, PARTS), MIN_PARTS)
  },
})

/** The ten parts of 0-10: function, good days, missed days, seven scales; NaN: the part is missing. */
export function fiqParts(answers: Float64Array): Float64Array {
  const parts = new Float64Array(PARTS)
  parts[0] = (meanAt(answers, FUNCTION, 6) * 10) / 3
  parts[1] = ((7 - (answers[GOOD_DAYS] as number)) * 10) / 7
  parts[2] = ((answers[MISSED_DAYS] as number) * 10) / 7
  SCALES.forEach((place, i) => {
    parts[3 + i] = answers[place] as number
  })
  return parts
}
