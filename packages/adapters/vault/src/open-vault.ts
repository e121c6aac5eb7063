import { join } from 'node:path'
import {
  type ContentId,
  type Failure,
  type FolderName,
  type JournalEntry,
  JournalEntrySchema,
  type Latest,
  type NumberedEntry,
  type Vault,
} from '@afferent/ledger'
import { batchedFlush } from './batched-flush.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { absent, type Folders, folders } from './folders.ts'
import { advance, readLatest } from './latest-chain.ts'
import { checkContentId, checkStudy, isContentId, partsOf, partsOfKind, TOP_FOLDERS } from './names.ts'
import { type NumberedFiles, numberedFiles } from './numbered-files.ts'
import { objects } from './objects.ts'
import { RecentEntries } from './recent-entries.ts'
import type { SealedFile } from './seal.ts'
import { sweepLeftovers, temporaryNames } from './temporary.ts'
import { VaultError } from './vault-error.ts'
import { writeHashed } from './write-hashed.ts'

/** A vault with what its keepers (check, sweep, results view, portal) need beyond the port of the stages. */
export interface KeptVault extends Vault {
  /** Files of a folder with size and hash, in byte order of their names; throws `missing`. */
  sealedFiles(name: FolderName): Promise<readonly SealedFile[]>
  close(): Promise<void>
}

export interface LocalVault extends KeptVault {
  readonly root: string
  readonly disk: Disk
  /** A folder for what this process needs no longer than it runs: what a killed one leaves there is swept. Not made yet. */
  scratchFolder(): string
  /** Moves a folder to `damaged/`, so that its name is free to be made again. */
  setAside(name: FolderName): Promise<void>
}

/** Entries of a journal read at the same time, once it has turned out that there are so many. */
const MOST_AT_ONCE = 32

/**
 * Opens (and makes, if need be) a vault in a folder of its own, and removes what killed writers left there.
 * Several processes may have it open at once; every promise of `Vault` holds between them.
 */
export async function openVault({ root, disk = nodeDisk }: { root: string; disk?: Disk }): Promise<LocalVault> {
  for (const folder of TOP_FOLDERS) await disk.makeFolder(join(root, folder))
  await sweepLeftovers(disk, join(root, 'tmp'), Date.now())
  const tools = { root, disk, temporary: temporaryNames(join(root, 'tmp')), flushFolder: batchedFlush(disk) }
  const kept = folders(tools)
  const chains = new Map<string, NumberedFiles>()
  const chain = (kind: 'journal' | 'latest', study: string): NumberedFiles => {
    const folder = join(root, kind, checkStudy(study))
    const known = chains.get(folder) ?? numberedFiles(folder, tools)
    chains.set(folder, known)
    return known
  }

  const recent = new Map<string, RecentEntries>()
  const recentOf = (study: string): RecentEntries => {
    const known = recent.get(study) ?? new RecentEntries()
    recent.set(study, known)
    return known
  }

  return {
    root,
    disk,
    scratchFolder: () => tools.temporary.next(),
    setAside: kept.setAside,
    ...lookup(root, disk, kept),
    ...objectMethods(objects(tools)),
    ...folderMethods(kept),
    ...failureMethods(tools),
    append: async (study, entry) => append(chain('journal', study), recentOf(study), entry),
    journal: async (study, after = 0) => readJournal(chain('journal', study), recentOf(study), study, after),
    latest: async (study) => readLatest(chain('latest', study)),
    advanceLatest: async (study, to: Latest) => advance(chain('latest', study), to),
    close: async () => undefined,
  }
}

