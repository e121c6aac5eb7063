import { InstallationSettings, QueueSettings } from '@afferent/runtime'
import { z } from 'zod'

/** What the intake reads of the environment; the drop folder is `drop/` below AFFERENT_DATA. */
export const IntakeConfig = z.object({ ...InstallationSettings, ...QueueSettings })
export type IntakeConfig = z.infer<typeof IntakeConfig>
