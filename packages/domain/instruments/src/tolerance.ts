/** R-NUM: a value this near a threshold is at it. */
export const TOLERANCE = 1e-9

/** Whether a value reaches a limit from above, the limit itself included. */
export const reaches = (value: number, limit: number): boolean => value >= limit - TOLERANCE
