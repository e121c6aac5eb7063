import { compareBytes, type Dataset } from '@afferent/records'
import { cutDataset } from '@afferent/validation'
import { countWhile } from './count-while.ts'

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
