/** Places of items `from`..`to`, counted from 1. */
export const span = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from - 1 + i)

/** Places of items by their numbers, counted from 1. */
export const numbered = (...numbers: readonly number[]): readonly number[] => numbers.map((number) => number - 1)

/** Sum of the answers at these places; NaN as soon as one is missing. */
export function sumAt(answers: Float64Array, places: readonly number[]): number {
  let sum = 0
  for (const place of places) sum += answers[place] as number
  return sum
}

/** Mean of the answers that are there; NaN if these are fewer than `least`. */
export function meanAt(answers: Float64Array, places: readonly number[], least: number): number {
  let sum = 0
  let answered = 0
  for (const place of places) {
    const answer = answers[place] as number
    if (Number.isNaN(answer)) continue
    sum += answer
    answered++
  }
  return answered < least ? Number.NaN : sum / answered
}

/** Sum as it would be if the missing answers were the mean of the others; NaN if fewer than `least` are there. */
export const proratedSumAt = (answers: Float64Array, places: readonly number[], least: number): number =>
  places.length * meanAt(answers, places, least)

/** 0-100 position of a mean between the lowest and the highest answer. */
export const toHundred = (mean: number, lowest: number, highest: number): number =>
  (100 * (mean - lowest)) / (highest - lowest)
