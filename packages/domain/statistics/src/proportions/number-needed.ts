import type { Interval } from './two-proportions.ts'

/** Subjects to treat for one more to benefit or to be harmed; a number of null is infinite. */
export interface Needed {
  readonly direction: 'benefit' | 'harm' | 'none'
  readonly number: number | null
}

export interface NumberNeeded {
  readonly estimate: Needed
  /** What the upper limit of the difference means. */
  readonly fromUpper: Needed
  /** What the lower limit of the difference means. */
  readonly fromLower: Needed
  /** Altman's wording: `NNTB 8.62 (NNTB 3.86 to infinity to NNTH 45.42)`. */
  readonly text: string
}

/**
 * Number needed to treat, from a difference of response proportions and its limits.
 *
 * Definition  1 / difference; limits are the reciprocals of the limits of the difference (Miettinen-Nurminen unless the study
 *             says otherwise). Limits that span 0 go through infinity. Never a negative number: below 0 it is a number needed
 *             to harm (NNTH), above 0 to benefit (NNTB).
 * Input       a difference of which more is better.
 * Output      two decimals in the text, halves away from zero; a difference of 0 is `infinity`.
 * Source      Altman, BMJ 1998;317:1309-1312 [L].
 */
export function numberNeeded({ estimate, lower, upper }: Interval): NumberNeeded {
  const found = toNeeded(estimate)
  const [best, worst] = [toNeeded(upper), toNeeded(lower)]
  return {
    estimate: found,
    fromUpper: best,
    fromLower: worst,
    text: `${toText(found)} (${toRange(found, best, worst)})`,
  }
}

function toNeeded(difference: number): Needed {
  if (difference === 0) return { direction: 'none', number: null }
  return { direction: difference > 0 ? 'benefit' : 'harm', number: 1 / Math.abs(difference) }
}

function toRange(found: Needed, best: Needed, worst: Needed): string {
  const oneSided = best.direction === worst.direction && best.direction !== 'none'
  if (oneSided) {
    const [near, far] = best.direction === 'benefit' ? [best, worst] : [worst, best]
    return `${toDecimals(near.number)} to ${toDecimals(far.number)}`
  }
  const [near, far] = found.direction === 'harm' ? [worst, best] : [best, worst]
  return [near, { direction: 'none', number: null } as const, far]
    .filter(({ number }, k) => k === 1 || number !== null)
    .map(toText)
    .join(' to ')
}

function toText({ direction, number }: Needed): string {
  if (number === null) return 'infinity'
  return `${direction === 'benefit' ? 'NNTB' : 'NNTH'} ${toDecimals(number)}`
}

const toDecimals = (number: number | null): string =>
  number === null ? 'infinity' : (Math.round(number * 100 + 1e-7) / 100).toFixed(2)
