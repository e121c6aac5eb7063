/** A result that does not exist, and why, in words. */
export interface NoAnswer {
  readonly reason: string
}

export const isMissing = (result: object): result is NoAnswer => 'reason' in result
