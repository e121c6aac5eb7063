import { defineInstrument } from '../instrument.ts'
import { oneOf, rating, ratings, yesNo } from '../item.ts'
import { defineScore } from '../score.ts'
import { span, sumAt } from '../tally.ts'

const SENSATIONS = span(1, 7)
const COURSE = 7
const PICTURE = 8
const RADIATING = 9
/** Score of the pain course pictures: steady, steady with attacks, attacks alone, attacks with pain between. */
const PICTURES = [0, -1, 1, 1] as const
const RADIATING_POINTS = 2

/**
 * painDETECT.
 *
 * Definition  sum of seven sensations (0-5) + score of the pain course (0, -1, +1, +1) + 2 if the pain radiates.
 * Input       items 1-7; the course as `picture` 1-4 or as its score `course` -1, 0, 1 (a 1 means either, so the item
 *             says which; both given must agree); radiating yes/no.
 * Output      PDQ, -1 to 38, lower is better.
 * Undefined   any of these missing.
 * Source      scoring and bands [C 41].
 */
export const painDetect = defineInstrument({
  code: 'PDQ',
  title: 'painDETECT questionnaire',
  versions: ['1'],
  licence: 'required',
  licenceNote: 'Copyright Pfizer; a licence is needed to administer it',
  items: [
    ...ratings(1, 7, 0, 5),
    oneOf('course', [-1, 0, 1], { holds: 'score of the pain course', optional: true }),
    rating('picture', 1, 4, { holds: 'picture of the pain course chosen', optional: true }),
    yesNo('radiating', { holds: 'pain radiates' }),
  ],
  scores: [
    defineScore({
      code: 'PDQ',
      label: 'painDETECT total score (-1 to 38)',
      lowest: -1,
      highest: 38,
      direction: 'lower-is-better',
      minAnswered: 9,
      missingRule: 'none of the seven sensations, course and radiation may be missing',
      bands: [
        { from: -1, label: 'neuropathic component unlikely' },
        { from: 13, label: 'unclear' },
        { from: 19, label: 'neuropathic component likely' },
      ],
      definition: 'Likelihood of a neuropathic component of pain',
      formula: 'sum of seven sensations + course (0, -1, +1, +1) + 2 if radiating',
      source: 'Freynhagen et al., Curr Med Res Opin 2006;22:1911-1920',
      mark: '[C 41]',
    }),
  ],
  score(answers, into) {
    into[0] = sumAt(answers, SENSATIONS) + courseOf(answers) + RADIATING_POINTS * (answers[RADIATING] as number)
  },
  check(answers) {
    const picture = PICTURES[(answers[PICTURE] as number) - 1] ?? Number.NaN
    return Math.abs(picture - (answers[COURSE] as number)) > 0
      ? { id: 'pdq-course-disagrees', says: 'the score of the pain course is that of the picture chosen' }
      : null
  },
})

function courseOf(answers: Float64Array): number {
  const course = answers[COURSE] as number
  return Number.isNaN(course) ? (PICTURES[(answers[PICTURE] as number) - 1] ?? Number.NaN) : course
}
