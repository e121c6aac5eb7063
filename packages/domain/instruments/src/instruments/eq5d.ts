import { defineInstrument } from '../instrument.ts'
import { amount, rating, wholeNumbers } from '../item.ts'
import { defineScore } from '../score.ts'

const DIMENSIONS = ['mobility', 'selfcare', 'activities', 'pain', 'anxiety'] as const
const VAS = DIMENSIONS.length

/**
 * EQ-5D, 5L and 3L, and its visual analogue scale.
 *
 * Definition  the five answers side by side are the profile (11111 best); EQ5D = its value in the value set of the user.
 * Input       five dimensions, 1-5 (5L) or 1-3 (3L), and vas 0-100; settings.table: profile as a five-digit number to value,
 *             complete (3125 or 243 rows). The version must be named: a 3L profile is also one of the 5L.
 * Output      EQ5D, at most 1, open below (states worse than death); EQVAS 0-100; higher is better.
 * Undefined   EQ5D with any dimension missing or without a value set.
 * Source      EuroQol user guides; value sets are national and licensed, none is shipped.
 */
export const eq5d = defineInstrument({
  code: 'EQ5D',
  title: 'EQ-5D with visual analogue scale',
  versions: ['5L', '3L'],
  needsVersion: true,
  licence: 'required',
  licenceNote: 'Copyright EuroQol Research Foundation; use has to be registered there',
  items: [
    ...DIMENSIONS.map((id) => rating(id, 1, 5, { byVersion: { '3L': wholeNumbers(1, 3) } })),
    amount('vas', 0, 100, { holds: 'own health today', optional: true }),
  ],
  table: {
    key: 'profile',
    value: 'value of the profile in the value set',
    scores: ['EQ5D'],
    keysOf: (version) => profiles(version === '3L' ? 3 : 5),
  },
  scores: [
    defineScore({
      code: 'EQ5D',
      label: 'EQ-5D value',
      unit: '',
      lowest: null,
      highest: 1,
      direction: 'higher-is-better',
      minAnswered: 5,
      missingRule: 'no dimension may be missing',
      definition: 'Value of the health profile to society, 1 full health, 0 as bad as death',
      formula: 'value of the profile in the value set supplied with the study',
      source: 'EuroQol Research Foundation, EQ-5D user guides',
      mark: '[L]',
    }),
    defineScore({
      code: 'EQVAS',
      label: 'EQ VAS, own health today (0-100)',
      lowest: 0,
      highest: 100,
      direction: 'higher-is-better',
      minAnswered: 1,
      definition: 'Own health today, 0 worst to 100 best imaginable',
      formula: 'the mark on the scale',
      source: 'EuroQol Research Foundation, EQ-5D user guides',
      mark: '[L]',
    }),
  ],
  score(answers, into, { table }) {
    into[0] = table?.get(profileOf(answers)) ?? Number.NaN
    into[1] = answers[VAS] as number
  },
})

const profileOf = (answers: Float64Array): number =>
  DIMENSIONS.reduce((profile, _, place) => 10 * profile + (answers[place] as number), 0)

function profiles(levels: number): readonly number[] {
  let keys = [0]
  for (const _ of DIMENSIONS) {
    keys = keys.flatMap((key) => Array.from({ length: levels }, (_, i) => 10 * key + i + 1))
  }
  return keys
}
