import type { ContentId } from '@afferent/ledger'
import type { Dataset, InForce } from '@afferent/records'
import { readDataset } from '../files/codec.ts'
import type { Ports } from '../ports.ts'
import type { RunPlan } from './run-plan.ts'

/** Rows held before the shelf is cleared: about 600 MB of diary rows. */
const SHELF_ROWS = 20_000_000

/** Datasets read lately: neighbouring derive jobs of a run read the same ones. */
export class DatasetShelf {
  private readonly held = new Map<ContentId, Dataset>()
  private rows = 0

  async take(ports: Ports, id: ContentId): Promise<Dataset> {
    const known = this.held.get(id)
    if (known !== undefined) return known
    const dataset = await readDataset((file) => ports.vault.readFile(`datasets/${id}`, file))
    this.hold(id, dataset)
    return dataset
  }

  async takeAll(ports: Ports, plan: RunPlan): Promise<InForce[]> {
    const inForce: InForce[] = []
    for (const { number, name, dataset } of plan.uploads) {
      inForce.push({ number, file: name, dataset: await this.take(ports, dataset) })
    }
    return inForce
  }

  private hold(id: ContentId, dataset: Dataset): void {
    if (this.rows > SHELF_ROWS) {
      this.held.clear()
      this.rows = 0
    }
    this.held.set(id, dataset)
    this.rows += dataset.counts.used
  }
}
