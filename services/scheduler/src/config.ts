import { InstallationSettings, QueueSettings } from '@afferent/runtime'
import { z } from 'zod'

export const SchedulerConfig = z.object({
  ...InstallationSettings,
  ...QueueSettings,
  /** All studies are looked at this often, whatever rings were lost. Shorter heals sooner and reads the vault more. */
  AFFERENT_LOOK_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
})
export type SchedulerConfig = z.infer<typeof SchedulerConfig>
