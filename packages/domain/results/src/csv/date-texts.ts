import { toIsoDay } from '@afferent/study'

const SLOTS = 1 << 12
const DAY_BYTES = 10
const NO_DAY = -0x80000000

/** Texts of days (since 1970) as ISO dates, looked up among those written before. */
export class DateTexts {
  private readonly keys = new Int32Array(SLOTS).fill(NO_DAY)
  private readonly texts = new Uint8Array(SLOTS * DAY_BYTES)

  /** Returns where the text ends. */
  write(bytes: Uint8Array, at: number, day: number): number {
    const slot = day & (SLOTS - 1)
    if (this.keys[slot] !== day) this.remember(slot, day)
    const { texts } = this
    const start = slot * DAY_BYTES
    for (let i = 0; i < DAY_BYTES; i++) bytes[at + i] = texts[start + i] as number
    return at + DAY_BYTES
  }

  private remember(slot: number, day: number): void {
    const text = toIsoDay(day)
    for (let i = 0; i < DAY_BYTES; i++) this.texts[slot * DAY_BYTES + i] = text.charCodeAt(i)
    this.keys[slot] = day
  }
}
