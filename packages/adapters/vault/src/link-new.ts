import type { Disk } from './disk.ts'
import { systemCode } from './vault-error.ts'

/**
 * Gives a finished temporary file its final name, only if that name is free. False: it is taken.
 * Disks without links (exFAT, some network shares) get the bytes by exclusive creation instead: there a crash can leave
 * a torn file, which is never acknowledged and which readers tell by its missing last line end.
 */
export async function linkNew(disk: Disk, temporary: string, path: string): Promise<boolean> {
  try {
    await disk.link(temporary, path)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    if (!isWithoutLinks(error)) throw error
    return createNew(disk, path, await disk.read(temporary))
  }
}

export function isWithoutLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'].includes(systemCode(error))
}

async function createNew(disk: Disk, path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const file = await disk.create(path)
    await file.write(bytes)
    await file.flush()
    await file.close()
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}
