import { join } from 'node:path'
import type { FolderName } from '@afferent/ledger'
import { allFolders } from './check.ts'
import { absent } from './folders.ts'
import type { LocalVault } from './open-vault.ts'
import { readSeal } from './seal.ts'
import { VaultError } from './vault-error.ts'

/**
 * Sets aside every folder whose files do not have the sizes its seal names: what a power cut leaves of folders that were
 * never flushed. For the start after an installation ended without releasing its folder (`Installation.afterCrash`); the
 * first look then finds them missing and computes them again. Returns how many there were.
 */
export async function mendAfterCrash(vault: LocalVault): Promise<number> {
  let mended = 0
  for (const name of await allFolders(vault)) {
    if (await isWhole(vault, name)) continue
    await vault.setAside(name)
    mended++
  }
  return mended
}

async function isWhole(vault: LocalVault, name: FolderName): Promise<boolean> {
  const folder = vault.folderPath(name)
  try {
    for (const file of (await readSeal(vault.disk, folder))?.files ?? []) {
      const stats = await vault.disk.stat(join(folder, file.name)).catch(absent)
      if (stats?.size !== file.bytes) return false
    }
    return true
  } catch (error) {
    if (error instanceof VaultError && error.code === 'damaged') return false
    throw error
  }
}
