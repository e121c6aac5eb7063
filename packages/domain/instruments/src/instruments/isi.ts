import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore } from '../score.ts'
import { span, sumAt } from '../tally.ts'

const ITEMS = span(1, 7)

/**
 * Insomnia Severity Index, ISI.
 *
 * Definition  sum of seven answers.
 * Input       items 1-7 (printed 1a, 1b, 1c, 2-5), 0-4.
 * Output      ISI, 0-28, lower is better.
 * Undefined   any item missing.
 * Source      range, bands and change of 6 [C 42].
 */
export const isi = defineInstrument({
  code: 'ISI',
  title: 'Insomnia Severity Index (ISI)',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright Charles M. Morin; a licence is needed to administer it',
  items: ratings(1, 7, 0, 4),
  scores: [
    defineScore({
      code: 'ISI',
      label: 'Insomnia Severity Index (0-28)',
      lowest: 0,
      highest: 28,
      direction: 'lower-is-better',
      minAnswered: 7,
      bands: [
        { from: 0, label: 'no insomnia' },
        { from: 8, label: 'subthreshold insomnia' },
        { from: 15, label: 'moderate insomnia' },
        { from: 22, label: 'severe insomnia' },
      ],
      thresholds: [
        {
          kind: 'within-person',
          value: -6,
          unit: 'points',
          text: 'minimal important change of one person',
          source: 'Yang et al., Curr Med Res Opin 2009;25:2487-2494',
          mark: '[C 42]',
        },
      ],
      definition: 'Severity of insomnia over the last 2 weeks',
      formula: 'sum of seven answers 0-4',
      source: 'Bastien et al., Sleep Med 2001;2:297-307',
      mark: '[C 42]',
    }),
  ],
  score(answers, into) {
    into[0] = sumAt(answers, ITEMS)
  },
})
