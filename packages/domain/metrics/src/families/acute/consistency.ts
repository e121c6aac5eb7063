import type { Areason } from '@afferent/records'
import type { Answer } from '../attacks/answer.ts'

export interface Consistency {
  /** Null: no attack has an answer. */
  readonly yes: boolean | null
  readonly reason: Areason | null
  readonly attacks: number
  readonly successes: number
}

/**
 * PF50ATT: pain-free at 2 h in at least half of the attacks with an answer to PF2H; exactly half counts.
 *
 * Undefined  no attack, or none with an answer: the first reason (R-NOPOST) of the attacks, NOT_EVALUABLE without any.
 */
export function consistency(painFree: readonly Answer[]): Consistency {
  const answered = painFree.filter(({ yes }) => yes !== null)
  const attacks = answered.length
  const successes = answered.filter(({ yes }) => yes).length
  if (attacks > 0) return { yes: 2 * successes >= attacks, reason: null, attacks, successes }
  const isOpen = painFree.some(({ reason }) => reason === 'NOT_REACHED')
  const isMissing = painFree.some(({ reason }) => reason === 'MISSING_ITEMS')
  const reason = isOpen ? 'NOT_REACHED' : isMissing ? 'MISSING_ITEMS' : 'NOT_EVALUABLE'
  return { yes: null, reason, attacks, successes }
}
