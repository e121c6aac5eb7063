import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FolderWriter } from '@afferent/ledger'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'

/**
 * Writes result tables into a folder that appears whole: files go into a hidden neighbour first, which then takes the
 * name. Results of an earlier call are replaced; a folder that holds anything else is left alone.
 */
export async function writeOutput<T>(path: string, write: (folder: FolderWriter) => Promise<T>): Promise<T> {
  const replaces = await checkReplaceable(path)
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.unfinished`)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  try {
    const result = await write(writerInto(unfinished))
    if (replaces) await rm(path, { recursive: true, force: true })
    await rename(unfinished, path)
    return result
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function checkReplaceable(path: string): Promise<boolean> {
  const held = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (held === null) return false
  if (held.length === 0 || held.includes('manifest.json')) return true
  throw new CommandError(EXIT.usage, 'out-not-empty', `${path} holds files that are not results`, {
    remedy: 'name an empty or a new folder with --out',
  })
}

function writerInto(folder: string): FolderWriter {
  return {
    async write(file, bytes) {
      await writeFile(join(folder, file), bytes)
    },
    async writeParts(file, parts) {
      const hash = createHash('sha256')
      let bytes = 0
      const handle = await open(join(folder, file), 'w')
      try {
        for await (const part of parts) {
          hash.update(part)
          bytes += part.byteLength
          await handle.writeFile(part)
        }
      } finally {
        await handle.close()
      }
      return { bytes, sha256: hash.digest('hex') }
    },
  }
}
