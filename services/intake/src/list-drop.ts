import { isUtf8 } from 'node:buffer'
import type { Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file in the drop folder as one look finds it. */
export interface FoundFile {
  readonly kind: 'file' | 'folder-like-file'
  /** Path below drop/<study>/ in NFC, with `/`: the name of the upload. */
  readonly name: string
  /** Where it lies, as the disk writes it. */
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
}

/** Something that is not taken, and why. */
export interface Left {
  readonly kind: 'left'
  readonly name: string
  readonly why: LeftReason
}

export type LeftReason = 'link' | 'special' | 'dot-file' | 'unfinished' | 'name-not-utf8' | 'too-deep' | 'not-listed'

export const LEFT_SAYS: Readonly<Record<LeftReason, string>> = {
  link: 'is a link; links are not followed, drop the file itself',
  special: 'is neither a file nor a folder',
  'dot-file': 'begins with a dot and is left alone; rename it if it is an export',
  unfinished: 'has the ending of an unfinished transfer and is left alone until it is renamed',
  'name-not-utf8': 'has a name that is not UTF-8; rename it',
  'too-deep': 'lies too many folders deep; move it up',
  'not-listed': 'cannot be listed (permission denied); correct its permissions',
}

/** Folders and files of ours at the top of a study's drop folder. */
export const ACCEPTED = 'accepted'
export const REFUSED = 'refused'
export const TAKING = '.taking'
export const JUDGING = '.judging'
export const PROPOSED = 'study.proposed.yaml'
const OURS: ReadonlySet<string> = new Set([ACCEPTED, REFUSED, TAKING, JUDGING, PROPOSED])

const UNFINISHED = /\.(part|tmp|crdownload|filepart)$/i
const FILE_ENDING = /\.(csv|tsv|txt|ya?ml|xlsx?|json|ndjson|xml|zip|gz|arrow|parquet|sav|dta|xpt)$/i
const MAX_DEPTH = 16

type Found = FoundFile | Left

/**
 * Everything in a study's drop folder, sub-folders walked, in byte order of names; links are not followed. Names for which
 * `isBusy` says so are passed over without a question to the disk: 2,000 files that wait their turn are asked about once.
 */
export async function listDrop(folder: string, isBusy: (name: string) => boolean = () => false): Promise<Found[]> {
  const found: Found[] = []
  await walk(folder, '', 0, { found, isBusy })
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

interface Listing {
  readonly found: Found[]
  readonly isBusy: (name: string) => boolean
}

async function walk(folder: string, prefix: string, depth: number, listing: Listing): Promise<void> {
  for (const raw of await readdir(folder, { encoding: 'buffer' })) {
    const entry = raw.toString('utf8')
    if (depth === 0 && OURS.has(entry)) continue
    const name = `${prefix}${entry.normalize('NFC')}`
    if (!isUtf8(raw)) listing.found.push({ kind: 'left', name, why: 'name-not-utf8' })
    else if (!listing.isBusy(name)) await classify(join(folder, entry), entry, name, depth, listing)
  }
}

async function classify(path: string, entry: string, name: string, depth: number, listing: Listing): Promise<void> {
  const { found } = listing
  const left = (why: LeftReason) => found.push({ kind: 'left', name, why })
  const stats = await lstat(path).catch(() => null)
  if (stats === null) return // gone since the folder was read
  if (stats.isSymbolicLink()) left('link')
  else if (entry.startsWith('.')) left('dot-file')
  else if (stats.isFile()) UNFINISHED.test(entry) ? left('unfinished') : found.push(asFound('file', name, path, stats))
  else if (!stats.isDirectory()) left('special')
  else if (FILE_ENDING.test(entry)) found.push(asFound('folder-like-file', name, path, stats))
  else if (depth === MAX_DEPTH) left('too-deep')
  else await walk(path, `${name}/`, depth + 1, listing).catch((error: unknown) => left(reasonOf(error)))
}

function reasonOf(error: unknown): LeftReason {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EACCES' || code === 'EPERM') return 'not-listed'
  throw error
}

function asFound(kind: FoundFile['kind'], name: string, path: string, { size, mtimeMs }: Stats): FoundFile {
  return { kind, name, path, size, mtimeMs }
}
