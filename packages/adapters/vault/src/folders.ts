import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { FolderName, FolderWriter } from '@afferent/ledger'
import type { FlushFolder } from './batched-flush.ts'
import type { Disk } from './disk.ts'
import { checkFile, checkFolder, partsOf, SEAL } from './names.ts'
import { readSeal, type SealedFile, toSeal, writeSeal } from './seal.ts'
import type { TemporaryNames } from './temporary.ts'
import { systemCode, VaultError } from './vault-error.ts'
import { type Written, writeHashed } from './write-hashed.ts'

/**
 * Folders of the vault on a disk. One appears by renaming a finished temporary folder, so it is whole or absent. Its
 * files are compared with the seal when they are first read; a folder that fails is set aside (`damaged/`), because
 * whatever lies in a folder can be computed again, and the next look does.
 */
export interface Folders {
  path(name: FolderName): string
  has(name: FolderName): Promise<boolean>
  write(name: FolderName, fill: (folder: FolderWriter) => Promise<void>): Promise<boolean>
  read(name: FolderName, file: string): Promise<Uint8Array>
  files(name: FolderName): Promise<readonly SealedFile[]>
  flush(name: FolderName): Promise<void>
  remove(name: FolderName): Promise<void>
  /** Moves a folder to `damaged/`, so that its name is free to be made again. */
  setAside(name: FolderName): Promise<void>
}

interface Tools {
  readonly root: string
  readonly disk: Disk
  readonly temporary: TemporaryNames
  readonly flushFolder: FlushFolder
}

const SEALS_KEPT = 64

export function folders({ root, disk, temporary, flushFolder }: Tools): Folders {
  const checked = new Set<string>()
  const seals = new Map<FolderName, readonly SealedFile[]>()
  const path = (name: FolderName): string => join(root, ...partsOf(checkFolder(name)))

  const has = async (name: FolderName): Promise<boolean> => {
    const stats = await disk.stat(join(path(name), SEAL)).catch(absent)
    return stats !== null && stats.size > 0
  }

  const write: Folders['write'] = async (name, fill) => {
    const final = path(name)
    if (await has(name)) return false
    const unfinished = temporary.next()
    await disk.makeFolder(unfinished)
    let placed = false
    try {
      const written = new Map<string, Written>()
      await fill(writerInto(disk, unfinished, written))
      await writeSeal(disk, unfinished, toSeal(written))
      await disk.makeFolder(dirname(final))
      placed = await place(name, unfinished)
      return placed
    } finally {
      if (!placed) await disk.removeTree(unfinished).catch(() => undefined)
    }
  }

  /** False: a whole folder of that name is there, the first writer wins. What is there without a seal gives way. */
  const place = async (name: FolderName, unfinished: string): Promise<boolean> => {
    if (await renameNew(disk, unfinished, path(name))) return true
    if (await has(name)) return false
    await setAside(name)
    return renameNew(disk, unfinished, path(name))
  }

  const files = async (name: FolderName): Promise<readonly SealedFile[]> => {
    const seal = await sealOf(name)
    return seal.files
  }

  const sealOf = async (name: FolderName) => {
    const seal = await readSeal(disk, path(name)).catch((error: unknown) => refuseDamaged(name, error))
    if (seal === null) throw new VaultError('missing', `${name} is not in the vault`)
    return seal
  }

  const read = async (name: FolderName, file: string): Promise<Uint8Array> => {
    const key = `${name}/${checkFile(file)}`
    const bytes = await disk.read(join(path(name), file)).catch(absent)
    if (bytes !== null && checked.has(key)) return bytes
    const isWhole = (sealed: SealedFile): boolean =>
      bytes !== null && createHash('sha256').update(bytes).digest('hex') === sealed.sha256
    const known = seals.get(name)?.find((each) => each.name === file)
    if (known === undefined || !isWhole(known)) {
      // Only what the seal says now can tell that a file is missing or damaged: the sweep may have replaced it.
      const sealed = (await freshSeal(name)).find((each) => each.name === file)
      if (sealed === undefined) throw new VaultError('missing', `${key} is not in the vault`)
      if (!isWhole(sealed)) {
        return refuseDamaged(name, new VaultError('damaged', `${key} differs from what was written`))
      }
    }
    checked.add(key)
    return bytes as Uint8Array
  }

  /** Kept for the other files of the folder, which are mostly read next. */
  const freshSeal = async (name: FolderName): Promise<readonly SealedFile[]> => {
    const sealed = await files(name)
    seals.set(name, sealed)
    if (seals.size > SEALS_KEPT) seals.delete(seals.keys().next().value as FolderName)
    return sealed
  }

  const refuseDamaged = async (name: FolderName, error: unknown): Promise<never> => {
    if (error instanceof VaultError && error.code === 'damaged') await setAside(name)
    throw error
  }

  const setAside = async (name: FolderName): Promise<void> => {
    const aside = join(root, 'damaged', `${name.replaceAll('/', '-')}.${basename(temporary.next())}`)
    await disk.makeFolder(dirname(aside))
    await disk.rename(path(name), aside).catch(absent)
  }

  return {
    path,
    has,
    write,
    read,
    files,
    setAside,
    async flush(name) {
      const folder = path(name)
      for (const { name: file } of await files(name)) await disk.flush(join(folder, file))
      await disk.flush(join(folder, SEAL))
      await disk.flush(folder)
      await flushFolder(dirname(folder))
      await flushFolder(join(folder, '..', '..'))
    },
    async remove(name) {
      const away = temporary.next()
      const gone = await disk.rename(path(name), away).then(
        () => true,
        (error: unknown) => absent(error) !== null,
      )
      if (gone) await disk.removeTree(away)
    },
  }
}

/** For `catch`: null for a name that is not there, all else is thrown on. */
export function absent(error: unknown): null {
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  throw error
}

function writerInto(disk: Disk, folder: string, written: Map<string, Written>): FolderWriter {
  const writeParts: FolderWriter['writeParts'] = async (file, parts) => {
    const result = await writeHashed(disk, join(folder, checkFile(file)), parts, false)
    written.set(file, result)
    return result
  }
  return {
    writeParts,
    async write(file, bytes) {
      await writeParts(file, [bytes])
    },
  }
}

/** A folder that is there already, with something in it, makes the rename fail. */
async function renameNew(disk: Disk, from: string, to: string): Promise<boolean> {
  try {
    await disk.rename(from, to)
    return true
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error))) return false
    throw error
  }
}
