import type { Outline } from '@afferent/records'
import { unionInByteOrder } from './join/dictionaries.ts'

/** Every subject that any file names, in byte order. */
export function subjectsOf(inForce: readonly Outline[]): readonly string[] {
  return unionInByteOrder(inForce.map(({ dataset }) => dataset.subjects))
}
