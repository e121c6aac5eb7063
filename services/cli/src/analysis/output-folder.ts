import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FolderWriter } from '@afferent/ledger'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-codes.ts'
import { printable } from '../printable.ts'

const MANIFEST = 'manifest.json'

/**
 * Writes result tables into a folder that appears whole: files go into a hidden neighbour first, which then takes the
 * name. Results of an earlier call are replaced; a folder that holds anything beside them is left alone. `whenInterrupted` is told
 * how to remove what is unfinished.
 */
export async function writeOutput<T>(
  path: string,
  write: (folder: FolderWriter) => Promise<T>,
  whenInterrupted: (remove: () => Promise<void>) => void = () => {},
): Promise<T> {
  const replaces = await checkReplaceable(path)
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.unfinished`)
  const remove = () => rm(unfinished, { recursive: true, force: true, maxRetries: 3 })
  const making = remove().then(() => makeFolder(unfinished))
  // Told before the folder is there: whoever ends the process meanwhile waits for it, lest it appear behind him.
  whenInterrupted(() => making.then(remove, remove))
  await making
  try {
    const result = await write(writerInto(unfinished))
    if (replaces) await rm(path, { recursive: true, force: true })
    await rename(unfinished, path)
    return result
  } finally {
    await remove()
  }
}

async function checkReplaceable(path: string): Promise<boolean> {
  const held = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (held === null) return false
  const results = held.length === 0 ? [] : await resultNames(path)
  const other = held.find((name) => !results.includes(name))
  if (other === undefined) return true
  throw new CommandError(EXIT.usage, 'out-not-empty', `${path} holds files that are not results: ${printable(other)}`, {
    remedy: 'name an empty or a new folder with --out',
  })
}

/** What an earlier call wrote, by its manifest; nothing where there is none of ours. */
async function resultNames(path: string): Promise<string[]> {
  const text = await readFile(join(path, MANIFEST), 'utf8').catch(() => '{}')
  try {
    const { run, files } = (JSON.parse(text) ?? {}) as { run?: unknown; files?: unknown }
    if (typeof run !== 'string' || !Array.isArray(files)) return []
    return [MANIFEST, ...files.map((file: { name?: unknown }) => String(file?.name))]
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Node's own `recursive` never returns where a parent is there but takes no folders, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path)
  }
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
          // The disk writes while this thread hashes.
          const writing = writeAll(handle, part)
          hash.update(part)
          await writing
          bytes += part.byteLength
        }
      } finally {
        await handle.close()
      }
      return { bytes, sha256: hash.digest('hex') }
    },
  }
}

/** In one call where the system takes all at once; `writeFile` would cut a part into pieces of 512 KB. */
async function writeAll(handle: FileHandle, part: Uint8Array): Promise<void> {
  for (let done = 0; done < part.byteLength; ) done += (await handle.write(part, done)).bytesWritten
}
