import { defineInstrument } from '../instrument.ts'
import { rating } from '../item.ts'
import { defineScore } from '../score.ts'

/**
 * Patient Global Impression of Change, PGIC.
 *
 * Definition  one answer, kept as 1 very much improved ... 7 very much worse.
 * Input       item 1, 1-7. Forms exist in both directions, so the study must say `orientation`: `1best` is kept, `7best`
 *             is turned to 8 - x.
 * Output      PGIC, 1-7, lower is better.
 * Undefined   no answer.
 * Throws      RangeError without an orientation, which `checkSettings` finds first.
 * Source      responder 1-2 [C 21]; minimal, much, very much improved = 3, 2, 1 [C 20].
 */
export const pgic = defineInstrument({
  code: 'PGIC',
  title: 'Patient Global Impression of Change (PGIC)',
  versions: ['1'],
  licence: 'free',
  licenceNote: 'Free to use',
  items: [rating('1', 1, 7)],
  options: [
    {
      id: 'orientation',
      choices: ['1best', '7best'],
      standard: null,
      text: 'which end of the form means very much improved; forms exist in both directions',
    },
  ],
  scores: [
    defineScore({
      code: 'PGIC',
      label: 'PGIC (1 very much improved - 7 worse)',
      lowest: 1,
      highest: 7,
      direction: 'lower-is-better',
      minAnswered: 1,
      bands: [
        { from: 1, label: 'very much improved' },
        { from: 2, label: 'much improved' },
        { from: 3, label: 'minimally improved' },
        { from: 4, label: 'no change' },
        { from: 5, label: 'minimally worse' },
        { from: 6, label: 'much worse' },
        { from: 7, label: 'very much worse' },
      ],
      thresholds: [
        {
          kind: 'cut-off',
          value: 2,
          unit: 'points',
          text: 'responder: 1 or 2, much or very much improved',
          source: 'Farrar et al., Pain 2001;94:149-158',
          mark: '[C 21]',
        },
      ],
      definition: 'How the patient rates the change since the start of treatment',
      formula: 'the answer if 1 is best, 8 - answer if 7 is best',
      source: 'Guy, ECDEU Assessment Manual, 1976; Dworkin et al., IMMPACT, J Pain 2008;9:105-121',
      mark: '[C 20]',
    }),
  ],
  score(answers, into, { choices }) {
    const answer = answers[0] as number
    if (choices.orientation === '1best') into[0] = answer
    else if (choices.orientation === '7best') into[0] = 8 - answer
    else throw new RangeError('PGIC orientation is 1best or 7best')
  },
})
