/**
 * The known word a misspelt one most likely stands for, or null. Distance counts insertions, deletions, substitutions and
 * swaps of neighbours, letters' case aside; a third of the word may be wrong, one letter of a short one.
 */
export function didYouMean(word: string, known: readonly string[]): string | null {
  if (word.length > 60) return null
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + cost)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, (beforeLast[j - 2] as number) + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] as number
}

/** `; did you mean count? (known: count, lengthDays)`: what follows a word nobody knows. */
export function suggestion(word: string, known: readonly string[]): string {
  const guess = didYouMean(word, known)
  const list = known.length > 30 ? `${known.slice(0, 30).join(', ')}, ...` : known.join(', ')
  return `${guess === null ? '' : `; did you mean ${guess}?`} (known: ${list})`
}
