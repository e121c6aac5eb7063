import { expect } from 'vitest'

/** A cell of ours against a cell of R: both empty, or equal to twelve digits. */
export function expectNumber(ours: string | undefined, theirs: string | undefined, place: string): void {
  if (theirs === '' || theirs === undefined) {
    expect(ours, place).toBe('')
    return
  }
  const [a, b] = [Number(ours), Number(theirs)]
  expect(ours, place).not.toBe('')
  expect(
    Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-9),
    `${place}: ${ours} against ${theirs}`,
  ).toBeLessThan(1e-12)
}

/** A flag of ours (Y, N or empty) against 1, 0 or empty of R. */
export function expectFlag(ours: string | undefined, theirs: string | undefined, place: string): void {
  expect(ours, place).toBe(theirs === '' || theirs === undefined ? '' : theirs === '1' ? 'Y' : 'N')
}
