import type { JournalEntry, NumberedEntry } from './journal.ts'

/** `sha256-<64 hex digits>` of the bytes, or of the canonical JSON of what a result is made of. */
export type ContentId = `sha256-${string}`

/**
 * Names in the vault: lower case, no patient data, folders complete or absent.
 *
 * objects/<id>             raw bytes of an upload (flushed)      journal/<study>/<number>.json   (flushed)
 * datasets/<id>/           record tables of one upload           shards/<id>/                    results of some subjects
 * plans/<run>/             subjects, facts and shards of a run
 * failures/<id>.json       why a step cannot succeed             runs/<study>/<id>/              result tables, manifest last
 * latest/<study>.json      the run in force
 */
export type FolderName =
  | `datasets/${ContentId}`
  | `plans/${ContentId}`
  | `shards/${ContentId}`
  | `runs/${string}/${ContentId}`
export type VaultName = FolderName | `failures/${ContentId}` | `objects/${ContentId}`

/** Why a step cannot succeed before its input, the version or a person (`retry`) changes something. Codes, no data. */
export interface Failure {
  readonly code: string
  readonly stage: 'validate' | 'derive' | 'summarize' | 'publish'
  readonly at: string
  /** A sentence for people; names a rule or a limit, never a cell. */
  readonly message: string
}

/** The run whose tables `results/<study>/latest` shows. Only moves forward: by journal number, then version, then `judged`. */
export interface Latest {
  readonly run: ContentId
  /** Highest journal number the run took into account. */
  readonly number: number
  readonly version: number
  /** Uploads that had been judged by then: a run that waited no longer for the others is followed by one that knows them. */
  readonly judged: number
}

/** Writes one folder file by file; nothing is visible before all of it is. */
export interface FolderWriter {
  write(file: string, bytes: Uint8Array): Promise<void>
  /** For tables larger than memory: parts in order. */
  writeParts(
    file: string,
    parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<{ bytes: number; sha256: string }>
}

/**
 * Content-addressed, write-once store. Every promise a stage relies on stands here:
 * a name once present keeps its bytes; a folder appears whole or not at all; journal numbers are claimed by exclusive
 * creation, so two writers never share one; `flushed` entries survive a power cut.
 */
export interface Vault {
  has(name: VaultName): Promise<boolean>
  /** Ids present below a kind (`datasets`, `shards`, `failures`, `objects`, `runs/<study>`). */
  list(kind: 'datasets' | 'plans' | 'shards' | 'failures' | 'objects' | `runs/${string}`): Promise<ContentId[]>

  /** Stores bytes while hashing them; flushed when the promise resolves. */
  putObject(parts: AsyncIterable<Uint8Array>): Promise<{ id: ContentId; size: number }>
  /** A path that worker threads can open; throws `VaultError('missing')`. */
  objectPath(id: ContentId): Promise<string>
  /** All bytes of a small object (a study file). */
  readObject(id: ContentId): Promise<Uint8Array>
  eraseObject(id: ContentId): Promise<void>

  /** Writes a folder under a temporary name and renames it whole. False: it was there already (first writer wins). */
  writeFolder(name: FolderName, write: (folder: FolderWriter) => Promise<void>): Promise<boolean>
  readFile(name: FolderName, file: string): Promise<Uint8Array>
  listFiles(name: FolderName): Promise<string[]>
  folderPath(name: FolderName): string
  /** Makes a folder survive a power cut; called before `latest` moves to it. */
  flushFolder(name: FolderName): Promise<void>
  removeFolder(name: FolderName): Promise<void>

  /** Claims the next free number, flushed. */
  append(study: string, entry: JournalEntry): Promise<NumberedEntry>
  /** Entries with a number above `after`, in order. */
  journal(study: string, after?: number): Promise<NumberedEntry[]>
  studies(): Promise<string[]>

  failure(id: ContentId): Promise<Failure | null>
  writeFailure(id: ContentId, failure: Failure): Promise<void>
  clearFailure(id: ContentId): Promise<void>

  latest(study: string): Promise<Latest | null>
  /** Moves `latest` forward, never back; returns what is in force afterwards. */
  advanceLatest(study: string, to: Latest): Promise<Latest>
}
