import type { ByteSource } from '@afferent/records'

/** Bytes of a test as a file that hands out at most `piece` of them at a time. */
export function memorySource(content: string | Uint8Array, piece: number = 1 << 20): ByteSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    size: bytes.length,
    read(into, position) {
      const part = bytes.subarray(position, position + Math.min(piece, into.length))
      into.set(part)
      return part.length
    },
  }
}
