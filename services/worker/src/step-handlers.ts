import type { ContentId } from '@afferent/ledger'
import type { Perform, Ports, Step } from '@afferent/pipeline'
import type { StepHandlers } from '@afferent/queue'
import { settleFailure } from './settle-failure.ts'

export interface HandlerOptions {
  readonly ports: Ports
  readonly perform: Perform
  /** 'Look again at this study.' */
  readonly ring: (study: string) => Promise<void>
  /** Shows the run in force to people: `results/<study>/latest`. */
  readonly show: (study: string, run: ContentId) => Promise<unknown>
}

/**
 * What a worker does with a step.
 *
 * A crash after the step's folder was written and before the job is done runs it again: it finds the name and ends. A
 * crash between the end of the job and the ring is healed by the scheduler's minute. Children of a publish step do not
 * ring: their parent runs as soon as the last of them is done.
 */
export function stepHandlers({ ports, perform, ring, show }: HandlerOptions): StepHandlers<Step> {
  const { log, now } = ports
  return {
    async perform(step) {
      const since = now()
      const { kind: outcome } = await perform(step, ports)
      if (step.kind === 'publish' && outcome !== 'obsolete') await show(step.study, step.run)
      log.info({ ...named(step), outcome, durationMs: now() - since }, 'step performed')
      return { kind: 'done' }
    },
    async giveUp(step, code) {
      await settleFailure(step, code, ports)
      log.error({ ...named(step), code }, 'step given up')
    },
    finished(step, how) {
      if (how === 'released') log.warn(named(step), 'step released: the surroundings failed, it is asked again later')
      if (how === 'released' || (how === 'done' && step.kind === 'derive')) return
      ring(step.study).catch((err) => log.warn({ study: step.study, err }, 'could not ring'))
    },
  }
}

const named = ({ kind, study, makes }: Step) => ({ step: kind, study, makes })
