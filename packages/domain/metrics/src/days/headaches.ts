/**
 * Headaches of one subject in order of their start: merged episodes, as columns that are used again for the next
 * subject. Instants are UTC milliseconds; dates are positions in SubjectDays (they may lie outside of it).
 */
export class Headaches {
  count = 0
  start = new Float64Array(64)
  end = new Float64Array(64)
  /** End as recorded; `start` while only an imputed end is known (R-END). */
  recordedEnd = new Float64Array(64)
  hasRecordedEnd = new Uint8Array(64)
  startOffset = new Int16Array(64)
  endOffset = new Int16Array(64)
  firstDate = new Int32Array(64)
  lastDate = new Int32Array(64)
  /** Last date reached by what the patient recorded. */
  lastRecordedDate = new Int32Array(64)
  peak = new Int8Array(64)
  features = new Uint16Array(64)
  patient = new Uint8Array(64)
  /** An aura of 5 to 60 minutes. */
  aura = new Uint8Array(64)
  /** PROVES bits of the headache on any of its dates. */
  proves = new Uint8Array(64)
  /** Meets the migraine test by itself, with the intakes of its dates. */
  migraine = new Uint8Array(64)
  /** Treated on one of its dates, and ended without pain (relapse, section 3). */
  relieved = new Uint8Array(64)
  endsFree = new Uint8Array(64)
  /** Ended with sleep: the patient woke without. */
  asleep = new Uint8Array(64)
  /** Rows of the episodes table that were merged. */
  firstRow = new Int32Array(64)
  lastRow = new Int32Array(64)

  clear(): void {
    this.count = 0
  }

  /** A new headache with nothing known but its start; its position. */
  open(start: number, startOffset: number): number {
    if (this.count === this.start.length) this.grow()
    const k = this.count++
    this.start[k] = start
    this.end[k] = start
    this.recordedEnd[k] = start
    this.hasRecordedEnd[k] = 0
    this.startOffset[k] = startOffset
    this.endOffset[k] = startOffset
    this.peak[k] = -1
    this.features[k] = 0
    this.patient[k] = 0
    this.aura[k] = 0
    this.proves[k] = 0
    this.migraine[k] = 0
    this.relieved[k] = 0
    this.endsFree[k] = 0
    this.asleep[k] = 0
    return k
  }

  private grow(): void {
    const n = this.start.length * 2
    this.start = copy(this.start, new Float64Array(n))
    this.end = copy(this.end, new Float64Array(n))
    this.recordedEnd = copy(this.recordedEnd, new Float64Array(n))
    this.hasRecordedEnd = copy(this.hasRecordedEnd, new Uint8Array(n))
    this.startOffset = copy(this.startOffset, new Int16Array(n))
    this.endOffset = copy(this.endOffset, new Int16Array(n))
    this.firstDate = copy(this.firstDate, new Int32Array(n))
    this.lastDate = copy(this.lastDate, new Int32Array(n))
    this.lastRecordedDate = copy(this.lastRecordedDate, new Int32Array(n))
    this.peak = copy(this.peak, new Int8Array(n))
    this.features = copy(this.features, new Uint16Array(n))
    this.patient = copy(this.patient, new Uint8Array(n))
    this.aura = copy(this.aura, new Uint8Array(n))
    this.proves = copy(this.proves, new Uint8Array(n))
    this.migraine = copy(this.migraine, new Uint8Array(n))
    this.relieved = copy(this.relieved, new Uint8Array(n))
    this.endsFree = copy(this.endsFree, new Uint8Array(n))
    this.asleep = copy(this.asleep, new Uint8Array(n))
    this.firstRow = copy(this.firstRow, new Int32Array(n))
    this.lastRow = copy(this.lastRow, new Int32Array(n))
  }
}

function copy<T extends { set(from: ArrayLike<number>): void }>(from: ArrayLike<number>, into: T): T {
  into.set(from)
  return into
}
