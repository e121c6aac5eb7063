import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import type { ByteSource, TaskHost } from '@afferent/records'
import { taskFunction } from './task-function.ts'

/** A task host that remembers the files it opened, so that they are closed when the task is over. */
export interface OpenTaskHost extends TaskHost {
  close(): void
}

export function openTaskHost(aside: string): OpenTaskHost {
  const files = new OpenFiles()
  const host: OpenTaskHost = {
    isUtf8,
    open: (ref) => (ref.kind === 'memory' ? memorySource(ref.bytes) : fileSource(ref.path, files)),
    putAside: (parts) => ({ kind: 'file', path: writeAside(aside, parts) }),
    run: async (task, input) => (await taskFunction(task))(input, host),
    close: () => files.close(),
  }
  return host
}

/** More files than this are not held open at a time; a task may read thousands. */
const MOST_OPEN = 64

class OpenFiles {
  /** By path, the one opened first in front. */
  private readonly descriptors = new Map<string, number>()

  descriptorOf(path: string): number {
    const known = this.descriptors.get(path)
    if (known !== undefined) return known
    const [oldest] = this.descriptors.keys()
    if (oldest !== undefined && this.descriptors.size >= MOST_OPEN) this.closeOne(oldest)
    const descriptor = openSync(path, 'r')
    this.descriptors.set(path, descriptor)
    return descriptor
  }

  close(): void {
    for (const path of [...this.descriptors.keys()]) this.closeOne(path)
  }

  private closeOne(path: string): void {
    closeSync(this.descriptors.get(path) as number)
    this.descriptors.delete(path)
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

function fileSource(path: string, files: OpenFiles): ByteSource {
  return {
    size: fstatSync(files.descriptorOf(path)).size,
    read(into, position) {
      const descriptor = files.descriptorOf(path)
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
  } catch (error) {
    throw Object.assign(error as Error, { path }) // the system names none for a full disk
  } finally {
    closeSync(descriptor)
  }
  return path
}
