import { createHash } from 'node:crypto'
import type { ContentId } from '@afferent/ledger'
import type { BytesRef, Task, TaskHost } from '@afferent/records'

export const HASH_FILE: Task<BytesRef, ContentId> = {
  module: import.meta.url,
  name: 'hashFile',
  types: hashFile,
  long: true,
}

/** Read at a time, into the same memory. */
const PART_BYTES = 1 << 20

/** Task: the name of a file's content. */
export function hashFile(ref: BytesRef, host: TaskHost): ContentId {
  const source = host.open(ref)
  const hash = createHash('sha256')
  const part = new Uint8Array(Math.min(PART_BYTES, source.size))
  for (let at = 0; at < source.size; ) {
    const read = source.read(part, at)
    if (read === 0) break
    hash.update(part.subarray(0, read))
    at += read
  }
  return `sha256-${hash.digest('hex')}`
}
