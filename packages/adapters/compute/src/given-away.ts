import type { HandedOver } from '@afferent/records'

/** Memory that an input or a result hands over (see HandedOver): it moves to the other thread instead of being copied. */
export function givenAway(message: unknown): readonly ArrayBuffer[] {
  const { transfer } = (message ?? {}) as Partial<HandedOver>
  return Array.isArray(transfer) ? transfer : []
}

/**
 * The engine compiles code for arrays whose memory nobody gives away, and throws all of it out when a thread gives away its first:
 * so a thread that will does so before it has any.
 */
export const giveAwayOnce = (): void => void new ArrayBuffer(1).transfer()
