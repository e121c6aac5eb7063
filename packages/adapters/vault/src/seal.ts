import type { Disk } from './disk.ts'
import { SEAL } from './names.ts'
import type { TemporaryNames } from './temporary.ts'
import { systemCode, VaultError } from './vault-error.ts'
import { type Written, writeHashed } from './write-hashed.ts'

/**
 * The last file of every folder: its files with size and hash, in byte order of their names. `swept` names the tables
 * that an old run gave up to make room. It depends on the files alone, so the same result has the same seal.
 */
export interface Seal {
  readonly schemaVersion: 1
  readonly files: readonly SealedFile[]
  readonly swept: readonly string[]
}

export interface SealedFile extends Written {
  readonly name: string
}

export function toSeal(files: ReadonlyMap<string, Written>, swept: readonly string[] = []): Seal {
  const names = [...files.keys()].sort()
  return { schemaVersion: 1, files: names.map((name) => ({ name, ...(files.get(name) as Written) })), swept }
}

export function sealBytes(seal: Seal): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(seal, null, 1)}\n`)
}

export async function writeSeal(disk: Disk, folder: string, seal: Seal): Promise<void> {
  await writeHashed(disk, `${folder}/${SEAL}`, [sealBytes(seal)], false)
}

/** Puts another seal in the place of the one there, in one step. */
export async function replaceSeal(disk: Disk, temporary: TemporaryNames, folder: string, seal: Seal): Promise<void> {
  const path = temporary.next()
  await writeHashed(disk, path, [sealBytes(seal)], true)
  await disk.rename(path, `${folder}/${SEAL}`)
}

/** null: the folder is not there. Throws `damaged` when it is there without a readable seal. */
export async function readSeal(disk: Disk, folder: string): Promise<Seal | null> {
  try {
    return parseSeal(new TextDecoder().decode(await disk.read(`${folder}/${SEAL}`)))
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR') throw error
    const there = await disk.stat(folder).catch(() => null)
    if (there === null) return null
    throw new VaultError('damaged', 'a folder of the vault has lost its seal', { cause: error })
  }
}

function parseSeal(text: string): Seal {
  try {
    const seal = JSON.parse(text) as Seal
    if (seal.schemaVersion === 1 && Array.isArray(seal.files)) return seal
  } catch (error) {
    throw new VaultError('damaged', 'the seal of a folder in the vault cannot be read', { cause: error })
  }
  throw new VaultError('damaged', 'the seal of a folder in the vault is of an unknown form')
}
