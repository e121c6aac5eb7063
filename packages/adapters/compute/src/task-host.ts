import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ByteSource, BytesRef, TaskHost } from '@afferent/records'

/** A task host that remembers the files it opened, so that they are closed when the task is over. */
export interface OpenTaskHost extends TaskHost {
  close(): void
}

export function openTaskHost(): OpenTaskHost {
  const descriptors: number[] = []
  return {
    isUtf8,
    open(ref: BytesRef): ByteSource {
      if (ref.kind === 'memory') return memorySource(ref.bytes)
      const descriptor = openSync(ref.path, 'r')
      descriptors.push(descriptor)
      return fileSource(descriptor)
    },
    close() {
      for (const descriptor of descriptors.splice(0)) closeSync(descriptor)
    },
  }
}

function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(into, position) {
      const part = bytes.subarray(position, position + into.length)
      into.set(part)
      return part.length
    },
  }
}

function fileSource(descriptor: number): ByteSource {
  return {
    size: fstatSync(descriptor).size,
    read(into, position) {
      let filled = 0
      while (filled < into.length) {
        const read = readSync(descriptor, into, filled, into.length - filled, position + filled)
        if (read === 0) break
        filled += read
      }
      return filled
    },
  }
}
