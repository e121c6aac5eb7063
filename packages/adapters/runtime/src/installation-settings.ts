import { z } from 'zod'
import { secret } from './config.ts'
import { LOG_LEVELS } from './log.ts'

/**
 * Settings that mean the same in every process of an installation; a service's own schema takes those it reads:
 * `z.object({ ...InstallationSettings, AFFERENT_WORKER_THREADS: ... })`.
 */
export const InstallationSettings = {
  /** Folder of the installation: drop/, vault/, results/, queue/. Relative paths count from where the command was typed. */
  AFFERENT_DATA: z.string().default('data'),
  /** `debug` costs a line per step and helps to follow one file; `warn` hides what went well. */
  AFFERENT_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  /** `text` for a person at a terminal, `json` for whatever collects logs. */
  AFFERENT_LOG_FORMAT: z.enum(['json', 'text']).default('json'),
} as const

/** For processes that talk to the queue: `redis://`, `postgres://`; absent: the embedded queue below AFFERENT_DATA. */
export const QueueSettings = {
  AFFERENT_QUEUE_URL: secret(
    z
      .url({ protocol: /^(rediss?|postgres(ql)?)$/, error: 'it must start with redis://, rediss:// or postgres://' })
      .optional(),
  ),
} as const
