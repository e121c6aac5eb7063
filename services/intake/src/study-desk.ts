import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AnswerDesk } from './answer-desk.ts'
import type { DeskTools } from './desk-tools.ts'
import { type FoundFile, LEFT_SAYS, type Left, listDrop, PROPOSED } from './list-drop.ts'
import { likeFolder, ownLike } from './make-like.ts'
import { finishAnswer } from './place-answer.ts'
import { printable } from './printable.ts'
import { Settling } from './settling.ts'
import { findSlots } from './slot.ts'
import { roleOf, StudyLedger } from './study-ledger.ts'
import { StudyTaker } from './study-taker.ts'

/** Things that are not taken are said after this long: most `.part` files are gone by then. */
const LEFT_AFTER_MS = 5_000
/** A file that grows for longer than this does not hold up the analysis of the others. */
const COMING_MS = 5_000
const PROPOSE_FROM = 20
/** Longest pause between two questions for answers: what costs time then is reading new verdicts, done once for each. */
const ASK_AFTER_MS = 500

/** One study's drop folder: looks at it, takes what is finished, answers what is judged. */
export class StudyDesk {
  readonly study: string
  private readonly folder: string
  private readonly tools: DeskTools
  private readonly ledger: StudyLedger
  private readonly answers: AnswerDesk
  private readonly taker: StudyTaker
  private readonly settling: Settling
  private readonly leftSince = new Map<string, number>()
  private coming = 0
  /** Folders in which files were seen at the last look, its own first. */
  folders: readonly string[]
  private proposed: { readonly of: string; readonly text: string | null } | null = null
  private answering: Promise<void> | null = null
  private answerAt = 0

  constructor(study: string, folder: string, tools: DeskTools) {
    this.study = study
    this.folder = folder
    this.tools = tools
    this.folders = [folder]
    this.ledger = new StudyLedger(study, tools.ports.vault, tools.ports.outcomesOf)
    this.answers = new AnswerDesk(study, this.ledger, tools)
    this.taker = new StudyTaker(study, folder, this.ledger, this.answers, tools)
    this.settling = new Settling(tools.options.settleMs)
  }

  /** Files seen or being taken that the journal does not have yet. */
  get taking(): number {
    return this.taker.taking + this.coming
  }

  get unanswered(): number {
    return this.answers.open
  }

  /** Finishes what a former process left in `.taking/`; comes before anything new is taken. */
  async recover(): Promise<void> {
    for (const slot of await findSlots(this.study, this.folder)) {
      if ((await lstat(slot.path).catch(() => null)) !== null) this.taker.resume(slot)
      else await finishAnswer(slot)
    }
  }

  /** One look. Returns when the next one should be at the latest. */
  async look(now: number): Promise<number> {
    const found = await listDrop(this.folder, (name) => this.taker.isBusy(name))
    this.sayLeft(
      found.filter((each) => each.kind === 'left'),
      now,
    )
    const files = found.filter((each) => each.kind !== 'left')
    this.folders = [...new Set([this.folder, ...files.map((file) => dirname(file.path))])]
    const { finished, unfinished } = this.settling.look(files, now)
    this.coming = unfinished.filter((file) => this.settling.age(file.path, now) < COMING_MS).length
    if (!this.tools.isPaused()) await this.takeFinished(finished)
    for (const { path, origin, sight } of await this.answers.grownAfterAnswer(now)) {
      this.taker.take({ kind: 'file', name: origin.name, path, ...sight }, origin.from)
    }
    this.startAnswering(now)
    const { settleMs, pollMs } = this.tools.options
    const next = unfinished.length > 0 ? now + settleMs : now + pollMs
    return Math.min(next, this.taker.retryDue(now), this.answers.open > 0 ? this.answerAt : next)
  }

  async stop(): Promise<void> {
    await this.answering
  }

  private async takeFinished(finished: readonly FoundFile[]): Promise<void> {
    const data: FoundFile[] = []
    for (const file of finished) {
      if (file.kind === 'folder-like-file') this.takeFile(file)
      else if (roleOf(file.name) === 'data') data.push(file)
      else if (!this.taker.isBusy(file.name)) this.takeFile(file)
    }
    if (data.length === 0) return
    // A study file that came together with its data decides about them, so it goes first.
    if (this.taker.isBusy('study.yaml')) return
    if (!(await this.ledger.hasStudyFile())) return this.proposeStudyFile(data)
    this.tools.said.over(this.study, 'no-study-file', '')
    for (const file of data) this.takeFile(file)
  }

  /** Two spellings of one name in NFC are one name; the second waits for the first. */
  private takeFile(file: FoundFile): void {
    if (!this.taker.isBusy(file.name)) this.taker.take(file, file.path.slice(this.folder.length + 1))
  }

  private sayLeft(left: readonly Left[], now: number): void {
    const names = new Set(left.map((each) => each.name))
    for (const name of this.leftSince.keys()) if (!names.has(name)) this.leftSince.delete(name)
    this.tools.said.onlyLeft(this.study, 'left', names)
    for (const { name, why } of left) {
      const since = this.leftSince.get(name) ?? now
      this.leftSince.set(name, since)
      if (why === 'unfinished' && now - since < LEFT_AFTER_MS) continue
      this.tools.said.say(this.study, 'left', name, `${printable(name)} ${LEFT_SAYS[why]}`)
    }
  }

  /** Without a study file the exports stay where they are, and a proposal is put beside them. */
  private async proposeStudyFile(files: readonly FoundFile[]): Promise<void> {
    const of = files.map((file) => `${file.name} ${file.size} ${file.mtimeMs}`).join('\n')
    if (this.proposed?.of === of) return
    const some = files.slice(0, PROPOSE_FROM).map(({ name, path }) => ({ name, path }))
    const text = await this.tools.ports.propose(this.study, some).catch((error: unknown) => {
      this.tools.ports.log.warn({ study: this.study, err: error }, 'no study file could be proposed')
      return null
    })
    const written = text !== null && (await this.writeProposal(text))
    this.proposed = { of, text: written ? text : (this.proposed?.text ?? null) }
    const hint = written ? `; ${PROPOSED} beside them is a start: correct it and rename it to study.yaml` : ''
    const says = `${files.length} file(s) wait for study.yaml${hint}`
    this.tools.said.say(this.study, 'no-study-file', '', says)
  }

  /** A proposal that somebody has worked on is his. */
  private async writeProposal(text: string): Promise<boolean> {
    const path = join(this.folder, PROPOSED)
    const there = await readFile(path, 'utf8').catch(() => null)
    if (there === text) return true
    if (there !== null && there !== this.proposed?.text) return false
    await writeFile(`${path}.part`, text)
    await ownLike(await likeFolder(this.folder), `${path}.part`)
    await rename(`${path}.part`, path).catch(() => rm(`${path}.part`, { force: true }))
    return true
  }

  private startAnswering(now: number): void {
    if (this.answering !== null || this.answers.open === 0 || now < this.answerAt) return
    this.answering = this.answerOnce().finally(() => {
      this.answering = null
    })
  }

  /** The more a question costs, the rarer it is asked: a quarter of the time, unless answers would wait for long. */
  private async answerOnce(): Promise<void> {
    const { ports, options } = this.tools
    try {
      const asking = await this.answers.answerSettled((slot) => this.taker.resume(slot))
      this.answerAt = ports.now() + Math.max(options.settleMs / 2, Math.min(3 * asking, ASK_AFTER_MS))
    } catch (error) {
      ports.log.error({ study: this.study, err: error }, 'answers could not be given; they are tried again')
      this.answerAt = ports.now() + options.retryMs
    }
    this.tools.hint()
  }
}