function lookup(root: string, disk: Disk, kept: Folders): Pick<Vault, 'has' | 'list' | 'studies'> {
  const namesIn = async (...parts: string[]): Promise<string[]> => {
    const entries = (await disk.list(join(root, ...parts)).catch(absent)) ?? []
    return entries.map((entry) => entry.name).sort()
  }
  return {
    async has(name) {
      const parts = partsOf(name)
      if (parts[0] !== 'objects' && parts[0] !== 'failures') return kept.has(name as FolderName)
      return (await disk.stat(join(root, ...parts)).catch(absent)) !== null
    },
    async list(kind) {
      const names = await namesIn(...partsOfKind(kind))
      return names.map((name) => (kind === 'failures' ? name.replace(/\.json$/, '') : name)).filter(isContentId)
    },
    studies: () => namesIn('journal'),
  }
}

type ObjectMethods = 'putObject' | 'objectPath' | 'readObject' | 'eraseObject'

function objectMethods(store: ReturnType<typeof objects>): Pick<Vault, ObjectMethods> {
  return { putObject: store.put, objectPath: store.path, readObject: store.read, eraseObject: store.erase }
}

type FolderMethods =
  | 'writeFolder'
  | 'readFile'
  | 'listFiles'
  | 'folderPath'
  | 'flushFolder'
  | 'removeFolder'
  | 'sealedFiles'

function folderMethods(kept: Folders): Pick<KeptVault, FolderMethods> {
  return {
    writeFolder: kept.write,
    readFile: kept.read,
    listFiles: async (name) => (await kept.files(name)).map((file) => file.name),
    folderPath: kept.path,
    flushFolder: kept.flush,
    removeFolder: kept.remove,
    sealedFiles: kept.files,
  }
}

type FailureTools = { root: string; disk: Disk; temporary: { next(): string } }

function failureMethods({
  root,
  disk,
  temporary,
}: FailureTools): Pick<Vault, 'failure' | 'writeFailure' | 'clearFailure'> {
  const pathOf = (id: ContentId): string => join(root, 'failures', `${checkContentId(id)}.json`)
  return {
    async failure(id) {
      const bytes = await disk.read(pathOf(id)).catch(absent)
      return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as Failure)
    },
    async writeFailure(id, failure) {
      const path = temporary.next()
      await writeHashed(disk, path, [new TextEncoder().encode(`${JSON.stringify(failure)}\n`)], true)
      await disk.rename(path, pathOf(id))
    },
    async clearFailure(id) {
      await disk.unlink(pathOf(id)).catch(absent)
    },
  }
}

async function append(entries: NumberedFiles, recent: RecentEntries, entry: JournalEntry): Promise<NumberedEntry> {
  const checked = JournalEntrySchema.parse(entry)
  const numbered = { ...checked, number: await entries.append(checked) }
  recent.keep(numbered)
  return numbered
}

/**
 * Reads from `after` on until a number is not there; never lists the folder, which holds every number there ever was. Asks
 * for one number, then for twice as many each time: most who ask have read all but the newest. A reading from the start (a
 * check, say) takes nothing from memory.
 */
async function readJournal(
  entries: NumberedFiles,
  recent: RecentEntries,
  study: string,
  after: number,
): Promise<NumberedEntry[]> {
  const readOne = (number: number) => (after > 0 && recent.get(number)) || readEntry(entries, study, number)
  const found: NumberedEntry[] = []
  let next = after + 1
  for (let atOnce = 1; ; atOnce = Math.min(2 * atOnce, MOST_AT_ONCE)) {
    const numbers = Array.from({ length: atOnce }, (_, i) => next + i)
    const values = await Promise.all(numbers.map(readOne))
    const end = values.indexOf(undefined)
    for (const value of end === -1 ? values : values.slice(0, end)) {
      if (!value) continue
      recent.keep(value)
      found.push(value)
    }
    if (end !== -1) return found
    next += atOnce
  }
}

async function readEntry(
  entries: NumberedFiles,
  study: string,
  number: number,
): Promise<NumberedEntry | null | undefined> {
  try {
    const value = await entries.read(number)
    return value === undefined || value === null ? value : { ...JournalEntrySchema.parse(value), number }
  } catch (error) {
    if (error instanceof VaultError) throw error
    throw new VaultError('damaged', `entry ${number} of the journal of ${study} cannot be read`, { cause: error })
  }
}
