import { createHash } from 'node:crypto'
import type { Disk } from './disk.ts'

export interface Written {
  readonly bytes: number
  /** 64 hex digits. */
  readonly sha256: string
}

/** Writes a new file while hashing it; on any failure the file is removed and the failure passed on. */
export async function writeHashed(
  disk: Disk,
  path: string,
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  flush: boolean,
): Promise<Written> {
  const file = await disk.create(path)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const part of parts) {
      // The disk writes while this thread hashes.
      const writing = file.write(part)
      hash.update(part)
      await writing
      bytes += part.length
    }
    if (flush) await file.flush()
    await file.close()
    return { bytes, sha256: hash.digest('hex') }
  } catch (error) {
    await file.close().catch(() => undefined)
    await disk.unlink(path).catch(() => undefined)
    throw error
  }
}
