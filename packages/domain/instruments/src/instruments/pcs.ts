import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore, type Score } from '../score.ts'
import { numbered, span, sumAt } from '../tally.ts'

const ALL = span(1, 13)
const RUMINATION = span(8, 11)
const MAGNIFICATION = numbered(6, 7, 13)
const HELPLESSNESS = numbered(1, 2, 3, 4, 5, 12)

/**
 * Pain Catastrophizing Scale, PCS. (The summary scores of the SF-36 have codes of their own, SFPCS and SFMCS.)
 *
 * Definition  sum of 13 answers; rumination 8-11, magnification 6, 7, 13, helplessness 1-5, 12.
 * Input       items 1-13, 0-4.
 * Output      PCS 0-52, PCSRUM 0-16, PCSMAG 0-12, PCSHLP 0-24, lower is better.
 * Undefined   a score with any of its items missing.
 * Source      items of the scales [L]; 30 clinically relevant [L].
 */
export const pcs = defineInstrument({
  code: 'PCS',
  title: 'Pain Catastrophizing Scale (PCS)',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright Michael J. L. Sullivan; permission is needed to use it',
  items: ratings(1, 13, 0, 4),
  scores: [
    {
      ...toScore('PCS', 'total score', ALL),
      bands: [
        { from: 0, label: 'below clinical relevance' },
        { from: 30, label: 'clinically relevant' },
      ],
    },
    toScore('PCSRUM', 'rumination', RUMINATION),
    toScore('PCSMAG', 'magnification', MAGNIFICATION),
    toScore('PCSHLP', 'helplessness', HELPLESSNESS),
  ],
  score(answers, into) {
    ;[ALL, RUMINATION, MAGNIFICATION, HELPLESSNESS].forEach((places, i) => {
      into[i] = sumAt(answers, places)
    })
  },
})

function toScore(code: string, name: string, places: readonly number[]): Score {
  return defineScore({
    code,
    label: `Catastrophizing ${name} (0-${4 * places.length})`,
    lowest: 0,
    highest: 4 * places.length,
    direction: 'lower-is-better',
    minAnswered: places.length,
    definition: `Catastrophic thinking about pain, ${name}`,
    formula: `sum of items ${places.map((place) => place + 1).join(', ')}`,
    source: 'Sullivan et al., Psychol Assess 1995;7:524-532',
    mark: '[L]',
  })
}
