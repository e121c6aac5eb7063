import { createReadStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContentId, Vault } from '@afferent/ledger'
import { removeSlot, type Slot } from './slot.ts'
import { roleOf, type StudyLedger } from './study-ledger.ts'

/**
 * What became of a slot in one attempt.
 *
 * taken       its bytes are in the vault and the journal, under `number`
 * duplicate   its bytes are those of upload `number`, which is in force under that name
 * moved       it changed while it was copied; try again later
 * gone        somebody removed it; there is nothing left to answer
 * unreadable  we may not read it
 * folder      it is a folder with the name of a file
 */
export type Taken =
  | { readonly kind: 'taken' | 'duplicate'; readonly number: number; readonly object: ContentId; readonly size: number }
  | { readonly kind: 'moved' | 'gone' | 'unreadable' | 'folder' }

export interface TakePorts {
  readonly vault: Pick<Vault, 'putObject' | 'append'>
  readonly now: () => number
  readonly signal: AbortSignal
}

/**
 * Copies a slot's file into the vault and says so in the journal. Safe to repeat after a crash at any point: the same
 * bytes are one object, and a slot that may be known first looks for the journal entry it may have made already.
 */
export async function takeSlot(slot: Slot, ledger: StudyLedger, ports: TakePorts): Promise<Taken> {
  const copied = await copyToVault(slot, ports)
  if ('kind' in copied) return copied
  const { object, size } = copied
  await ledger.refresh()
  const { name, after } = slot.origin
  const own = slot.mayBeKnown ? ledger.ownEntry(name, object, after) : undefined
  if (own !== undefined) return { kind: 'taken', number: own.number, object, size }
  const inForce = await ledger.inForce(name)
  if (inForce?.object === object) return { kind: 'duplicate', number: inForce.number, object, size }
  const at = new Date(ports.now()).toISOString()
  const role = roleOf(name)
  slot.mayBeKnown = true
  const entry = await ports.vault.append(slot.study, { kind: 'received', at, object, name, size, role, via: 'drop' })
  return { kind: 'taken', number: entry.number, object, size }
}

async function copyToVault(slot: Slot, ports: TakePorts): Promise<{ object: ContentId; size: number } | Taken> {
  try {
    const before = await stat(slot.path)
    const { id, size } = await ports.vault.putObject(readFile(slot.path, before.size, ports.signal))
    const after = await stat(slot.path)
    const same = before.size === after.size && before.mtimeMs === after.mtimeMs && after.size === size
    return same ? { object: id, size } : { kind: 'moved' }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return { kind: 'gone' }
    if (code === 'EISDIR') return { kind: 'folder' }
    if (code === 'EACCES' || code === 'EPERM') return { kind: 'unreadable' }
    throw error
  }
}

const CHUNK_BYTES = 1 << 20

/** Chunks no larger than the file, because each is allocated in full: 2,000 small files are not gigabytes of garbage. */
async function* readFile(path: string, size: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const highWaterMark = Math.max(1, Math.min(size + 1, CHUNK_BYTES))
  for await (const chunk of createReadStream(path, { highWaterMark, signal })) yield chunk as Uint8Array
}

/** Back to where it lay, if that name is still free; else it stays in its slot, which is as safe. */
export async function putBack(slot: Slot): Promise<boolean> {
  if (slot.mayBeKnown) return false
  const home = join(slot.folder, slot.origin.from)
  if ((await stat(home).catch(() => null)) !== null) return false
  await rename(slot.path, home)
  await removeSlot(slot)
  return true
}
