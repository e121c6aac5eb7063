import { isPresent, markPresent, type Validity } from './column.ts'

/** The mask, or null where it says that every row has a value: equal columns have equal masks. */
export function withoutFullMask(valid: Validity, rows: number): Validity {
  if (valid === null) return null
  const whole = rows >> 3
  for (let i = 0; i < whole; i++) if (valid[i] !== 0xff) return valid
  for (let row = whole << 3; row < rows; row++) if (!isPresent(valid, row)) return valid
  return null
}

/** Copies rows `from` to `to` of a mask (null: all have a value) behind the rows before `at` of a mask of zeros. */
export function copyMask(into: Uint8Array, at: number, valid: Validity, from: number, to: number): void {
  const end = at + to - from
  const shift = from - at
  let row = at
  for (; row < end && (row & 7) !== 0; row++) if (isPresent(valid, row + shift)) markPresent(into, row)
  for (; row + 8 <= end; row += 8) into[row >> 3] = valid === null ? 0xff : eightBits(valid, row + shift)
  for (; row < end; row++) if (isPresent(valid, row + shift)) markPresent(into, row)
}

function eightBits(mask: Uint8Array, row: number): number {
  const byte = row >> 3
  const bit = row & 7
  return bit === 0 ? mask[byte] : (mask[byte] >> bit) | ((mask[byte + 1] << (8 - bit)) & 0xff)
}
