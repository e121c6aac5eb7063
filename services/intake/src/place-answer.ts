import { lstat, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Receipt } from '@afferent/ledger'
import type { Verdict } from './answer.ts'
import { answerBase, numberedName } from './answer-name.ts'
import { ACCEPTED, REFUSED } from './list-drop.ts'
import { type LikeFolder, likeFolder, makeLike, ownLike } from './make-like.ts'
import { removeSlot, type Slot, writeOrigin } from './slot.ts'

/** `findings.csv` of one file, in parts. */
export type CsvParts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * Puts a file where its answer is, the answer beside it, and ends its slot. The answer is written down before anything
 * moves, so that a crash after the move does not lose it; the receipt comes last, so that whoever sees it finds the rest.
 * Returns where the file lies now.
 */
export async function placeAnswer(
  slot: Slot,
  verdict: Verdict,
  receipt: Receipt,
  findings: CsvParts | null,
): Promise<string> {
  const like = await likeFolder(slot.folder)
  const target = await freeTarget(slot, verdict, receipt.number)
  try {
    return await moveTo(target, slot, like, receipt, findings)
  } finally {
    reserved.delete(join(slot.folder, target))
  }
}

async function moveTo(
  target: string,
  slot: Slot,
  like: LikeFolder,
  receipt: Receipt,
  findings: CsvParts | null,
): Promise<string> {
  const answer = { target, answerBase: answerBase(basename(target)), receipt }
  await writeOrigin(slot, { ...slot.origin, answer })
  const path = join(slot.folder, target)
  await makeLike(like, dirname(path))
  const csv = join(dirname(path), `${answer.answerBase}.findings.csv`)
  if (findings === null) await rm(csv, { force: true })
  else await writeWhole(like, csv, findings)
  await rename(slot.path, path)
  await finishAnswer(slot, like)
  return path
}

/** The receipt of a file that has been put where it belongs; without one, the file went away and its slot goes too. */
export async function finishAnswer(slot: Slot, like?: LikeFolder): Promise<void> {
  const { answer } = slot.origin
  if (answer !== undefined) {
    const path = join(slot.folder, dirname(answer.target), `${answer.answerBase}.receipt.json`)
    const text = `${JSON.stringify(answer.receipt, null, 2)}\n`
    await writeWhole(like ?? (await likeFolder(slot.folder)), path, [new TextEncoder().encode(text)])
  }
  await removeSlot(slot)
}

/** Places given to files that are on their way there: several are answered at the same time. */
const reserved = new Set<string>()

/** Below drop/<study>/: the file's own path, with its number where that is taken. */
async function freeTarget(slot: Slot, verdict: Verdict, number: number | null): Promise<string> {
  const wanted = join(verdict === 'accepted' ? ACCEPTED : REFUSED, slot.origin.from)
  for (let attempt = 0; ; attempt++) {
    const target = numberedName(wanted, number, attempt)
    const path = join(slot.folder, target)
    if (reserved.has(path)) continue
    reserved.add(path)
    if ((await lstat(path).catch(() => null)) === null) return target
    reserved.delete(path)
  }
}

/** Removes the answer beside a file that is taken again. */
export async function removeAnswer(path: string): Promise<void> {
  const base = join(dirname(path), answerBase(basename(path)))
  for (const ending of ['.receipt.json', '.findings.csv']) await rm(base + ending, { force: true })
}

async function writeWhole(like: LikeFolder, path: string, parts: CsvParts): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path).slice(-40)}.${process.pid}.part`)
  const file = await open(unfinished, 'w', like.mode & 0o666)
  try {
    for await (const part of parts) await file.writeFile(part)
  } finally {
    await file.close()
  }
  await ownLike(like, unfinished)
  await rename(unfinished, path)
}
