import type { BytesRef, Compute, Task } from '@afferent/records'
import { isAside, type RangeRecords } from '../read/range-records.ts'

/** The threads, remembering what the ranges they read have put aside: some are read again, and some files are refused. */
export class RangesAside implements Compute {
  readonly threads: number
  private readonly compute: Compute
  private readonly held = new Set<BytesRef>()

  constructor(compute: Compute) {
    this.threads = compute.threads
    this.compute = compute
  }

  async map<I, O>(task: Task<I, O>, inputs: readonly I[]): Promise<O[]> {
    const results = await this.compute.map(task, inputs)
    for (const result of results) for (const ref of refsIn(result)) this.held.add(ref)
    return results
  }

  discard(refs: readonly BytesRef[]): void {
    this.compute.discard(refs)
  }

  /** Gives up what is not of these ranges. */
  keepOnly(ranges: readonly RangeRecords[]): void {
    const kept = new Set(ranges.flatMap(refsIn))
    const others = [...this.held].filter((ref) => !kept.has(ref))
    for (const ref of others) this.held.delete(ref)
    this.compute.discard(others)
  }
}

function refsIn(result: unknown): BytesRef[] {
  const { sets = [] } = (result ?? {}) as Partial<RangeRecords>
  return sets.filter(isAside).map((set) => set.aside.table.ref)
}
