import { InstallationSettings, QueueSettings } from '@afferent/runtime'
import { z } from 'zod'
import { readSettings } from '../cli-config.ts'
import type { Context } from '../context.ts'
import type { Given } from '../given.ts'

const Settings = z.object({
  ...InstallationSettings,
  ...QueueSettings,
  AFFERENT_PORTAL_HOST: z.string().default('127.0.0.1'),
  AFFERENT_PORTAL_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
})

export function readStartSettings(context: Context, given: Given) {
  const flags = { AFFERENT_DATA: given.text('data'), AFFERENT_PORTAL_PORT: given.text('port') }
  const { values } = readSettings(context, Settings, flags)
  return {
    queueUrl: values.AFFERENT_QUEUE_URL,
    portal: { host: values.AFFERENT_PORTAL_HOST, port: values.AFFERENT_PORTAL_PORT },
    logLevel: values.AFFERENT_LOG_LEVEL,
    logFormat: context.env.AFFERENT_LOG_FORMAT === undefined ? ('text' as const) : values.AFFERENT_LOG_FORMAT,
  }
}
