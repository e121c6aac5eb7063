import { constants, type Dirent, type Stats } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, symlink, unlink } from 'node:fs/promises'
import { clearError } from './vault-error.ts'

/**
 * Every call the vault makes to the operating system, so that tests can stop a writer at each of them.
 * Errors keep their system code, except those `clearError` gives a sentence.
 */
export interface Disk {
  /** A new, read-only file, open for writing; fails when the name is taken. */
  create(path: string): Promise<DiskFile>
  link(from: string, to: string): Promise<void>
  symlink(target: string, path: string): Promise<void>
  copy(from: string, to: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  makeFolder(path: string): Promise<void>
  removeTree(path: string): Promise<void>
  /** Flushes a file or a folder to the disk. */
  flush(path: string): Promise<void>
  stat(path: string): Promise<Stats>
  list(path: string): Promise<Dirent[]>
  read(path: string): Promise<Uint8Array>
}

export interface DiskFile {
  write(bytes: Uint8Array): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

const READ_ONLY = 0o444

export const nodeDisk: Disk = {
  create: (path) => clearly(createFile(path)),
  link: (from, to) => clearly(link(from, to)),
  symlink: (target, path) => clearly(symlink(target, path)),
  copy: (from, to) => clearly(copyFile(from, to, constants.COPYFILE_EXCL)),
  rename: (from, to) => clearly(rename(from, to)),
  unlink: (path) => clearly(unlink(path)),
  makeFolder: (path) => clearly(mkdir(path, { recursive: true }).then(() => undefined)),
  removeTree: (path) => clearly(rm(path, { recursive: true, force: true, maxRetries: 3 })),
  flush: (path) => clearly(flushPath(path)),
  stat: (path) => clearly(stat(path)),
  list: (path) => clearly(readdir(path, { withFileTypes: true })),
  read: (path) => clearly(readFile(path)),
}

async function clearly<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw clearError(error)
  }
}

async function createFile(path: string): Promise<DiskFile> {
  const handle = await open(path, 'wx', READ_ONLY)
  return {
    async write(bytes) {
      let done = 0
      while (done < bytes.length) {
        done += (await clearly(handle.write(bytes, done, bytes.length - done))).bytesWritten
      }
    },
    flush: () => clearly(handle.sync()),
    close: () => clearly(handle.close()),
  }
}

async function flushPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
