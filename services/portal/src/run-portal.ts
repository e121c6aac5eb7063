import { join } from 'node:path'
import { createHealth, createLog, createShutdown, readConfig, resolveUserPath } from '@afferent/runtime'
import { openVault } from '@afferent/vault'
import manifest from '../package.json' with { type: 'json' }
import { PortalConfig } from './config.ts'
import { createPortal } from './create-portal.ts'

/** The portal as a process of its own. It needs the vault and nothing else. */
export async function runPortal(env: NodeJS.ProcessEnv): Promise<void> {
  const { values: config } = readConfig(PortalConfig, { env })
  const log = createLog({ service: 'portal', level: config.AFFERENT_LOG_LEVEL, format: config.AFFERENT_LOG_FORMAT })
  const shutdown = createShutdown({ log })
  const health = createHealth()
  const part = health.part('vault')
  const vault = await openVault({ root: join(resolveUserPath(config.AFFERENT_DATA), 'vault') })
  shutdown.onShutdown('vault', () => vault.close())
  part.up()
  const version = { name: 'afferent', version: manifest.version, node: process.version } as const
  const portal = createPortal({ vault, health, version, log })
  const address = await portal.listen(config.AFFERENT_PORTAL_HOST, config.AFFERENT_PORTAL_PORT)
  shutdown.onShutdown('portal', () => portal.close())
  shutdown.onShutdown('health', () => health.stopping())
  log.info({ address }, 'portal ready')
}
