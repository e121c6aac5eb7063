import { defineInstrument } from '../instrument.ts'
import { yesNo } from '../item.ts'
import { defineScore } from '../score.ts'
import { span, sumAt } from '../tally.ts'

const INTERVIEW = span(1, 7)
const FULL = span(1, 10)
const SOURCE = 'Bouhassira et al., Pain 2005;114:29-36'

/**
 * Douleur neuropathique 4, DN4.
 *
 * Definition  number of yes among ten items, or among the seven of the interview.
 * Input       items 1-7 (interview) and 8-10 (examination), 1 yes, 0 no. The version says which form was used.
 * Output      DN4 0-10 of a `full` form, DN4I 0-7 of an `interview` form, lower is better.
 * Undefined   any item of the form missing.
 * Source      cut-offs 4 and 3 [L].
 */
export const dn4 = defineInstrument({
  code: 'DN4',
  title: 'Douleur neuropathique 4 (DN4)',
  versions: ['full', 'interview'],
  needsVersion: true,
  licence: 'required',
  licenceNote: 'Copyright Bouhassira; a licence is needed to administer it',
  items: [
    ...INTERVIEW.map((place) => yesNo(String(place + 1))),
    ...['8', '9', '10'].map((id) => yesNo(id, { holds: 'finding of the examination', byVersion: { interview: null } })),
  ],
  scores: [
    defineScore({
      code: 'DN4',
      label: 'DN4 total score (0-10)',
      lowest: 0,
      highest: 10,
      direction: 'lower-is-better',
      minAnswered: 10,
      versions: ['full'],
      bands: [
        { from: 0, label: 'neuropathic pain unlikely' },
        { from: 4, label: 'neuropathic pain likely' },
      ],
      definition: 'Signs of neuropathic pain, interview and examination',
      formula: 'number of yes among ten items',
      source: SOURCE,
      mark: '[L]',
    }),
    defineScore({
      code: 'DN4I',
      label: 'DN4 interview score (0-7)',
      lowest: 0,
      highest: 7,
      direction: 'lower-is-better',
      minAnswered: 7,
      versions: ['interview'],
      bands: [
        { from: 0, label: 'neuropathic pain unlikely' },
        { from: 3, label: 'neuropathic pain likely' },
      ],
      definition: 'Signs of neuropathic pain, interview alone',
      formula: 'number of yes among the seven interview items',
      source: SOURCE,
      mark: '[L]',
    }),
  ],
  score(answers, into, { version }) {
    if (version === 'full') into[0] = sumAt(answers, FULL)
    else into[1] = sumAt(answers, INTERVIEW)
  },
})
