import type { Random } from '../random.ts'

/** Answers to items of 0 to `highest` whose sum is `total`, point by point to items drawn at random. */
export function spreadTotal(random: Random, total: number, items: number, highest: number): number[] {
  const answers = new Array<number>(items).fill(0)
  const whole = Math.min(items * highest, Math.max(0, Math.round(total)))
  for (let left = whole; left > 0; ) {
    const item = random.whole(0, items - 1)
    if (answers[item] === highest) continue
    answers[item] = (answers[item] as number) + 1
    left--
  }
  return answers
}
