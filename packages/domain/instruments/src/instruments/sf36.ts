import { defineInstrument } from '../instrument.ts'
import { rating } from '../item.ts'
import { defineScore, type Score, type Threshold } from '../score.ts'
import { meanAt } from '../tally.ts'
import { RECODES, SCALES } from './sf36-scales.ts'

/** Answers of a scale that must be there: half of its items. */
const leastOf = (places: readonly number[]): number => Math.ceil(places.length / 2)

/**
 * RAND-36 and SF-36 (version 1), scored by the RAND rules.
 *
 * Definition  every answer recoded to 0-100, each scale the mean of its answered items.
 * Input       items 1-36 numbered through (3a-3j of the print are 3-12, 4a-4d 13-16, 5a-5c 17-19, 6 20, 7 21, 8 22, 9a-9i
 *             23-31, 10 32, 11a-11d 33-36), as printed from 1 on. Version 2 of the SF-36 has other answers: ready
 *             totals only.
 * Output      SFPF, SFRP, SFRE, SFVT, SFMH, SFSF, SFBP, SFGH, 0-100, higher is better. Bodily pain and general health differ a
 *             little from the scoring of the SF-36 manual. Summary scores (SFPCS, SFMCS, of the SF-12 SF12PCS, SF12MCS)
 *             as ready totals only.
 * Undefined   a scale with fewer than half of its items answered.
 * Source      Hays, Sherbourne and Mazel, Health Econ 1993;2:217-227 [L]; threshold [C 27].
 */
export const sf36 = defineInstrument({
  code: 'SF36',
  title: 'RAND 36-Item Health Survey and SF-36 version 1',
  versions: ['RAND', '1'],
  licence: 'required',
  freeVersions: ['RAND'],
  licenceNote: 'The RAND-36 is free; the SF-36 and SF-12 need a licence of QualityMetric',
  items: RECODES.map((recode, place) =>
    rating(String(place + 1), 1, recode.length, place === 1 ? { holds: 'not scored', optional: true } : {}),
  ),
  scores: [
    ...SCALES.map(toScore),
    toSummary('SFPCS', 'SF-36 physical component summary'),
    toSummary('SFMCS', 'SF-36 mental component summary'),
    toSummary('SF12PCS', 'SF-12 physical component summary'),
    toSummary('SF12MCS', 'SF-12 mental component summary'),
  ],
  score(answers, into) {
    const recoded = answers.map((answer, place) => RECODES[place]?.[answer - 1] ?? Number.NaN)
    SCALES.forEach(({ places }, i) => {
      into[i] = meanAt(recoded, places, leastOf(places))
    })
  },
})

function toScore({ code, name, places }: (typeof SCALES)[number]): Score {
  const physical: Threshold = {
    kind: 'within-person',
    value: 10,
    unit: 'points',
    text: 'important change of physical functioning, used as an anchor in fibromyalgia',
    source: '6-minute-walk study in fibromyalgia, PMC5831244',
    mark: '[C 27]',
  }
  return defineScore({
    code,
    label: `RAND-36 ${name} (0-100)`,
    lowest: 0,
    highest: 100,
    direction: 'higher-is-better',
    minAnswered: leastOf(places),
    missingRule: `at least ${leastOf(places)} of ${places.length} items answered; mean of the answered`,
    thresholds: code === 'SFPF' ? [physical] : [],
    definition: `Health-related quality of life, ${name}`,
    formula: `mean of the recoded items ${places.map((place) => place + 1).join(', ')}`,
    source: 'RAND 36-Item Health Survey 1.0; Hays, Sherbourne and Mazel, Health Econ 1993;2:217-227',
    mark: '[L]',
  })
}

function toSummary(code: string, label: string): Score {
  return defineScore({
    code,
    label,
    unit: 'T score',
    kind: 'external',
    lowest: null,
    highest: null,
    direction: 'higher-is-better',
    minAnswered: 0,
    missingRule: 'as scored elsewhere',
    definition: `${label}: norm-based score, mean 50, SD 10, scored elsewhere`,
    formula: 'as scored elsewhere; the weights are licensed',
    source: 'Ware and Kosinski, SF-36 Physical and Mental Health Summary Scales, 2001',
    mark: '[L]',
  })
}
