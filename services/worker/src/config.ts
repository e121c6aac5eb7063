import { InstallationSettings, QueueSettings } from '@afferent/runtime'
import { z } from 'zod'

export const WorkerConfig = z.object({
  ...InstallationSettings,
  ...QueueSettings,
  /** Threads that compute for one worker process. More finish a big export sooner and leave less for others. */
  AFFERENT_WORKER_THREADS: z.coerce.number().int().min(1).max(32).default(2),
  /** Steps in hand at a time. Reading and computing of several overlap; each needs memory for its columns. */
  AFFERENT_WORKER_STEPS: z.coerce.number().int().min(1).max(32).default(2),
  /** A silent worker's step is given to another after this. Shorter comes back sooner, longer forgives a busy machine. */
  AFFERENT_LOCK_MS: z.coerce.number().int().min(5_000).max(600_000).default(10_000), // queue-facts Q7
  /** A worker whose event loop stands still for this long is taken for hung and ended; its step goes to another. */
  AFFERENT_HANG_SECONDS: z.coerce.number().int().min(30).max(86_400).default(600),
})
export type WorkerConfig = z.infer<typeof WorkerConfig>
