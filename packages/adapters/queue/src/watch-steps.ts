import type { Backend } from './backend.ts'
import type { StepEvent } from './queue.ts'
import { fromStepId } from './step-id.ts'

const STATES = { waiting: 'waiting', active: 'active', completed: 'done', failed: 'failed', stalled: 'lost' } as const

/** Q17: events are hints, trimmed and possibly missed; whoever needs to know asks the vault. */
export async function watchSteps(backend: Backend, see: (event: StepEvent) => void): Promise<() => Promise<void>> {
  const events = await backend.events('steps')
  for (const name of Object.keys(STATES) as (keyof typeof STATES)[]) {
    events.on(name, ({ jobId }: { jobId: string }) => {
      const step = fromStepId(jobId)
      if (step !== null) see({ ...step, state: STATES[name] })
    })
  }
  return () => events.close()
}
