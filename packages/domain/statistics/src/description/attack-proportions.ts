export interface AttackProportions {
  /** Subjects with at least one attack that has an answer. */
  readonly subjects: number
  readonly attacks: number
  readonly successes: number
  /** Attacks as units. For its uncertainty see exchangeableProportion: attacks of one subject are no independent ones. */
  readonly pooled: number
  /** Subjects as units: mean of their proportions, and its standard error (sd / sqrt(subjects)), null for one subject. */
  readonly mean: number
  readonly meanSe: number | null
}

/**
 * How many attacks went well, with several attacks per subject: both ways to count.
 *
 * Definition  pooled = sum of successes / sum of attacks; mean = mean over subjects of successes / attacks.
 * Input       per subject: successes and attacks with an answer, whole numbers, in the order of subjects.
 * Undefined   no subject with attacks: null. A subject without attacks has no proportion and is left out.
 * Source      endpoint definitions, section 4.
 */
export function attackProportions(successes: Int32Array, attacks: Int32Array): AttackProportions | null {
  let subjects = 0
  let allAttacks = 0
  let allSuccesses = 0
  let sum = 0
  for (let i = 0; i < attacks.length; i++) {
    const n = attacks[i] as number
    if (n === 0) continue
    subjects++
    allAttacks += n
    allSuccesses += successes[i] as number
    sum += (successes[i] as number) / n
  }
  if (subjects === 0) return null
  const mean = sum / subjects
  return {
    subjects,
    attacks: allAttacks,
    successes: allSuccesses,
    pooled: allSuccesses / allAttacks,
    mean,
    meanSe: subjects > 1 ? Math.sqrt(squaresAround(mean, successes, attacks) / (subjects - 1) / subjects) : null,
  }
}

function squaresAround(mean: number, successes: Int32Array, attacks: Int32Array): number {
  let squares = 0
  for (let i = 0; i < attacks.length; i++) {
    const n = attacks[i] as number
    if (n > 0) squares += ((successes[i] as number) / n - mean) ** 2
  }
  return squares
}
