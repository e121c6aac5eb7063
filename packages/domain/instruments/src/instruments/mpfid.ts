import { defineInstrument } from '../instrument.ts'
import { rating } from '../item.ts'
import { MONTH_MIN_DAYS } from '../month-of.ts'
import { defineScore, type Score } from '../score.ts'
import { meanAt, span, toHundred } from '../tally.ts'

const ACTIVITIES = span(1, 7)
const PHYSICAL = span(8, 12)
const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)

/**
 * Migraine Physical Function Impact Diary, MPFID: one day.
 *
 * Definition  domain of a day = 100 (mean of its answers - 1) / 4; the month is `monthOf` the days.
 * Input       items ea1-ea7 (everyday activities) and pi1-pi5 (physical impairment), 1-5. The overall item is not scored.
 * Output      MPFEA, MPFPI, 0-100, lower is better.
 * Undefined   a day with fewer than half of a domain's items (4 of 7, 3 of 5); a month with fewer than 14 days.
 * Source      scoring of the developer, Amgen [L].
 */
export const mpfid = defineInstrument({
  code: 'MPFID',
  title: 'Migraine Physical Function Impact Diary (MPFID)',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright Amgen; a licence is needed to administer it',
  daily: true,
  items: [...ids('ea', 7), ...ids('pi', 5)].map((id) => rating(id, 1, 5)),
  scores: [toScore('MPFEA', 'impact on everyday activities', 7, 4), toScore('MPFPI', 'physical impairment', 5, 3)],
  score(answers, into) {
    into[0] = toHundred(meanAt(answers, ACTIVITIES, 4), 1, 5)
    into[1] = toHundred(meanAt(answers, PHYSICAL, 3), 1, 5)
  },
})

function toScore(code: string, name: string, items: number, least: number): Score {
  return defineScore({
    code,
    label: `MPFID ${name}`,
    lowest: 0,
    highest: 100,
    direction: 'lower-is-better',
    minAnswered: least,
    missingRule: `a day needs ${least} of ${items} items, a month ${MONTH_MIN_DAYS} days`,
    definition: `MPFID ${name}: 0-100 of a day; of a month the mean of its days`,
    formula: `100 * (mean of ${items} items - 1) / 4`,
    source: 'MPFID scoring of the developer',
    mark: '[L]',
  })
}
