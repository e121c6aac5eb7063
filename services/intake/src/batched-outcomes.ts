import type { Outcome } from '@afferent/pipeline'
import type { OutcomesOf } from './study-ledger.ts'

type Answer = ReadonlyMap<number, Outcome>

/** Questions about one study that come while one is being answered are asked together afterwards. */
export function batchedOutcomes(outcomesOf: OutcomesOf): OutcomesOf {
  const running = new Map<string, Promise<unknown>>()
  const waiting = new Map<string, { readonly numbers: Set<number>; readonly answer: Promise<Answer> }>()

  return (study, numbers) => {
    const open = waiting.get(study)
    if (open !== undefined) {
      for (const number of numbers) open.numbers.add(number)
      return open.answer
    }
    const batch = new Set(numbers)
    const before = running.get(study) ?? Promise.resolve()
    const answer = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(study)
        return outcomesOf(study, [...batch])
      })
    waiting.set(study, { numbers: batch, answer })
    running.set(study, answer)
    return answer
  }
}
