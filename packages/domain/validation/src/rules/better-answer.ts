import { allowedIn, type Instrument, type Settings } from '@afferent/instruments'
import {
  type AnalyticStudy,
  answerAt,
  itemPlaces,
  knownInstrument,
  questionnaireOf,
  scoreNamed,
  settingsFor,
} from '@afferent/study'

/**
 * Whether a higher answer (or total) is the better one, for copies of which the worse counts (R-DUP).
 *
 * Decided by scoring two forms that differ in this answer alone, the others in the middle: the first score that moves says
 * which is better by its direction. An answer that moves none (a table is not there) is taken as worse if higher.
 */
export function isHigherAnswerBetter(study: AnalyticStudy, code: string, item: string): boolean {
  const total = scoreNamed(item)
  const place = itemPlaces(code).get(item)
  if (place === undefined) return total?.score.direction === 'higher-is-better'
  const given = questionnaireOf(study, code)
  if (given === undefined) return false
  const instrument = knownInstrument(code)
  const settings = settingsFor(given, null)
  const [low, high] = [0, 1].map((share) => scoresAt(instrument, settings, place, share))
  const moved = instrument.scores.findIndex((_, i) => low[i] !== high[i] && !Number.isNaN(low[i] + high[i]))
  if (moved < 0) return false
  return high[moved] > low[moved] === (instrument.scores[moved].direction === 'higher-is-better')
}

function scoresAt(instrument: Instrument, settings: Settings, place: number, share: number): Float64Array {
  const answers = Float64Array.from(instrument.items, (item, i) => {
    const allowed = allowedIn(item, settings.version)
    if (allowed === null || (item.optional && i !== place)) return Number.NaN
    return answerAt(allowed, i === place ? share : 0.5)
  })
  const into = new Float64Array(instrument.scores.length).fill(Number.NaN)
  instrument.score(answers, into, settings)
  return into
}
