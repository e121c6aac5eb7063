import type { NumberedEntry } from '@afferent/ledger'

/** More than are written between two looks of those who follow a journal. */
const KEPT = 512

/**
 * The entries of one journal that this process wrote or read last. Several in one process follow a journal number by
 * number (intake, planner, portal); each entry is a file, written once, that they need not read one after the other.
 */
export class RecentEntries {
  private readonly byNumber = new Map<number, NumberedEntry>()

  keep(entry: NumberedEntry): void {
    this.byNumber.set(entry.number, entry)
    if (this.byNumber.size > KEPT) this.byNumber.delete(this.byNumber.keys().next().value as number)
  }

  get(number: number): NumberedEntry | undefined {
    return this.byNumber.get(number)
  }
}
