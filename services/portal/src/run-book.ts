import { type ContentId, STUDY_KEY } from '@afferent/ledger'
import { type KeptVault, type SealedFile, shortRun } from '@afferent/vault'
import { notFound } from './problem.ts'

/** What the portal reads of the vault. */
export type PortalVault = Pick<
  KeptVault,
  'studies' | 'journal' | 'latest' | 'list' | 'sealedFiles' | 'folderPath' | 'has'
>

export interface PublishedRun {
  readonly run: ContentId
  /** First time it became `latest`. */
  readonly publishedAt: string
  readonly trigger: 'drop' | 'schedule' | 'hand'
  /** Highest journal number it took into account. */
  readonly answers: number
}

/** Runs of every study, newest first, from the journal; reads only new numbers. */
export class RunBook {
  private readonly vault: PortalVault
  private readonly studies = new Map<
    string,
    { last: number; runs: Map<ContentId, PublishedRun>; turn: Promise<void> }
  >()

  constructor(vault: PortalVault) {
    this.vault = vault
  }

  studyNames(): Promise<string[]> {
    return this.vault.studies()
  }

  /** Throws 404 for a study that has no journal. */
  async runs(study: string): Promise<PublishedRun[]> {
    if (!STUDY_KEY.test(study)) throw notFound('there is no such study')
    const book = this.studies.get(study) ?? { last: 0, runs: new Map(), turn: Promise.resolve() }
    book.turn = book.turn.catch(() => undefined).then(() => this.readNew(study, book))
    await book.turn
    if (book.last === 0) throw notFound('there is no such study')
    this.studies.set(study, book)
    return [...book.runs.values()].reverse()
  }

  private async readNew(study: string, book: { last: number; runs: Map<ContentId, PublishedRun> }): Promise<void> {
    for (const entry of await this.vault.journal(study, book.last)) {
      book.last = entry.number
      if (entry.kind !== 'published') continue
      const run = entry.run as ContentId
      const first = book.runs.get(run)
      book.runs.delete(run)
      const { at, trigger, answers } = entry
      book.runs.set(run, { run, publishedAt: first?.publishedAt ?? at, trigger, answers })
    }
  }

  async latest(study: string): Promise<ContentId | null> {
    await this.runs(study)
    return (await this.vault.latest(study))?.run ?? null
  }

  /** `latest`, an id, or the 12 digits shown on screens, as an id; `exact` tells whether it was written in full. */
  async resolve(study: string, written: string): Promise<{ run: ContentId; exact: boolean }> {
    const runs = await this.runs(study)
    const latest = await this.vault.latest(study)
    if (written === 'latest') {
      if (latest === null) throw notFound(`${study} has no results yet`)
      return { run: latest.run, exact: false }
    }
    const known = [...runs.map((each) => each.run), ...(latest === null ? [] : [latest.run])]
    const run = known.find((each) => each === written || shortRun(each) === written)
    if (run === undefined) throw notFound(`${study} has no such run`)
    return { run, exact: run === written }
  }

  async files(study: string, run: ContentId): Promise<readonly SealedFile[]> {
    const name = `runs/${study}/${run}` as const
    if (!(await this.vault.has(name))) throw notFound(`${study} has no such run`)
    return this.vault.sealedFiles(name)
  }

  folder(study: string, run: ContentId): string {
    return this.vault.folderPath(`runs/${study}/${run}`)
  }
}
