import type { Progress as StageEvent } from '@afferent/pipeline'
import type { Context } from '../context.ts'

/** Stages of an analysis on the progress line. */
export function showStages(context: Context): { show: (event: StageEvent) => void; end: () => void } {
  const line = context.progress()
  return {
    show(event) {
      if (event.stage === 'validate') {
        if (event.done === 0) line.phase('validating', event.of, event.of === 1 ? 'file' : 'files')
        line.update(event.done)
      }
      if (event.stage === 'derive') {
        if (event.done === 0) line.phase('deriving', event.subjects, 'subjects')
        else line.update(event.done)
      }
      if (event.stage === 'publish') line.phase('writing', null, 'tables')
    },
    end: () => line.end(),
  }
}
