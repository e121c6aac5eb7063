import type { Score } from './score.ts'
import { reaches } from './tolerance.ts'

/** Why a ready total (`scored=external`) is rejected. */
export interface TotalFault {
  readonly id: 'out-of-range' | 'not-yes-or-no'
  readonly says: string
}

/** Whether a total scored elsewhere can be this score: within its range, 0 or 1 for a flag. NaN is no total, no fault. */
export function checkTotal(score: Score, value: number): TotalFault | null {
  if (Number.isNaN(value)) return null
  const { code, kind, lowest, highest } = score
  if (kind === 'flag') return value === 0 || value === 1 ? null : { id: 'not-yes-or-no', says: `${code} is 0 or 1` }
  const inside = reaches(value, lowest ?? -Number.MAX_VALUE) && reaches(highest ?? Number.MAX_VALUE, value)
  return inside ? null : { id: 'out-of-range', says: `${code} lies from ${lowest ?? 'any'} to ${highest ?? 'any'}` }
}
