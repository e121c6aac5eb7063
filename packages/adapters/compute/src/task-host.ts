import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import type { ByteSource, BytesRef, TaskHost } from '@afferent/records'

/** A task host that remembers the files it opened, so that they are closed when the task is over. */
export interface OpenTaskHost extends TaskHost {
  close(): void
}

export function openTaskHost(aside: string): OpenTaskHost {
  const descriptors: number[] = []
  return {
    isUtf8,
    open(ref: BytesRef): ByteSource {
      if (ref.kind === 'memory') return memorySource(ref.bytes)
      const descriptor = openSync(ref.path, 'r')
      descriptors.push(descriptor)
      return fileSource(descriptor)
    },
    putAside: (parts) => ({ kind: 'file', path: writeAside(aside, parts) }),
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

let written = 0

/** A file of its own in the folder, which is made for the first of them; data of patients, so nobody else may read it. */
function writeAside(folder: string, parts: readonly Uint8Array[]): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${threadId}-${written++}`)
  const descriptor = openSync(path, 'wx', 0o600)
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length; ) done += writeSync(descriptor, part, done)
    }
  } finally {
    closeSync(descriptor)
  }
  return path
}
