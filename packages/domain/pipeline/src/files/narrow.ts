import { compareBytes, type Dataset } from '@afferent/records'
import { cutDataset } from '@afferent/validation'

/**
 * A dataset with the subjects between two names (both included) alone: what a thread that derives these subjects is sent.
 * Columns are views on the arrays of the whole; the same dataset where all its subjects lie between.
 */
export function narrowTo(dataset: Dataset, first: string, last: string): Dataset {
  const { subjects } = dataset
  const from = countWhile(subjects, (name) => compareBytes(name, first) < 0)
  const to = countWhile(subjects, (name) => compareBytes(name, last) <= 0)
  return cutDataset(dataset, { from, to })
}

/** How many names at the start of a list have a property that the rest lack. */
function countWhile(names: readonly string[], has: (name: string) => boolean): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (has(names[middle] as string)) low = middle + 1
    else high = middle
  }
  return low
}
