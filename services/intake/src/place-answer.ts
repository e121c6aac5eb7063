import { lstat, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Receipt } from '@afferent/ledger'
import type { Verdict } from './answer.ts'
import { answerBase, numberedName } from './answer-name.ts'
import { ACCEPTED, REFUSED } from './list-drop.ts'
import { type LikeFolder, likeFolder, makeLike, ownLike } from './make-like.ts'
import { type PlannedAnswer, removeSlot, type Slot, writeOrigin } from './slot.ts'

/** `findings.csv` of one file, in parts. */
export type CsvParts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * Puts a file where its answer is, the answer beside it, and ends its slot. The place is written down before anything
 * moves, so that after a crash the same answer goes to the same place; the receipt comes last, so that whoever sees it
 * finds the rest. Returns where the file lies now.
 */
export async function placeAnswer(
  slot: Slot,
  verdict: Verdict,
  receipt: Receipt,
  findings: CsvParts | null,
): Promise<string> {
  const like = await likeFolder(slot.folder)
  const planned = slot.origin.answer ?? (await planAnswer(slot, verdict, receipt.number))
  const target = join(slot.folder, planned.target)
  const base = join(dirname(target), planned.answerBase)
  await makeLike(like, dirname(target))
  if (findings === null) await rm(`${base}.findings.csv`, { force: true })
  else await writeWhole(like, `${base}.findings.csv`, findings)
  await rename(slot.path, target).catch(alreadyThere)
  await writeWhole(like, `${base}.receipt.json`, [new TextEncoder().encode(`${JSON.stringify(receipt, null, 2)}\n`)])
  await removeSlot(slot)
  return target
}

async function planAnswer(slot: Slot, verdict: Verdict, number: number | null): Promise<PlannedAnswer> {
  const folder = verdict === 'accepted' ? ACCEPTED : REFUSED
  const wanted = join(folder, slot.origin.from)
  for (let attempt = 0; ; attempt++) {
    const target = numberedName(wanted, number, attempt)
    if ((await lstat(join(slot.folder, target)).catch(() => null)) !== null) continue
    const planned = { target, answerBase: answerBase(basename(target)) }
    await writeOrigin(slot, { ...slot.origin, answer: planned })
    return planned
  }
}

/** After a crash between the move and the receipt the file has left its slot. */
function alreadyThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
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
