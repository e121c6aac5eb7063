import type { HandedOver } from '@afferent/records'

/** Memory that an input or a result hands over (see HandedOver): it moves to the other thread instead of being copied. */
export function givenAway(message: unknown): readonly ArrayBuffer[] {
  const { transfer } = (message ?? {}) as Partial<HandedOver>
  return Array.isArray(transfer) ? transfer : []
}
