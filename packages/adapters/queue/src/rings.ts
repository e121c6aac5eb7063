import { setTimeout as sleep } from 'node:timers/promises'

interface Ringing {
  /** Over when the ring is in the queue and the pause has passed. */
  readonly over: Promise<unknown>
  next: Promise<void> | null
}

/**
 * Rings that this process sends: the first of a study at once, those within `everyMs` after it as one more. A worker
 * rings after each of 2,000 small files, and each ring is a transaction.
 *
 * Whoever rings waits for a ring that was sent after his call.
 */
export class Rings {
  private readonly send: (study: string) => Promise<void>
  private readonly everyMs: number
  private readonly ringing = new Map<string, Ringing>()

  constructor(send: (study: string) => Promise<void>, everyMs: number) {
    this.send = send
    this.everyMs = everyMs
  }

  ring(study: string): Promise<void> {
    const current = this.ringing.get(study)
    if (current === undefined) return this.start(study)
    current.next ??= current.over.then(() => this.start(study))
    return current.next
  }

  /** What has been asked for is sent, or has failed. */
  async sent(): Promise<void> {
    await Promise.allSettled([...this.ringing.values()].map(({ over, next }) => next ?? over))
  }

  private start(study: string): Promise<void> {
    const sending = this.send(study)
    const over = Promise.allSettled([sending, sleep(this.everyMs)]).then(() => {
      if (ringing.next === null) this.ringing.delete(study)
    })
    const ringing: Ringing = { over, next: null }
    this.ringing.set(study, ringing)
    return sending
  }
}
