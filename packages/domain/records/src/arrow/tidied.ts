import { maskBytes, type Validity } from '../column.ts'

/** A mask cut to the rows, with zeros behind the last one, so that equal columns have equal bytes; how many rows are missing. */
export function tidied(valid: Validity, rows: number): { readonly mask: Uint8Array | null; readonly nulls: number } {
  if (valid === null) return { mask: null, nulls: 0 }
  const mask = withoutSpareBits(valid.subarray(0, maskBytes(rows)), rows)
  return { mask, nulls: rows - countPresent(mask) }
}

function withoutSpareBits(mask: Uint8Array, rows: number): Uint8Array {
  const spare = mask.length * 8 - rows
  if (mask.length === 0 || spare === 0) return mask
  const last = mask[mask.length - 1] as number
  const kept = last & (0xff >> spare)
  if (kept === last) return mask
  const tidy = mask.slice()
  tidy[tidy.length - 1] = kept
  return tidy
}

const BITS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

function countPresent(mask: Uint8Array): number {
  let present = 0
  for (let i = 0; i < mask.length; i++) present += BITS[mask[i] as number] as number
  return present
}
