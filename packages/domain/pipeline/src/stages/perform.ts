import { StudyMemories } from '../plan/study-memory.ts'
import type { Ports } from '../ports.ts'
import type { Step } from '../steps.ts'
import { DatasetShelf } from './dataset-shelf.ts'
import { deriveShards } from './derive-shards.ts'
import { prepareRun } from './prepare-run.ts'
import { publishLatest } from './publish-latest.ts'
import type { StepResult } from './step-result.ts'
import { validateUpload } from './validate-upload.ts'

export type Perform = (step: Step, ports: Ports) => Promise<StepResult>

/**
 * Does one step. Delivery is at least once: a crash after a folder is renamed and before the job is done runs the step
 * again, which finds the name and ends; a crash before leaves nothing. So no step needs a lock.
 */
export function createPerform(): Perform {
  const shelf = new DatasetShelf()
  const memories = new StudyMemories()
  return async (step, ports) => {
    const memory = memories.of(step.study, ports)
    switch (step.kind) {
      case 'validate':
        return validateUpload(step, ports, memory)
      case 'prepare':
        return prepareRun(step, ports, shelf, memory)
      case 'derive':
        return deriveShards(step, ports, shelf, memory)
      case 'publish':
        return publishLatest(step, ports, shelf, memory)
    }
  }
}
