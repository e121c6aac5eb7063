import { defineInstrument } from '../instrument.ts'
import { rating } from '../item.ts'
import { defineScore, type Score } from '../score.ts'
import { numbered, sumAt } from '../tally.ts'

/** Items 4 and 7 ask how long or how often pain comes; they are not scored. */
const DURATIONS = new Set([4, 7])
const TOTAL = numbered(1, 2, 3, 5, 6, 8, 9, 10, 11, 12)

const SUBSCORES = [
  { code: 'NPSIB', name: 'burning pain', places: numbered(1) },
  { code: 'NPSIP', name: 'pressing pain', places: numbered(2, 3) },
  { code: 'NPSIX', name: 'paroxysmal pain', places: numbered(5, 6) },
  { code: 'NPSIE', name: 'evoked pain', places: numbered(8, 9, 10) },
  { code: 'NPSID', name: 'dysaesthesia', places: numbered(11, 12) },
] as const

/**
 * Neuropathic Pain Symptom Inventory, NPSI.
 *
 * Definition  total = sum of the ten intensity items; burning 1, pressing mean of 2, 3, paroxysmal mean of 5, 6, evoked
 *             mean of 8, 9, 10, dysaesthesia mean of 11, 12.
 * Input       items 1-12; 1-3, 5, 6, 8-12: 0-10. Items 4 and 7 (durations) may be left out.
 * Output      NPSI 0-100; NPSIB, NPSIP, NPSIX, NPSIE, NPSID 0-10, lower is better.
 * Undefined   a score with any of its items missing.
 * Source      Bouhassira et al., Pain 2004;108:248-257 [L].
 */
export const npsi = defineInstrument({
  code: 'NPSI',
  title: 'Neuropathic Pain Symptom Inventory (NPSI)',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright Bouhassira; a licence is needed to administer it',
  items: Array.from({ length: 12 }, (_, i) => i + 1).map((number) =>
    DURATIONS.has(number)
      ? rating(String(number), 0, 5, { holds: 'class of duration or frequency, not scored', optional: true })
      : rating(String(number), 0, 10),
  ),
  scores: [
    toScore('NPSI', 'NPSI total score (0-100)', 100, TOTAL, 'sum'),
    ...SUBSCORES.map(({ code, name, places }) => toScore(code, `NPSI ${name} (0-10)`, 10, places, 'mean')),
  ],
  score(answers, into) {
    into[0] = sumAt(answers, TOTAL)
    SUBSCORES.forEach(({ places }, i) => {
      into[1 + i] = sumAt(answers, places) / places.length
    })
  },
})

function toScore(code: string, label: string, highest: number, places: readonly number[], how: string): Score {
  return defineScore({
    code,
    label,
    lowest: 0,
    highest,
    direction: 'lower-is-better',
    minAnswered: places.length,
    definition: `Intensity of neuropathic pain symptoms over the last 24 hours: ${label}`,
    formula: `${how} of items ${places.map((place) => place + 1).join(', ')}`,
    source: 'Bouhassira et al., Pain 2004;108:248-257',
    mark: '[L]',
  })
}
