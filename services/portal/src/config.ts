import { InstallationSettings } from '@afferent/runtime'
import { z } from 'zod'

export const PortalConfig = z.object({
  ...InstallationSettings,
  /** 127.0.0.1 keeps the pages on this machine. In a container it is 0.0.0.0, and the port is published on 127.0.0.1. */
  AFFERENT_PORTAL_HOST: z.string().default('127.0.0.1'),
  /** 0: any free port, said at the start. */
  AFFERENT_PORTAL_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
})
export type PortalConfig = z.infer<typeof PortalConfig>
