import { z } from 'zod'

/** Between a worker process and the one that started it. */
export const FromWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('report'),
    /** Memory the system has given to the process. */
    rssBytes: z.number(),
    /** The longest the event loop was blocked since the last report; beyond the lock a step may run twice (Q8). */
    loopDelayMs: z.number(),
    /** Steps in hand. */
    active: z.number(),
  }),
])
export type FromWorker = z.infer<typeof FromWorker>
export type WorkerReport = Extract<FromWorker, { kind: 'report' }>

export const ToWorker = z.object({ kind: z.literal('stop') })
export type ToWorker = z.infer<typeof ToWorker>
