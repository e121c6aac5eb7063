/** Weeks of an early response, confirmed in the next one (section 6). */
const EARLY_WEEKS = 4

/** Visits after the baseline, in order: response, none, or no value. */
export type Responses = readonly (boolean | null)[]

/** Response at position `at` and at the `count - 1` visits before it; null: there are not that many. */
export function isSustainedAt(responses: Responses, at: number, count: number): boolean | null {
  if (at + 1 < count) return null
  return responses.slice(at + 1 - count, at + 1).every((response) => response === true)
}

/** Weekly: in one of weeks 1 to 4 and in the week after it; else at the first visit after the baseline. */
export function isEarly(responses: Responses, weekly: boolean): boolean {
  if (!weekly) return responses[0] === true
  return responses.some((response, w) => w < EARLY_WEEKS && response === true && responses[w + 1] === true)
}
