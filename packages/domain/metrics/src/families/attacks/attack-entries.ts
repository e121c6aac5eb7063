import type { Convention, Plan } from '../../catalogue/entry.ts'
import type { Inputs } from '../../catalogue/inputs.ts'

/** What the entries of treated attacks share: their visits, and which readings a study can have. */

export const TREATED_ATTACK: Convention = {
  id: 'attackSeq',
  says: 'AVISITN counts treated attacks by t0, from study day 1 on; ADY is the day of t0',
}

/** Attack 1, 2, ... up to the most that any subject treated. */
export const attackVisits = ({ facts }: Plan): readonly (readonly [number, string])[] =>
  Array.from({ length: facts.attacks ?? 0 }, (_, k) => [k + 1, `Attack ${k + 1}`] as const)

/** Whether some export can hold a reading at a time, or near enough to it. */
export const readsAt = ({ readings }: Inputs, at: number, tolerance: number): boolean =>
  readings === 'any' || readings.some((minutes) => Math.abs(minutes - at) <= tolerance)
