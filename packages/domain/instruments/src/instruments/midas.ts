import { defineInstrument, type FormFault } from '../instrument.ts'
import { rating } from '../item.ts'
import { defineScore } from '../score.ts'
import { span, sumAt } from '../tally.ts'

const DAYS = 92
const days = (id: string, holds: string, optional = false) =>
  rating(id, 0, DAYS, { holds: `days in 3 months: ${holds}`, optional })

/**
 * Migraine Disability Assessment, MIDAS.
 *
 * Definition  sum of items 1-5; A and B are scores of their own and never part of the sum.
 * Input       items 1-5 and a: days of the last 3 months, 0-92; b: pain 0-10. Days missed and days at half
 *             productivity exclude each other, so 1 + 2 and 3 + 4 are at most 92 each, else the form is rejected.
 * Output      MIDAS, 0-276 (92 + 92 + 92), lower is better; MIDASA days; MIDASB 0-10.
 * Undefined   MIDAS with any of 1-5 missing.
 * Source      sum and grades [C 30]; IVa and IVb [L].
 */
export const midas = defineInstrument({
  code: 'MIDAS',
  title: 'Migraine Disability Assessment (MIDAS)',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright of its developers; confirm that its use in the study is permitted',
  items: [
    days('1', 'missed work or school'),
    days('2', 'half productivity at work or school'),
    days('3', 'no household work'),
    days('4', 'half productivity in the household'),
    days('5', 'missed family or leisure'),
    days('a', 'headache', true),
    rating('b', 0, 10, { holds: 'pain of headaches', optional: true }),
  ],
  scores: [
    defineScore({
      code: 'MIDAS',
      label: 'MIDAS total score (days)',
      unit: 'days',
      lowest: 0,
      highest: 3 * DAYS,
      direction: 'lower-is-better',
      minAnswered: 5,
      missingRule: 'none of items 1-5 may be missing',
      bands: [
        { from: 0, label: 'I' },
        { from: 6, label: 'II' },
        { from: 11, label: 'III' },
        { from: 21, label: 'IV' },
      ],
      finerBands: [
        { from: 0, label: 'I' },
        { from: 6, label: 'II' },
        { from: 11, label: 'III' },
        { from: 21, label: 'IVa' },
        { from: 41, label: 'IVb' },
      ],
      definition: 'Days lost or half lost to headache in work, household and leisure over 3 months',
      formula: 'Q1 + Q2 + Q3 + Q4 + Q5',
      source: 'Stewart et al., Neurology 2001;56(suppl 1):S20-S28; grade IV split: Blumenfeld et al., Cephalalgia 2011',
      mark: '[C 30]',
    }),
    defineScore({
      code: 'MIDASA',
      label: 'MIDAS A: headache days in 3 months',
      unit: 'days',
      lowest: 0,
      highest: DAYS,
      direction: 'lower-is-better',
      minAnswered: 1,
      definition: 'Days with headache in the last 3 months, as recalled; not part of the MIDAS sum',
      formula: 'item A',
      source: 'Stewart et al., Neurology 2001;56(suppl 1):S20-S28',
      mark: '[C 30]',
    }),
    defineScore({
      code: 'MIDASB',
      label: 'MIDAS B: average headache pain (0-10)',
      lowest: 0,
      highest: 10,
      direction: 'lower-is-better',
      minAnswered: 1,
      definition: 'Average pain of headaches in the last 3 months, as recalled; not part of the MIDAS sum',
      formula: 'item B',
      source: 'Stewart et al., Neurology 2001;56(suppl 1):S20-S28',
      mark: '[C 30]',
    }),
  ],
  score(answers, into) {
    into[0] = sumAt(answers, span(1, 5))
    into[1] = answers[5] as number
    into[2] = answers[6] as number
  },
  check: (answers) => tooManyDays(answers, 1, 2) ?? tooManyDays(answers, 3, 4),
})

function tooManyDays(answers: Float64Array, first: number, second: number): FormFault | null {
  if (!((answers[first - 1] as number) + (answers[second - 1] as number) > DAYS)) return null
  return { id: 'midas-too-many-days', says: `MIDAS items ${first} and ${second} together are at most ${DAYS} days` }
}
