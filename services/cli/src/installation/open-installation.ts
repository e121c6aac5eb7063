import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Ports } from '@afferent/pipeline'
import type { LocalVault } from '@afferent/vault'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { EXIT } from '../exit-codes.ts'

export interface Installation extends Ports {
  /** Folder of the installation. */
  readonly data: string
  readonly vault: LocalVault
}

/** The vault of an installation, opened beside whatever runs on it: it is write-once, so nobody gets in the way. */
export async function openInstallation(context: Context, flag: string | undefined): Promise<Installation> {
  const { dataFolder } = await import('../cli-config.ts')
  const data = dataFolder(context, flag)
  const root = join(data, 'vault')
  if (!existsSync(root)) {
    throw new CommandError(EXIT.environment, 'no-installation', `there is no installation in ${data}`, {
      remedy: 'name its folder with --data, or begin one: afferent start',
    })
  }
  const [{ openVault }, { openCompute }, { digest, now }] = await Promise.all([
    import('@afferent/vault'),
    import('@afferent/compute'),
    import('@afferent/runtime'),
  ])
  const vault = await openVault({ root })
  context.shutdown.onShutdown('vault', () => vault.close())
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  return {
    data,
    vault,
    compute: openCompute({ threads: 1 }),
    log: quiet,
    digest,
    now,
    zoneData: process.versions.tz ?? '',
  }
}

/** Requests that cannot be carried out, in the words of the command line. */
export async function requesting<T>(work: () => Promise<T>): Promise<T> {
  const { RequestError } = await import('@afferent/pipeline')
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const exit = error.code === 'nothing-failed' ? EXIT.nothing : EXIT.usage
    throw new CommandError(exit, error.code, error.message, { remedy: error.remedy, cause: error })
  }
}

export const DATA_OPTION = { flags: '--data <folder>', says: 'folder of the installation (AFFERENT_DATA)' } as const
