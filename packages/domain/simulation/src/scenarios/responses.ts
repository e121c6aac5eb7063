import type { Random } from '../random.ts'

/**
 * Yes or no, attack after attack of one subject: each alone is a yes with probability `mean`, and any two of them correlate by
 * `likeness` (Pólya's urn, which is the beta-binomial; the order of attacks does not matter).
 */
export function drawResponses(random: Random, mean: number, likeness: number): () => boolean {
  const weight = 1 / likeness - 1
  let drawn = 0
  let yes = 0
  return () => {
    const is = random.chance((mean * weight + yes) / (weight + drawn))
    drawn++
    if (is) yes++
    return is
  }
}
