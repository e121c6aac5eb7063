import { lstat } from 'node:fs/promises'
import type { Outcome } from '@afferent/pipeline'
import { answerOutcome } from './answer.ts'
import type { DeskTools } from './desk-tools.ts'
import type { FileFindings } from './intake-ports.ts'
import { finishAnswer, placeAnswer, removeAnswer } from './place-answer.ts'
import { type Origin, type Slot, writeOrigin } from './slot.ts'
import type { Received, StudyLedger } from './study-ledger.ts'

/** A file in the vault that waits for its verdict. */
interface Waiting {
  readonly slot: Slot
  readonly number: number
  readonly mtimeMs: number
}

/** An answered file that may still grow, because its writer had only paused. */
interface Watched {
  readonly path: string
  readonly origin: Origin
  readonly until: number
  sight: Sight
  changed: Sight | null
  checkAt: number
  intervalMs: number
}

export interface Sight {
  readonly size: number
  readonly mtimeMs: number
}

const NO_FINDINGS: FileFindings = { groups: [], csv: null }
/** Answers written at the same time. */
const AT_ONCE = 8
const FIRST_CHECK_MS = 500
const LAST_CHECK_MS = 30_000

/** Answers the files of one study: asks what became of them, one reading of the study for all, and puts them away. */
export class AnswerDesk {
  private readonly study: string
  private readonly ledger: StudyLedger
  private readonly tools: DeskTools
  private waiting: Waiting[] = []
  private watched: Watched[] = []

  constructor(study: string, ledger: StudyLedger, tools: DeskTools) {
    this.study = study
    this.ledger = ledger
    this.tools = tools
  }

  /** Files in the vault that have no answer yet. */
  get open(): number {
    return this.waiting.length
  }

  async wait(slot: Slot, number: number): Promise<void> {
    const stats = await lstat(slot.path).catch(() => null)
    this.waiting.push({ slot, number, mtimeMs: stats?.mtimeMs ?? 0 })
  }

  /** `sight` is what was answered: growth between answer and first look counts. */
  watch(path: string, origin: Origin, sight: Sight): void {
    const now = this.tools.ports.now()
    const until = now + this.tools.options.watchAnsweredMs
    const { answer: _answered, ...plain } = origin
    this.watched.push({
      path,
      origin: plain,
      until,
      sight,
      changed: null,
      checkAt: now + FIRST_CHECK_MS,
      intervalMs: FIRST_CHECK_MS,
    })
  }

  /**
   * Answers what can be answered. Slots whose file changed meanwhile are handed back to be taken again. Returns the
   * milliseconds that asking took.
   */
  async answerSettled(takeAgain: (slot: Slot) => void): Promise<number> {
    const numbers = this.waiting.map((each) => each.number)
    const began = this.tools.ports.now()
    const outcomes = await this.tools.ports.outcomesOf(this.study, numbers)
    const asking = this.tools.ports.now() - began
    await this.ledger.refresh()
    const settled = this.waiting.filter((each) => isSettled(outcomes.get(each.number)))
    for (let from = 0; from < settled.length && !this.tools.signal.aborted; from += AT_ONCE) {
      const some = settled.slice(from, from + AT_ONCE)
      await Promise.all(some.map((each) => this.finish(each, outcomes.get(each.number) as Settled, takeAgain)))
    }
    return asking
  }

  /** Answered files that have grown and come to rest again; each is watched no more. */
  async grownAfterAnswer(now: number): Promise<{ path: string; origin: Origin; sight: Sight }[]> {
    const grown: { path: string; origin: Origin; sight: Sight }[] = []
    for (const each of this.watched.filter((one) => one.checkAt <= now)) {
      const sight = await sightOf(each.path)
      const settled = this.follow(each, sight, now)
      if (settled && sight !== null) grown.push({ path: each.path, origin: each.origin, sight })
      if (sight === null || settled || now > each.until) this.watched = this.watched.filter((other) => other !== each)
    }
    for (const { path } of grown) await removeAnswer(path)
    return grown
  }

  /** True when the file differs from what was answered and has not changed since the last look. */
  private follow(each: Watched, sight: Sight | null, now: number): boolean {
    if (sight === null) return false
    if (same(sight, each.sight)) {
      each.intervalMs = Math.min(each.intervalMs * 2, LAST_CHECK_MS)
      each.checkAt = now + each.intervalMs
      return false
    }
    const settled = each.changed !== null && same(sight, each.changed)
    each.changed = sight
    each.checkAt = now + Math.max(FIRST_CHECK_MS, this.tools.options.settleMs)
    return settled
  }

  private async finish(each: Waiting, outcome: Settled, takeAgain: (slot: Slot) => void): Promise<void> {
    const grown = await this.settle(each, outcome)
    this.waiting = this.waiting.filter((other) => other !== each)
    if (grown) takeAgain(await asNewVersion(each))
  }

  /** True: the file is not what was judged. A file that is gone was put away by an attempt that then failed. */
  private async settle(each: Waiting, outcome: Settled): Promise<boolean> {
    const sight = await sightOf(each.slot.path)
    if (sight === null) {
      await finishAnswer(each.slot)
      return false
    }
    const size = this.ledger.entry(each.number)?.size
    if (each.mtimeMs !== 0 && (sight.size !== size || sight.mtimeMs !== each.mtimeMs)) return true
    await this.answer(each, outcome, sight)
    return false
  }

  private async answer({ slot, number }: Waiting, outcome: Settled, sight: Sight): Promise<void> {
    const entry = this.ledger.entry(number) as Received
    const before = await this.ledger.inForce(entry.name, number)
    const { findingsOf } = this.tools.ports
    const dataset = 'dataset' in outcome ? outcome.dataset : undefined
    const findings = dataset === undefined ? NO_FINDINGS : await findingsOf(dataset)
    const { name, object, size, at: receivedAt } = entry
    const of = { study: this.study, name, number, object, size, receivedAt, before: before?.number ?? null }
    const { verdict, receipt } = answerOutcome(of, outcome, findings.groups)
    this.watch(await placeAnswer(slot, verdict, receipt, findings.csv), slot.origin, sight)
  }
}

/** The entry it has is not the one it will get. */
async function asNewVersion({ slot, number }: Waiting): Promise<Slot> {
  await writeOrigin(slot, { ...slot.origin, after: number })
  slot.mayBeKnown = false
  return slot
}

const isSettled = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && outcome.kind !== 'pending' && outcome.kind !== 'waiting-for-study'

type Settled = Exclude<Outcome, { kind: 'pending' | 'waiting-for-study' }>

const same = (a: Sight, b: Sight): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs

export async function sightOf(path: string): Promise<Sight | null> {
  const stats = await lstat(path).catch(() => null)
  return stats === null ? null : { size: stats.size, mtimeMs: stats.mtimeMs }
}
