import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ContentId,
  type Failure,
  type FolderName,
  type FolderWriter,
  type JournalEntry,
  JournalEntrySchema,
  type Latest,
  type NumberedEntry,
} from '@afferent/ledger'
import { isAhead } from './latest-chain.ts'
import { checkContentId, checkFile, checkFolder, checkStudy, partsOf, partsOfKind, SEAL } from './names.ts'
import { idOf } from './objects.ts'
import type { KeptVault } from './open-vault.ts'
import { sealBytes, toSeal } from './seal.ts'
import { VaultError } from './vault-error.ts'
import type { Written } from './write-hashed.ts'

export interface MemoryVault extends KeptVault {
  /** Takes a file of the user into the vault without copying it: hashed now, opened at its own path later. */
  adoptFile(path: string): Promise<{ id: ContentId; size: number }>
}

type Content = Uint8Array | { readonly path: string }
type Folder = ReadonlyMap<string, Uint8Array>

/**
 * The same promises as the vault on a disk, for one process: tests, and `afferent analyze`. Only what threads must open by
 * path (`objectPath`, `folderPath`) is written, into a temporary folder that `close` removes.
 */
export function memoryVault(): MemoryVault {
  const objects = new Map<ContentId, Content>()
  const folders = new Map<FolderName, Folder>()
  const failures = new Map<ContentId, Failure>()
  const journals = new Map<string, NumberedEntry[]>()
  const latest = new Map<string, Latest>()
  const spill = spillFolder()

  const folder = (name: FolderName): Folder => {
    const found = folders.get(checkFolder(name))
    if (found === undefined) throw new VaultError('missing', `${name} is not in the vault`)
    return found
  }
  const object = (id: ContentId): Content => {
    const found = objects.get(checkContentId(id))
    if (found === undefined) throw new VaultError('missing', `objects/${id} is not in the vault`)
    return found
  }

  return {
    async has(name) {
      const [kind, id] = partsOf(name)
      if (kind === 'objects') return objects.has(id as ContentId)
      if (kind === 'failures') return failures.has((id as string).slice(0, -5) as ContentId)
      return folders.has(name as FolderName)
    },
    async list(kind) {
      const prefix = `${partsOfKind(kind).join('/')}/`
      if (kind === 'objects') return [...objects.keys()].sort()
      if (kind === 'failures') return [...failures.keys()].sort()
      const names = [...folders.keys()].filter((name) => name.startsWith(prefix))
      return names.map((name) => name.slice(prefix.length) as ContentId).sort()
    },
    studies: async () => [...journals.keys()].sort(),

    async putObject(parts) {
      const bytes = await joined(parts)
      const id = idOf(bytes)
      if (!objects.has(id)) objects.set(id, bytes)
      return { id, size: bytes.length }
    },
    async adoptFile(path) {
      const { id, size } = await hashAndSize(path)
      if (!objects.has(id)) objects.set(id, { path })
      return { id, size }
    },
    async objectPath(id) {
      const content = object(id)
      return content instanceof Uint8Array ? spill.file('objects', id, content) : content.path
    },
    async readObject(id) {
      const content = object(id)
      return content instanceof Uint8Array ? content : joined(createReadStream(content.path))
    },
    async eraseObject(id) {
      objects.delete(checkContentId(id))
    },

    async writeFolder(name, write) {
      if (folders.has(checkFolder(name))) return false
      const files = new Map<string, Uint8Array>()
      await write(writerInto(files))
      if (folders.has(name)) return false
      folders.set(name, files)
      return true
    },
    async readFile(name, file) {
      const bytes = folder(name).get(checkFile(file))
      if (bytes === undefined) throw new VaultError('missing', `${name}/${file} is not in the vault`)
      return bytes
    },
    listFiles: async (name) => [...folder(name).keys()].sort(),
    sealedFiles: async (name) => sealOf(folder(name)).files,
    folderPath(name) {
      const files = folders.get(checkFolder(name)) ?? new Map<string, Uint8Array>()
      for (const [file, bytes] of files) spill.file(name, file, bytes)
      if (files.size > 0) spill.file(name, SEAL, sealBytes(sealOf(files)))
      return spill.folder(name)
    },
    async flushFolder(name) {
      folder(name)
    },
    async removeFolder(name) {
      folders.delete(checkFolder(name))
    },

    async append(study, entry: JournalEntry) {
      const checked = JournalEntrySchema.parse(entry)
      const entries = journals.get(checkStudy(study)) ?? []
      journals.set(study, entries)
      const numbered = { ...checked, number: entries.length + 1 }
      entries.push(numbered)
      return numbered
    },
    journal: async (study, after = 0) => (journals.get(checkStudy(study)) ?? []).slice(after),

    failure: async (id) => failures.get(checkContentId(id)) ?? null,
    async writeFailure(id, failure) {
      failures.set(checkContentId(id), failure)
    },
    async clearFailure(id) {
      failures.delete(checkContentId(id))
    },

    latest: async (study) => latest.get(checkStudy(study)) ?? null,
    async advanceLatest(study, to) {
      const current = latest.get(checkStudy(study))
      if (current !== undefined && !isAhead(to, current)) return current
      latest.set(study, to)
      return to
    },
    close: async () => spill.remove(),
  }
}

function writerInto(files: Map<string, Uint8Array>): FolderWriter {
  const writeParts: FolderWriter['writeParts'] = async (file, parts) => {
    if (files.has(checkFile(file))) throw new Error(`${file} is written twice`)
    const bytes = await joined(parts)
    files.set(file, bytes)
    return written(bytes)
  }
  return {
    writeParts,
    async write(file, bytes) {
      await writeParts(file, [bytes])
    },
  }
}

function sealOf(files: Folder) {
  return toSeal(new Map([...files].map(([name, bytes]) => [name, written(bytes)])))
}

function written(bytes: Uint8Array): Written {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Always a copy: what is stored must not change when the caller reuses its buffer. */
async function joined(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const copies: Uint8Array[] = []
  let size = 0
  for await (const part of parts) {
    copies.push(part.slice())
    size += part.length
  }
  if (copies.length === 1) return copies[0] as Uint8Array
  const whole = new Uint8Array(size)
  let at = 0
  for (const copy of copies) {
    whole.set(copy, at)
    at += copy.length
  }
  return whole
}

async function hashAndSize(path: string): Promise<{ id: ContentId; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Uint8Array)
    size += (chunk as Uint8Array).length
  }
  return { id: `sha256-${hash.digest('hex')}`, size }
}

/** Files for threads, below a temporary folder made when the first one is asked for. */
function spillFolder() {
  let root: string | null = null
  const folder = (name: string): string => {
    root ??= mkdtempSync(join(tmpdir(), 'afferent-'))
    const path = join(root, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  return {
    folder,
    file(name: string, file: string, bytes: Uint8Array): string {
      const path = join(folder(name), file)
      writeFileSync(path, bytes)
      return path
    },
    remove(): void {
      if (root !== null) rmSync(root, { recursive: true, force: true })
      root = null
    },
  }
}
