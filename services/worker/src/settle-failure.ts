import type { ContentId, Failure } from '@afferent/ledger'
import type { Ports, Step } from '@afferent/pipeline'

/** The name the planner looks for: of the dataset, or of the run whose step it was. */
export const failureName = (step: Step): ContentId => (step.kind === 'validate' ? step.makes : step.run)

const STAGES = { validate: 'validate', prepare: 'derive', derive: 'derive', publish: 'publish' } as const

/**
 * Writes down that a step cannot succeed until its input, the version or a person changes something; the planner then
 * asks for it no more. The code and this sentence are all there is: an exception's own words may quote a cell.
 * Called twice it writes once. The file comes first: it is what stops the planner.
 */
export async function settleFailure(step: Step, code: string, ports: Pick<Ports, 'vault' | 'now'>): Promise<void> {
  const { vault, now } = ports
  const name = failureName(step)
  if (await vault.has(`failures/${name}`)) return
  const at = new Date(now()).toISOString()
  await vault.writeFailure(name, { code, stage: STAGES[step.kind], at, message: says(code) })
  const trigger = step.kind === 'publish' ? step.trigger : 'drop'
  await vault.append(step.study, { kind: 'failed', at, step: name, code, trigger })
}

function says(code: string): Failure['message'] {
  return code === 'worker-lost-twice'
    ? 'the worker process was lost twice while it worked on this; the input may be too large for its memory'
    : 'the step stopped on every attempt; the log of the worker holds the place'
}
