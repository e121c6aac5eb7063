import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { ContentId } from '@afferent/ledger'
import type { FlushFolder } from './batched-flush.ts'
import type { Disk } from './disk.ts'
import { absent } from './folders.ts'
import { isWithoutLinks } from './link-new.ts'
import { checkContentId } from './names.ts'
import type { TemporaryNames } from './temporary.ts'
import { systemCode, VaultError } from './vault-error.ts'
import { writeHashed } from './write-hashed.ts'

/** Raw bytes of uploads under their hash, flushed. Storing known bytes again compares them with what is there. */
export interface Objects {
  put(parts: AsyncIterable<Uint8Array>): Promise<{ id: ContentId; size: number }>
  /** Throws `missing`. */
  path(id: ContentId): Promise<string>
  /** All bytes, compared with the id; throws `missing` or `damaged`. */
  read(id: ContentId): Promise<Uint8Array>
  erase(id: ContentId): Promise<void>
}

interface Tools {
  readonly root: string
  readonly disk: Disk
  readonly temporary: TemporaryNames
  readonly flushFolder: FlushFolder
}

export function objects({ root, disk, temporary, flushFolder }: Tools): Objects {
  const folder = join(root, 'objects')
  const pathOf = (id: ContentId): string => join(folder, checkContentId(id))

  const place = async (unfinished: string, id: ContentId, size: number): Promise<void> => {
    try {
      await disk.link(unfinished, pathOf(id))
    } catch (error) {
      // Under a name made of the bytes, replacing a file by the same bytes does no harm.
      if (isWithoutLinks(error)) return disk.rename(unfinished, pathOf(id))
      if (systemCode(error) !== 'EEXIST') throw error
      await compare(id, size)
    }
  }

  const compare = async (id: ContentId, size: number): Promise<void> => {
    const there = await disk.stat(pathOf(id))
    if (there.size === size && (await hashOfFile(pathOf(id))) === id) return
    throw new VaultError('damaged', `objects/${id} holds other bytes than its name says; run afferent vault check`)
  }

  return {
    async put(parts) {
      const unfinished = temporary.next()
      const { bytes, sha256 } = await writeHashed(disk, unfinished, parts, true)
      const id: ContentId = `sha256-${sha256}`
      try {
        await place(unfinished, id, bytes)
      } finally {
        await disk.unlink(unfinished).catch(() => undefined)
      }
      await flushFolder(folder)
      return { id, size: bytes }
    },
    async path(id) {
      const path = pathOf(id)
      if ((await disk.stat(path).catch(absent)) === null) {
        throw new VaultError('missing', `objects/${id} is not in the vault`)
      }
      return path
    },
    async read(id) {
      const bytes = await disk.read(pathOf(id)).catch(absent)
      if (bytes === null) throw new VaultError('missing', `objects/${id} is not in the vault`)
      if (idOf(bytes) !== id) throw new VaultError('damaged', `objects/${id} holds other bytes than its name says`)
      return bytes
    },
    async erase(id) {
      await disk.unlink(pathOf(id)).catch(absent)
      await flushFolder(folder)
    },
  }
}

export function idOf(bytes: Uint8Array): ContentId {
  return `sha256-${createHash('sha256').update(bytes).digest('hex')}`
}

export async function hashOfFile(path: string): Promise<ContentId> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array)
  return `sha256-${hash.digest('hex')}`
}
