import type { RingStep } from '@afferent/pipeline'

/** After this a step is sent to the queue again although it is asked for without a break: the queue may have lost it. */
const AGAIN_AFTER_MS = 20_000

/**
 * Keeps a look from sending the queue what the look before sent already: while 2,000 files are validated there is a look
 * after nearly every one, and each asks for all that are left.
 *
 * A step is held back when the last look asked for it too and it was sent less than AGAIN_AFTER_MS ago. One that was not
 * asked for in between (it failed, and a person retried) is sent at once. Publish steps are never held back: the same
 * run may be asked again as soon as it is done, and there is one of them.
 */
export class AskedLately {
  private sentAt = new Map<string, number>()

  /** Which of the steps of this look to send. */
  toSend(steps: readonly RingStep[], now: number): RingStep[] {
    const before = this.sentAt
    this.sentAt = new Map()
    return steps.filter(({ step, children }) => {
      if (step.kind === 'publish' || children.length > 0) return true
      const sent = before.get(step.makes)
      const lately = sent !== undefined && now - sent < AGAIN_AFTER_MS
      this.sentAt.set(step.makes, lately ? sent : now)
      return !lately
    })
  }

  /** The queue did not take them. */
  forget(): void {
    this.sentAt.clear()
  }
}
