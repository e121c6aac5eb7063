import { expect, it } from 'vitest'
import { z } from 'zod'
import { readConfig } from './config.ts'
import { InstallationSettings, QueueSettings } from './installation-settings.ts'

const Schema = z.object({ ...InstallationSettings, ...QueueSettings })

it('takes a queue address of Redis or PostgreSQL and nothing else', () => {
  for (const url of ['redis://queue:6379', 'rediss://u:p@queue', 'postgres://u:p@host/db', 'postgresql://host/db']) {
    expect(readConfig(Schema, { env: { AFFERENT_QUEUE_URL: url } }).values.AFFERENT_QUEUE_URL).toBe(url)
  }
  for (const url of ['http://queue', 'queue:6379', 'redis']) {
    expect(() => readConfig(Schema, { env: { AFFERENT_QUEUE_URL: url } })).toThrow('must start with redis://')
  }
})

it('hides the queue address, which may hold a password, wherever settings are shown', () => {
  const { settings } = readConfig(Schema, { env: { AFFERENT_QUEUE_URL: 'redis://:word@queue' } })
  expect(JSON.stringify(settings)).not.toContain('word')
})
