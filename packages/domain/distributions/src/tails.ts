/** The probabilities of staying at or below a value, and of being above it. */
export interface Tails {
  readonly lower: number
  readonly upper: number
}
