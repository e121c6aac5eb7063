import { type Guesses, type Index, toIndex } from './bang-index.ts'

/**
 * James's blinding index of a two-arm trial: one figure for both arms, which "don't know" answers raise.
 *
 * Definition  (1 + P_DK + (1 - P_DK) K) / 2, K = (P_Do - P_De) / P_De: observed and expected disagreement of guess and arm
 *             among those who guess, with the weights 0 correct, 1/2 incorrect, 1 don't know. Equal to
 *             u + w g^2 / (2 d): shares of all answers that are unsure (u), incorrect (w) and a guess (g); d adds up, over
 *             the two ways to be wrong, share guessing that arm * share that guesses and is in the other.
 *             SE by the delta method from the multinomial shares; normal limits, not cut at 0 and 1 [P].
 * Output      1 all unsure, 1/2 guesses at random by everybody, 0 all right. Secondary to Bang's index.
 * Undefined   no answers, or guesses that cannot disagree (all in one arm, all for that arm): null. All unsure: 1, SE 0.
 * Source      James et al., Stat Med 1996;15:1421-1434 [L].
 */
export function jamesIndex(active: Guesses, sham: Guesses): Index | null {
  const n = active.correct + active.incorrect + active.unsure + sham.correct + sham.incorrect + sham.unsure
  if (n === 0) return null
  const unsure = (active.unsure + sham.unsure) / n
  const wrong = (active.incorrect + sham.incorrect) / n
  const inActive = (active.correct + active.incorrect) / n
  const inSham = (sham.correct + sham.incorrect) / n
  const forActive = (active.correct + sham.incorrect) / n
  const forSham = (sham.correct + active.incorrect) / n
  const guessing = inActive + inSham
  if (guessing === 0) return toIndex(n, 1, 0)
  const chance = forActive * inSham + forSham * inActive
  if (chance === 0) return null
  const slopeOf = (isWrong: boolean, chanceSlope: number): number =>
    ((isWrong ? guessing * guessing : 0) + 2 * wrong * guessing) / (2 * chance) -
    (wrong * guessing * guessing * chanceSlope) / (2 * chance * chance)
  const cells: readonly (readonly [share: number, slope: number])[] = [
    [active.correct / n, slopeOf(false, inSham + forSham)],
    [active.incorrect / n, slopeOf(true, inActive + forSham)],
    [sham.correct / n, slopeOf(false, inActive + forActive)],
    [sham.incorrect / n, slopeOf(true, inSham + forActive)],
    [unsure, 1],
  ]
  const mean = cells.reduce((sum, [share, slope]) => sum + share * slope, 0)
  const variance = cells.reduce((sum, [share, slope]) => sum + share * (slope - mean) ** 2, 0) / n
  return toIndex(n, unsure + (wrong * guessing * guessing) / (2 * chance), Math.sqrt(variance))
}
