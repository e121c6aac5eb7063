import type { QueuedStep } from './queue.ts'

/**
 * A job is named after what it makes, for which study: two rings for one thing are one job.
 * Q10: no `:`, and never digits alone. Neither a kind nor a study's key holds a dot.
 */
export const toStepId = (step: QueuedStep): string => `${step.kind}.${step.study}.${step.makes}`

export function fromStepId(id: string): QueuedStep | null {
  const [kind, study, makes, ...rest] = id.split('.')
  if (kind === undefined || study === undefined || makes === undefined || rest.length > 0) return null
  return { kind, study, makes }
}
