import { isPresent, type ShardResult } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { type Arms, NO_ARM } from '../arms.ts'
import type { CohortRows, Estimate } from '../rows/cohort-rows.ts'
import { bangIndex, type Guesses, type Index } from './bang-index.ts'
import { jamesIndex } from './james-index.ts'

const BANG = "Bang's index, normal interval; within 0.2 of 0 taken as blinded"
const JAMES = "James's index, delta method, normal interval; both arms together"

/**
 * Whether subjects could tell what they received, where an export holds their guess.
 *
 * ANALYSIS BANGBI   per arm as treated: STAT INDEX (correct - incorrect) / answers with SE and limits, NUMER the correct ones;
 *                   STAT BLINDED 1 within 0.2 of 0, else 0
 * ANALYSIS JAMESBI  one figure for a study of two arms (ARM missing): STAT INDEX; more arms, or one: REASON NOT_TWO_ARMS
 * A guess of any other arm is incorrect; `unknown` is unsure; a subject without a guess gave no answer.
 */
export function addBlindingRows(
  rows: CohortRows,
  study: AnalyticStudy,
  shards: readonly ShardResult[],
  arms: Arms,
): void {
  if (!study.sources.some(({ fields }) => fields.some(({ field }) => field === 'guess'))) return
  const guesses = countGuesses(shards, arms)
  const where = { ANLSET: 'ALL', STAT: 'INDEX' }
  study.arms.forEach(({ name }, k) => {
    const own = guesses[k + 1] as Guesses
    const found = bangIndex(own)
    const row = { ...where, ANALYSIS: 'BANGBI', PARAMCD: 'BANGBI', METHOD: BANG, ARM: name }
    addIndex(rows, { ...row, NUMER: own.correct, DENOM: answersOf(own), N: answersOf(own) }, found)
    if (found !== null) rows.add({ ...row, STAT: 'BLINDED', ESTIMATE: found.blinded ? 1 : 0, N: found.n })
  })
  const james = { ...where, ANALYSIS: 'JAMESBI', PARAMCD: 'JAMESBI', METHOD: JAMES }
  const reference = study.arms.findIndex((arm) => arm.reference)
  if (study.arms.length !== 2) rows.add({ ...james, REASON: 'NOT_TWO_ARMS' })
  else {
    const sham = reference < 0 ? 1 : reference
    const pair = [guesses[2 - sham] as Guesses, guesses[sham + 1] as Guesses] as const
    const n = answersOf(pair[0]) + answersOf(pair[1])
    addIndex(rows, { ...james, NUMER: pair[0].correct + pair[1].correct, DENOM: n, N: n }, jamesIndex(...pair))
  }
}

const answersOf = ({ correct, incorrect, unsure }: Guesses): number => correct + incorrect + unsure

function addIndex(rows: CohortRows, where: Estimate, found: Index | null): void {
  if (found === null) rows.add({ ...where, REASON: 'NO_ANSWERS' })
  else rows.add({ ...where, ESTIMATE: found.estimate, SE: found.se, LOWER: found.lower, UPPER: found.upper })
}

/** Answers by position of the arm as treated. */
function countGuesses(shards: readonly ShardResult[], arms: Arms): Guesses[] {
  const counts = [...arms.names, ''].map(() => ({ correct: 0, incorrect: 0, unsure: 0 }))
  for (const shard of shards) {
    const { guess } = shard.facts
    const treated = arms.asTreated(shard)
    const places = arms.placesOf(guess.dictionary)
    for (let s = 0; s < shard.subjects.length; s++) {
      if (!isPresent(guess.valid, s)) continue
      const own = counts[treated[s] as number]
      const guessed = places[guess.values[s] as number] as number
      if (own === undefined || treated[s] === NO_ARM) continue
      if (guessed === NO_ARM) own.unsure++
      else if (guessed === treated[s]) own.correct++
      else own.incorrect++
    }
  }
  return counts
}
