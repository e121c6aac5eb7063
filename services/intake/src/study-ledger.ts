import type { ContentId, NumberedEntry, Vault } from '@afferent/ledger'
import type { Outcome } from '@afferent/pipeline'

export type Received = Extract<NumberedEntry, { kind: 'received' }>
export type OutcomesOf = (study: string, numbers: readonly number[]) => Promise<ReadonlyMap<number, Outcome>>

/** Study files stand in for each other whatever they are called (`STUDY.YML` of an old share too); data files replace those of their own name. */
export function roleOf(name: string): 'data' | 'study' {
  return /^study\.ya?ml$/i.test(name) ? 'study' : 'data'
}

const keyOf = (name: string, role: 'data' | 'study'): string => (role === 'study' ? 'study file' : `data ${name}`)

/** The journal of one study as the intake needs it; reads only new numbers. */
export class StudyLedger {
  readonly study: string
  private readonly vault: Pick<Vault, 'journal'>
  private readonly outcomesOf: OutcomesOf
  private readonly byNumber = new Map<number, Received>()
  private readonly byKey = new Map<string, Received[]>()
  private readonly withdrawn = new Set<number>()
  private last = 0
  private reading: Promise<void> = Promise.resolve()
  private next: Promise<void> | null = null
  private knownInForce = { entries: -1, answer: false }

  constructor(study: string, vault: Pick<Vault, 'journal'>, outcomesOf: OutcomesOf) {
    this.study = study
    this.vault = vault
    this.outcomesOf = outcomesOf
  }

  /** Highest journal number read so far. */
  get highest(): number {
    return this.last
  }

  /** Whoever asks while somebody reads shares the next reading: the running one may have passed his entry. */
  refresh(): Promise<void> {
    this.next ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.next = null
        this.reading = this.readNew()
        return this.reading
      })
    return this.next
  }

  private async readNew(): Promise<void> {
    for (const entry of await this.vault.journal(this.study, this.last)) {
      this.last = entry.number
      if (entry.kind === 'withdrawn') this.withdrawn.add(entry.upload)
      if (entry.kind !== 'received') continue
      this.byNumber.set(entry.number, entry)
      const key = keyOf(entry.name, entry.role)
      const list = this.byKey.get(key)
      if (list === undefined) this.byKey.set(key, [entry])
      else list.push(entry)
    }
  }

  entry(number: number): Received | undefined {
    return this.byNumber.get(number)
  }

  /** The entry a recovered slot already has: the first of its name and bytes after it was taken. */
  ownEntry(name: string, object: ContentId, after: number): Received | undefined {
    const list = this.byKey.get(keyOf(name, roleOf(name))) ?? []
    return list.find((entry) => entry.number > after && entry.name === name && entry.object === object)
  }

  /**
   * The upload whose bytes count under this name: the newest that is neither withdrawn nor refused, `before` a number if
   * one is given. One that is still being judged counts, for it may.
   */
  async inForce(name: string, before = Number.POSITIVE_INFINITY): Promise<Received | null> {
    const list = this.byKey.get(keyOf(name, roleOf(name))) ?? []
    const candidates = list.filter((entry) => entry.number < before && !this.withdrawn.has(entry.number)).reverse()
    for (const candidate of candidates) {
      const outcome = (await this.outcomesOf(this.study, [candidate.number])).get(candidate.number)
      if (outcome !== undefined && outcome.kind !== 'refused') return candidate
    }
    return null
  }

  /** Whether a valid study file is in force; asked again only when the journal has grown. */
  async hasStudyFile(): Promise<boolean> {
    await this.refresh()
    if (this.knownInForce.entries !== this.last) {
      this.knownInForce = { entries: this.last, answer: (await this.inForce('study.yaml')) !== null }
    }
    return this.knownInForce.answer
  }
}
