import type { Validity } from '@afferent/records'
import { isPresent } from '@afferent/records'

/** The mask, or null where it says that every row has a value: equal columns have equal masks. */
export function withoutFullMask(valid: Validity, rows: number): Validity {
  if (valid === null) return null
  const whole = rows >> 3
  for (let i = 0; i < whole; i++) if (valid[i] !== 0xff) return valid
  for (let row = whole << 3; row < rows; row++) if (!isPresent(valid, row)) return valid
  return null
}
