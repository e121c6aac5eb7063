import type { Instrument } from './instrument.ts'
import { allowedIn, type Item } from './item.ts'

/** Why an answer is rejected (R-RANGE); it then counts as missing. */
export interface AnswerFault {
  readonly id: 'out-of-range' | 'not-whole' | 'not-in-list' | 'not-in-version'
  readonly says: string
}

/**
 * Whether the item at this place may hold this value in this version.
 *
 * Input       value as answered; NaN is no answer and no fault.
 * Output      null, or what is wrong with it and what would be right.
 * Source      R-RANGE: rejected with a reason, never clipped.
 */
export function checkAnswer(instrument: Instrument, place: number, value: number, version: string): AnswerFault | null {
  if (Number.isNaN(value)) return null
  const item = instrument.items[place] as Item
  const allowed = allowedIn(item, version)
  const name = `item ${item.id} of ${instrument.code}`
  if (allowed === null) return { id: 'not-in-version', says: `version ${version} has no ${name}` }
  if (allowed.kind === 'list') {
    if (allowed.values.includes(value)) return null
    return { id: 'not-in-list', says: `${name} is one of ${allowed.values.join(', ')}` }
  }
  const { lowest, highest, wholeNumber } = allowed
  const says = `${name} is a ${wholeNumber ? 'whole number' : 'number'} from ${lowest} to ${highest}`
  if (!(value >= lowest && value <= highest)) return { id: 'out-of-range', says }
  return wholeNumber && !Number.isInteger(value) ? { id: 'not-whole', says } : null
}
