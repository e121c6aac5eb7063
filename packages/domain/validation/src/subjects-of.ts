import type { InForce } from '@afferent/records'
import { unionInByteOrder } from './join/dictionaries.ts'

/** Every subject that any file names, in byte order. */
export function subjectsOf(inForce: readonly InForce[]): readonly string[] {
  return unionInByteOrder(inForce.map(({ dataset }) => dataset.subjects))
}
