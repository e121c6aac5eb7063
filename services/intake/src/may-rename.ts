import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TAKING } from './list-drop.ts'

/** A drop folder we cannot work in. */
export class DropFolderError extends Error {
  readonly code = 'drop-not-writable'
}

/**
 * Moves a small file of ours from the folder into its `.taking/`: exactly what taking a file needs. Shares that allow
 * writing but not renaming are found here, at the start, and not at the first export.
 */
export async function checkMayRename(folder: string): Promise<void> {
  const name = `.afferent-${process.pid}`
  const taking = join(folder, TAKING)
  try {
    await mkdir(taking).catch(unlessThere)
    await writeFile(join(folder, name), '')
    await rename(join(folder, name), join(taking, name))
    await rm(join(taking, name))
  } catch (error) {
    await rm(join(folder, name), { force: true }).catch(() => undefined)
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    const says = `files cannot be moved within ${folder} (${code}); Afferent needs to write and rename there`
    throw new DropFolderError(says, { cause: error })
  } finally {
    await rmdir(taking).catch(() => undefined)
  }
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
}
