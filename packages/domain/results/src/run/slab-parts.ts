import type { Slabs } from './slabs.ts'

/** The bytes of a file in slabs, one full slab after the other. */
export class SlabParts {
  bytes: Uint8Array
  /** On the same memory. */
  view: DataView
  /** Where the next byte goes; who writes into `bytes` himself moves it on. */
  at = 0
  private readonly full: Uint8Array[] = []
  private readonly slabs: Slabs

  constructor(slabs: Slabs) {
    this.slabs = slabs
    this.bytes = new Uint8Array(slabs.take())
    this.view = new DataView(this.bytes.buffer)
  }

  /** Makes room for that many more bytes in one piece. */
  reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return
    this.endSlab()
    this.bytes = new Uint8Array(this.slabs.take(more))
    this.view = new DataView(this.bytes.buffer)
  }

  append(more: Uint8Array): void {
    for (let from = 0; from < more.length; ) {
      this.reserve(1)
      const piece = more.subarray(from, from + this.bytes.length - this.at)
      this.bytes.set(piece, this.at)
      this.at += piece.length
      from += piece.length
    }
  }

  /** Everything written, in order; the end. */
  take(): Uint8Array[] {
    this.endSlab()
    return this.full
  }

  private endSlab(): void {
    if (this.at > 0) this.full.push(this.bytes.subarray(0, this.at))
    else this.slabs.giveBack(this.bytes.buffer)
    this.at = 0
  }
}
