import { defineInstrument } from '../instrument.ts'
import { rating, yesNo } from '../item.ts'
import { numbered, sumAt } from '../tally.ts'
import { AREAS, countAreas, countRegions, regionsFit } from './fm-areas.ts'
import { FM_SCORES } from './fm-scores.ts'

const WPI = 0
const REGIONS = 1
const THREE_MONTHS = 2
const SYMPTOMS = numbered(4, 5, 6, 7, 8, 9)
const FIRST_AREA = 9

/**
 * Fibromyalgia criteria: Widespread Pain Index, Symptom Severity Scale, their sum, and the criteria of 2016 and 2011.
 *
 * Definition  WPI = painful areas of 19. SSS = fatigue + unrefreshed + cognitive (0-3 each) + headaches + abdominal pain +
 *             depression (0/1 each). FSS = WPI + SSS. FM2016: (WPI >= 7 and SSS >= 5, or WPI 4-6 and SSS >= 9), pain in at
 *             least 4 of 5 regions, symptoms for 3 months. FM2011: WPI 3-6 in the second branch, no region rule.
 * Input       the 19 areas as yes/no, or the counts `wpi` and `regions`; a count given is used, and must agree with
 *             complete areas. Jaw, chest and abdomen belong to no region.
 * Output      WPI 0-19, SSS 0-12, FSS 0-31, lower is better; FM2016, FM2011 1 or 0.
 * Undefined   a score or a flag with any input missing, even if the rest would decide it: else only noes would be left of a
 *             study that never asked for the regions [P].
 * Source      [C 39]; FSS >= 13 [C 40].
 */
export const fmCriteria = defineInstrument({
  code: 'FMCRIT',
  title: 'Fibromyalgia criteria: Widespread Pain Index and Symptom Severity Scale',
  versions: ['2016', '2011'],
  licence: 'free',
  licenceNote: 'Free to use',
  items: [
    rating('wpi', 0, 19, { holds: 'number of painful areas', optional: true }),
    rating('regions', 0, 5, { holds: 'number of painful regions', optional: true }),
    yesNo('threemonths', { holds: 'symptoms for at least 3 months' }),
    rating('fatigue', 0, 3),
    rating('unrefreshed', 0, 3),
    rating('cognitive', 0, 3),
    yesNo('headaches'),
    yesNo('abdominal'),
    yesNo('depression'),
    ...AREAS.map((id) => yesNo(id, { holds: 'painful area', optional: true })),
  ],
  scores: FM_SCORES,
  score(answers, into) {
    const areas = answers.subarray(FIRST_AREA)
    const wpi = given(answers[WPI], countAreas(areas))
    const regions = given(answers[REGIONS], countRegions(areas))
    const sss = sumAt(answers, SYMPTOMS)
    const lasting = answers[THREE_MONTHS] as number
    into[0] = wpi
    into[1] = sss
    into[2] = wpi + sss
    into[3] = flag([wpi, sss, regions, lasting], severe(wpi, sss, 4) && regions >= 4 && lasting === 1)
    into[4] = flag([wpi, sss, lasting], severe(wpi, sss, 3) && lasting === 1)
  },
  check(answers) {
    const areas = answers.subarray(FIRST_AREA)
    const counts = [countAreas(areas), countRegions(areas)] as const
    // A missing count or an incomplete map of areas disagrees with nothing: NaN is neither above nor below.
    if ([WPI, REGIONS].some((place) => Math.abs((answers[place] as number) - (counts[place] as number)) > 0)) {
      return { id: 'fm-counts-disagree', says: 'the counts of areas and regions are those of the areas marked' }
    }
    const wpi = given(answers[WPI], counts[WPI])
    const regions = given(answers[REGIONS], counts[REGIONS])
    return Number.isNaN(wpi + regions) || regionsFit(wpi, regions)
      ? null
      : { id: 'fm-regions-impossible', says: `${wpi} painful areas cannot lie in ${regions} painful regions` }
  },
})

const given = (count: number | undefined, otherwise: number | undefined): number =>
  (Number.isNaN(count) ? otherwise : count) as number

const severe = (wpi: number, sss: number, least: number): boolean =>
  (wpi >= 7 && sss >= 5) || (wpi >= least && wpi <= 6 && sss >= 9)

const flag = (inputs: readonly number[], met: boolean): number => (inputs.some(Number.isNaN) ? Number.NaN : Number(met))
