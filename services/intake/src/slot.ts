import { readdir, readFile, rename, rmdir, unlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Receipt } from '@afferent/ledger'
import { JUDGING, TAKING } from './list-drop.ts'
import { type LikeFolder, makeLike } from './make-like.ts'

/**
 * A file on its way: `.taking/<id>/<file>` until the journal has it, then `.judging/<id>/<file>` until it is answered. A
 * note beside it says what the file is called, which journal numbers came before it, and, once decided, where its answer
 * goes: all a restart needs to finish it.
 */
export interface Slot {
  readonly id: string
  readonly study: string
  /** drop/<study>. */
  readonly folder: string
  /** The slot's own folder. */
  home: string
  /** Where the file lies now. */
  path: string
  origin: Origin
  /** It may be in the journal already: found at the start, or the journal failed half way. */
  mayBeKnown: boolean
}

export interface Origin {
  /** Name of the upload. */
  readonly name: string
  /** Path below drop/<study>/ as the disk writes it. */
  readonly from: string
  /** Highest journal number before the file was taken. */
  readonly after: number
  readonly answer?: PlannedAnswer
}

export interface PlannedAnswer {
  /** Below drop/<study>/, e.g. `accepted/sub/diary.17.csv`. */
  readonly target: string
  /** Name of the answer files without their ending; differs from the target where that is too long. */
  readonly answerBase: string
  readonly receipt: Receipt
}

/** Files whose names begin with a dot are never taken, so this name is free. */
const NOTE = '.origin.json'

let count = 0

/** Moves a file into a slot of its own. Throws what the rename throws; the file then lies where it lay. */
export async function takeIntoSlot(
  study: string,
  folder: LikeFolder,
  path: string,
  origin: Origin,
  now: number,
): Promise<Slot> {
  const id = `${now.toString(36).padStart(9, '0')}-${(count++ % 36 ** 4).toString(36).padStart(4, '0')}-${process.pid.toString(36)}`
  const home = join(folder.path, TAKING, id)
  await makeLike(folder, home)
  const slot: Slot = {
    id,
    study,
    folder: folder.path,
    home,
    path: join(home, basename(path)),
    origin,
    mayBeKnown: false,
  }
  try {
    await writeOrigin(slot, origin)
    await rename(path, slot.path)
    return slot
  } catch (error) {
    await removeSlot(slot)
    throw error
  }
}

/** Replaces the note beside the file, in one step. */
export async function writeOrigin(slot: Slot, origin: Origin): Promise<void> {
  const path = join(slot.home, NOTE)
  await writeFile(`${path}.new`, `${JSON.stringify(origin)}\n`)
  await rename(`${path}.new`, path)
  slot.origin = origin
}

/** The journal has the file: from now on it waits for its verdict. */
export async function toJudging(slot: Slot, folder: LikeFolder): Promise<void> {
  const home = join(folder.path, JUDGING, slot.id)
  if (slot.home === home) return
  await makeLike(folder, join(folder.path, JUDGING))
  await rename(slot.home, home)
  slot.home = home
  slot.path = join(home, basename(slot.path))
}

/** Never removes a file that is still in the slot. */
export async function removeSlot(slot: Slot): Promise<void> {
  await unlink(join(slot.home, NOTE)).catch(() => undefined)
  if (await removeEmpty(slot.home)) return
  await unlink(join(slot.home, `${NOTE}.new`)).catch(() => undefined)
  await removeEmpty(slot.home)
}

const removeEmpty = (folder: string): Promise<boolean> =>
  rmdir(folder).then(
    () => true,
    () => false,
  )

/** Slots a former process left, in the order their files were taken. */
export async function findSlots(study: string, folder: string): Promise<Slot[]> {
  const slots: Slot[] = []
  for (const state of [JUDGING, TAKING]) {
    for (const id of await readdir(join(folder, state)).catch(() => [])) {
      const slot = await readSlot(study, folder, join(folder, state, id), id)
      if (slot !== null) slots.push(slot)
    }
  }
  return slots.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Without its note a file still has its own name; null: neither file nor note. */
async function readSlot(study: string, folder: string, home: string, id: string): Promise<Slot | null> {
  const inside = (await readdir(home).catch(() => [])).find((entry) => !entry.startsWith(NOTE))
  const origin = (await readOrigin(join(home, NOTE))) ?? originFrom(inside)
  if (origin === null) return null
  return { id, study, folder, home, path: join(home, inside ?? basename(origin.from)), origin, mayBeKnown: true }
}

async function readOrigin(path: string): Promise<Origin | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Origin
  } catch {
    return null
  }
}

function originFrom(inside: string | undefined): Origin | null {
  return inside === undefined ? null : { name: inside.normalize('NFC'), from: inside, after: 0 }
}
