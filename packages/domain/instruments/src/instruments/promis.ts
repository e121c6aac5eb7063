import { defineInstrument, type Instrument } from '../instrument.ts'
import { rating } from '../item.ts'
import { defineScore, type Score } from '../score.ts'
import { meanAt, span } from '../tally.ts'
import { TOLERANCE } from '../tolerance.ts'

/** One PROMIS domain with its short forms. */
export interface PromisDomain {
  /** Four letters between PR and T in the code of the score. */
  readonly code: string
  readonly name: string
  readonly direction: Score['direction']
  /** Version words of the short forms; each begins with its number of items. */
  readonly forms: readonly string[]
  /** Highest answer; the lowest is 1. */
  readonly highest?: number
}

/** Ends of the usual minimal important change, T points. */
const DIFFERENCES = [3, 5] as const

/**
 * A PROMIS short form: T score from the raw sum, or a T score given.
 *
 * Definition  raw = sum x items / answered, rounded up to a whole number; T = table of the user at raw.
 * Input       items 1..n of the form as printed (answers printed in reverse order carry their turned values);
 *             settings.version: the short form; settings.table: every raw sum from n to 5n to its T score, not shipped.
 * Output      PRxxxxT, mean 50 and SD 10 of the reference population; higher means more of what the domain names.
 * Undefined   fewer than half of the items answered, or no table. The authors now advise response pattern scoring for
 *             incomplete forms; such T scores come as ready totals.
 * Source      [L]; 10-90 is the grid of the item bank, kept as range of ready totals [P].
 */
export function definePromis({ code: domain, name, direction, forms, highest = 5 }: PromisDomain): Instrument {
  const longest = Math.max(...forms.map(itemsOf))
  const absentIn = (number: number) =>
    Object.fromEntries(forms.filter((form) => itemsOf(form) < number).map((form) => [form, null]))
  return defineInstrument({
    code: `PR${domain}`,
    family: 'PROMIS',
    title: `PROMIS ${name}, short forms`,
    versions: forms,
    needsVersion: true,
    licence: 'required',
    licenceNote: 'Copyright PROMIS Health Organization; confirm its terms of use',
    items: span(1, longest).map((place) => rating(String(place + 1), 1, highest, { byVersion: absentIn(place + 1) })),
    table: {
      key: 'raw sum',
      value: 'T score',
      scores: [`PR${domain}T`],
      keysOf: (form) => span(itemsOf(form), highest * itemsOf(form)).map((place) => place + 1),
    },
    scores: [toScore(domain, name, direction)],
    score(answers, into, { version, table }) {
      const items = itemsOf(version)
      const raw = items * meanAt(answers, span(1, items), Math.ceil(items / 2))
      into[0] = table?.get(Math.ceil(raw - TOLERANCE)) ?? Number.NaN
    },
  })
}

const itemsOf = (form: string): number => Number.parseInt(form, 10)

function toScore(domain: string, name: string, direction: Score['direction']): Score {
  const sign = direction === 'lower-is-better' ? -1 : 1
  return defineScore({
    code: `PR${domain}T`,
    label: `PROMIS ${name}, T`,
    unit: 'T score',
    lowest: 10,
    highest: 90,
    direction,
    minAnswered: 2,
    missingRule: 'at least half of the items of the short form; raw sum prorated and rounded up',
    thresholds: DIFFERENCES.map((points) => ({
      kind: 'within-person',
      value: sign * points,
      unit: 'points',
      text: `${points === 3 ? 'lower' : 'upper'} end of the usual minimal important change`,
      source: 'Terwee et al., Qual Life Res 2021;30:2729-2754',
      mark: '[L]',
    })),
    definition: `PROMIS ${name}, T score: mean 50, SD 10 of the reference population`,
    formula: 'T score of the raw sum in the table supplied with the study, or as given',
    source: 'Cella et al., J Clin Epidemiol 2010;63:1179-1194',
    mark: '[L]',
  })
}

/** Domains with published short forms of answers 1-5. */
export const PROMIS: readonly Instrument[] = (
  [
    { code: 'PHYF', name: 'physical function', direction: 'higher-is-better', forms: ['4a', '6b', '8b', '10a', '20a'] },
    { code: 'ANXI', name: 'anxiety', direction: 'lower-is-better', forms: ['4a', '6a', '7a', '8a'] },
    { code: 'DEPR', name: 'depression', direction: 'lower-is-better', forms: ['4a', '6a', '8a', '8b'] },
    { code: 'FATI', name: 'fatigue', direction: 'lower-is-better', forms: ['4a', '6a', '7a', '7b', '8a', '13a'] },
    { code: 'SLDI', name: 'sleep disturbance', direction: 'lower-is-better', forms: ['4a', '6a', '8a', '8b'] },
    { code: 'SLRI', name: 'sleep impairment', direction: 'lower-is-better', forms: ['4a', '8a'] },
    { code: 'SOCR', name: 'social participation', direction: 'higher-is-better', forms: ['4a', '6a', '8a'] },
    { code: 'PAIN', name: 'pain interference', direction: 'lower-is-better', forms: ['4a', '6a', '6b', '8a'] },
    { code: 'PNIN', name: 'pain intensity', direction: 'lower-is-better', forms: ['3a'] },
    { code: 'COGF', name: 'cognitive function', direction: 'higher-is-better', forms: ['4a', '6a', '8a'] },
  ] satisfies readonly PromisDomain[]
).map(definePromis)
