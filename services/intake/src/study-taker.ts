import { lstat } from 'node:fs/promises'
import { VaultError } from '@afferent/vault'
import { answerDuplicate, answerFolder, answerUnreadable, type Case } from './answer.ts'
import { type AnswerDesk, sightOf } from './answer-desk.ts'
import type { DeskTools } from './desk-tools.ts'
import type { FoundFile } from './list-drop.ts'
import { likeFolder } from './make-like.ts'
import { placeAnswer } from './place-answer.ts'
import { printable } from './printable.ts'
import { removeSlot, type Slot, takeIntoSlot, toJudging } from './slot.ts'
import { roleOf, type StudyLedger } from './study-ledger.ts'
import { putBack, type Taken, takeSlot } from './take-slot.ts'

/** Longest pause before a file that keeps changing is tried again. */
const LONGEST_PAUSE_MS = 2_000

/**
 * Takes the files of one study. A name is busy from the moment its file is queued until the journal has it; another file
 * of that name waits in the drop folder meanwhile, so that versions enter the journal in the order they came.
 */
export class StudyTaker {
  private readonly study: string
  private readonly folder: string
  private readonly ledger: StudyLedger
  private readonly desk: AnswerDesk
  private readonly tools: DeskTools
  private readonly busy = new Set<string>()
  private readonly later: { readonly slot: Slot; readonly at: number; readonly pauseMs: number }[] = []

  constructor(study: string, folder: string, ledger: StudyLedger, desk: AnswerDesk, tools: DeskTools) {
    this.study = study
    this.folder = folder
    this.ledger = ledger
    this.desk = desk
    this.tools = tools
  }

  /** Files on their way from the drop folder to the journal. */
  get taking(): number {
    return this.busy.size
  }

  isBusy(name: string): boolean {
    return this.busy.has(busyKey(name))
  }

  /** A finished file in the drop folder, or an answered one that has grown. */
  take(file: FoundFile, from: string): void {
    this.busy.add(busyKey(file.name))
    this.tools.inFlight.add(async () => {
      const slot = await this.intoSlot(file, from)
      if (slot === null) this.busy.delete(busyKey(file.name))
      else await this.attempt(slot, this.tools.options.settleMs)
    })
  }

  /** A slot of a former process, or one whose file changed before its answer. */
  resume(slot: Slot): void {
    this.busy.add(busyKey(slot.origin.name))
    this.tools.inFlight.add(() => this.attempt(slot, this.tools.options.settleMs))
  }

  /** Tries again what is due. Returns when the next one is. */
  retryDue(now: number): number {
    const due = this.later.filter((each) => each.at <= now)
    for (const each of due) {
      this.later.splice(this.later.indexOf(each), 1)
      this.tools.inFlight.add(() => this.attempt(each.slot, each.pauseMs))
    }
    return Math.min(...this.later.map((each) => each.at))
  }

  private async intoSlot(file: FoundFile, from: string): Promise<Slot | null> {
    const { said, ports } = this.tools
    try {
      const now = await lstat(file.path)
      if (now.size !== file.size || now.mtimeMs !== file.mtimeMs) return null
      await this.ledger.refresh()
      const origin = { name: file.name, from, after: this.ledger.highest }
      const slot = await takeIntoSlot(this.study, await likeFolder(this.folder), file.path, origin, ports.now())
      said.over(this.study, 'held', file.name)
      return slot
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT') return null
      if (code === 'ENOSPC' || code === 'EDQUOT') this.diskFull()
      else
        said.say(
          this.study,
          'held',
          file.name,
          `${printable(file.name)} cannot be moved (${code}); it stays where it is`,
        )
      return null
    }
  }

  private async attempt(slot: Slot, pauseMs: number): Promise<void> {
    const { ports, signal, options } = this.tools
    try {
      const taken = await takeSlot(slot, this.ledger, { vault: ports.vault, now: ports.now, signal })
      this.tools.said.over('', 'disk-full', '')
      await this.follow(slot, taken, pauseMs)
    } catch (error) {
      if (signal.aborted) return
      if (isDiskFull(error)) {
        this.diskFull()
        if (await putBack(slot).catch(() => false)) return this.done(slot)
      } else {
        ports.log.error({ study: this.study, err: error }, 'a file could not be taken; it is tried again')
      }
      this.tryLater(slot, options.retryMs)
    }
  }

  private async follow(slot: Slot, taken: Taken, pauseMs: number): Promise<void> {
    switch (taken.kind) {
      case 'moved':
        return this.tryLater(slot, Math.min(pauseMs * 2, LONGEST_PAUSE_MS))
      case 'gone':
        await removeSlot(slot)
        return this.done(slot)
      case 'taken':
        this.tools.ring(this.study)
        await toJudging(slot, await likeFolder(this.folder))
        await this.desk.wait(slot, taken.number)
        return this.done(slot)
      case 'duplicate': {
        const sight = await sightOf(slot.path)
        const answer = answerDuplicate(this.caseOf(slot, taken))
        const path = await placeAnswer(slot, answer.verdict, answer.receipt, null)
        if (sight !== null) this.desk.watch(path, slot.origin, { ...sight, size: taken.size })
        return this.done(slot)
      }
      case 'unreadable':
      case 'folder':
        return this.refuse(slot, taken.kind)
    }
  }

  private async refuse(slot: Slot, why: 'unreadable' | 'folder'): Promise<void> {
    const of = this.caseOf(slot, {
      number: null,
      object: null,
      size: why === 'folder' ? 0 : (await lstat(slot.path)).size,
    })
    const { verdict, receipt } = why === 'folder' ? answerFolder(of) : answerUnreadable(of)
    await placeAnswer(slot, verdict, receipt, null)
    this.tools.ports.say({ study: this.study, says: receipt.says })
    this.done(slot)
  }

  private caseOf(slot: Slot, of: Pick<Case, 'number' | 'object' | 'size'>): Case {
    const receivedAt = new Date(this.tools.ports.now()).toISOString()
    return { study: this.study, name: slot.origin.name, receivedAt, before: null, ...of }
  }

  private tryLater(slot: Slot, pauseMs: number): void {
    this.later.push({ slot, pauseMs, at: this.tools.ports.now() + pauseMs })
    this.tools.hint()
  }

  private done(slot: Slot): void {
    this.busy.delete(busyKey(slot.origin.name))
    this.tools.hint()
  }

  private diskFull(): void {
    const says = 'the disk is full: files stay where they are and are taken when there is room again'
    this.tools.said.say('', 'disk-full', '', says)
    this.tools.pause()
  }
}

const busyKey = (name: string): string => (roleOf(name) === 'study' ? 'study file' : `data ${name}`)

function isDiskFull(error: unknown): boolean {
  if (error instanceof VaultError) return error.code === 'disk-full'
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
}
