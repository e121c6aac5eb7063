import { defineInstrument } from '../instrument.ts'
import { oneOf } from '../item.ts'
import { defineScore } from '../score.ts'

/** Weight of an answer, from never to always. */
const CODES = [6, 8, 10, 11, 13] as const

/**
 * Headache Impact Test, HIT-6.
 *
 * Definition  sum of six answers weighted 6, 8, 10, 11, 13.
 * Input       items 1-6, each the place of the answer (1 never to 5 always) or its weight. No number is both, so either is
 *             known by itself; a form that mixes both is rejected. Places counted from 0 cannot be told: 0 is rejected.
 * Output      HIT6, 36-78, lower is better.
 * Undefined   any item missing.
 * Source      range [C 26]; bands [C 9]; thresholds [C 28, C 54].
 */
export const hit6 = defineInstrument({
  code: 'HIT6',
  title: 'Headache Impact Test (HIT-6)',
  versions: ['1.1', '1.0'],
  licence: 'required',
  licenceNote: 'Copyright QualityMetric and GlaxoSmithKline; a licence is needed to administer it [C 29]',
  items: ['1', '2', '3', '4', '5', '6'].map((id) => oneOf(id, [1, 2, 3, 4, 5, ...CODES])),
  scores: [
    defineScore({
      code: 'HIT6',
      label: 'HIT-6 total score',
      lowest: 36,
      highest: 78,
      direction: 'lower-is-better',
      minAnswered: 6,
      bands: [
        { from: 36, label: 'little or no impact' },
        { from: 50, label: 'some impact' },
        { from: 56, label: 'substantial impact' },
        { from: 60, label: 'severe impact' },
      ],
      thresholds: [
        {
          kind: 'between-groups',
          value: -1.5,
          unit: 'points',
          text: 'minimal important difference between groups, migraine in primary care',
          source: 'Smelt et al., Cephalalgia 2014, doi 10.1177/0333102413497599',
          mark: '[C 28]',
        },
        {
          kind: 'between-groups',
          value: -2.3,
          unit: 'points',
          text: 'difference between groups used in chronic migraine',
          source: 'PREEMPT pooled analysis',
          mark: '[C 54]',
        },
        {
          kind: 'within-person',
          value: -2.5,
          unit: 'points',
          text: 'lower end of the published minimal important change of one person',
          source: 'Smelt et al., Cephalalgia 2014, doi 10.1177/0333102413497599',
          mark: '[C 28]',
        },
        {
          kind: 'within-person',
          value: -6,
          unit: 'points',
          text: 'upper end of the published minimal important change of one person',
          source: 'Smelt et al., Cephalalgia 2014, doi 10.1177/0333102413497599',
          mark: '[C 28]',
        },
      ],
      definition: 'Impact of headache on daily life over the last 4 weeks',
      formula: 'sum of six answers weighted 6, 8, 10, 11, 13 (places 1-5 are mapped to the weights)',
      source: 'NINDS common data elements, HIT-6; Kosinski et al., Qual Life Res 2003;12:963-974',
      mark: '[C 26]',
    }),
  ],
  score(answers, into) {
    let sum = 0
    for (const answer of answers) sum += answer <= 5 ? (CODES[answer - 1] as number) : answer
    into[0] = sum
  },
  check(answers) {
    const places = answers.some((answer) => answer <= 5)
    const weights = answers.some((answer) => answer > 5)
    return places && weights
      ? { id: 'hit6-mixed-coding', says: 'a HIT-6 form holds places 1-5 or weights 6, 8, 10, 11, 13, not both' }
      : null
  },
})
