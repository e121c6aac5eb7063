import { defineInstrument } from '../instrument.ts'
import { ratings } from '../item.ts'
import { defineScore, type Score } from '../score.ts'
import { meanAt, span, toHundred } from '../tally.ts'

interface Scale {
  readonly code: string
  readonly name: string
  readonly from: number
  readonly to: number
  readonly least: number
  readonly difference: number
}

const SCALES: readonly Scale[] = [
  { code: 'MSQRR', name: 'role restrictive', from: 1, to: 7, least: 4, difference: 3.2 },
  { code: 'MSQRP', name: 'role preventive', from: 8, to: 11, least: 2, difference: 4.5 },
  { code: 'MSQEF', name: 'emotional function', from: 12, to: 14, least: 2, difference: 7.5 },
]

/**
 * Migraine-Specific Quality of Life Questionnaire, MSQ 2.1.
 *
 * Definition  each scale: answers reversed to 7 - x, summed, 100 (sum - k) / (5k) with k items; missing items take the mean
 *             of the answered ones.
 * Input       items 1-14, 1 none to 6 all of the time.
 * Output      MSQRR (1-7), MSQRP (8-11), MSQEF (12-14), 0-100, higher is better.
 * Undefined   a scale with fewer than half of its items answered (4, 2, 2).
 * Source      scales and direction [C 31]; items of the scales and missing rule [L]; thresholds [C 32].
 */
export const msq = defineInstrument({
  code: 'MSQ',
  title: 'Migraine-Specific Quality of Life Questionnaire 2.1 (MSQ)',
  versions: ['2.1'],
  licence: 'required',
  licenceNote: 'Copyright GlaxoSmithKline; a licence is needed to administer it',
  items: ratings(1, 14, 1, 6),
  scores: SCALES.map(toScore),
  score(answers, into) {
    SCALES.forEach(({ from, to, least }, i) => {
      into[i] = toHundred(7 - meanAt(answers, span(from, to), least), 1, 6)
    })
  },
})

function toScore({ code, name, from, to, least, difference }: Scale): Score {
  const items = to - from + 1
  return defineScore({
    code,
    label: `MSQ 2.1 ${name} (0-100)`,
    lowest: 0,
    highest: 100,
    direction: 'higher-is-better',
    minAnswered: least,
    missingRule: `at least ${least} of ${items} items answered; missing ones take the mean of the answered`,
    thresholds: [
      {
        kind: 'between-groups',
        value: difference,
        unit: 'points',
        text: 'minimal important difference between groups',
        source: 'Lipton et al., Neurology 2019;92:e2250-e2260',
        mark: '[C 32]',
      },
    ],
    definition: `Quality of life with migraine over 4 weeks, ${name} scale`,
    formula: `100 * (sum of (7 - answer) over items ${from}-${to} - ${items}) / ${5 * items}`,
    source: 'NINDS common data elements, MSQ 2.1; items and missing rule: Bagley et al., Headache 2012;52:409-421 [L]',
    mark: '[C 31]',
  })
}
