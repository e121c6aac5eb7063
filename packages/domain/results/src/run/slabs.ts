import { maskBytes } from '@afferent/records'

/** Pieces of memory that go from thread to thread and back. */
export const SLAB_BYTES = 1 << 20

/**
 * Memory that served before. Tables are gigabytes: fresh memory for each portion would cost a page fault per 4 KB and,
 * since it hangs on small objects, a collection of the whole heap every few portions.
 */
export class Slabs {
  private readonly spare: ArrayBuffer[]

  constructor(spare: readonly ArrayBuffer[] = []) {
    this.spare = [...spare]
  }

  /** A slab, or more memory where one is too small. What it held before is still in it. */
  take(bytes = SLAB_BYTES): ArrayBuffer {
    return (bytes <= SLAB_BYTES && this.spare.pop()) || new ArrayBuffer(Math.max(bytes, SLAB_BYTES))
  }

  /** Up to that many slabs nobody holds, to be sent away. */
  lend(most = Number.POSITIVE_INFINITY): ArrayBuffer[] {
    return this.spare.splice(0, most)
  }

  giveBack(buffer: ArrayBufferLike): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === SLAB_BYTES) this.spare.push(buffer)
  }
}

/** Zeroed arrays, laid one behind the other into slabs. */
export class SlabArrays {
  /** Slabs the arrays lie in. */
  readonly held: ArrayBuffer[] = []
  private slab = new ArrayBuffer(0)
  private at = 0
  private readonly slabs: Slabs

  constructor(slabs: Slabs) {
    this.slabs = slabs
  }

  u16(rows: number): Uint16Array<ArrayBuffer> {
    const start = this.place(rows * 2)
    return new Uint16Array(this.slab, start, rows).fill(0)
  }

  i32(rows: number): Int32Array<ArrayBuffer> {
    const start = this.place(rows * 4)
    return new Int32Array(this.slab, start, rows).fill(0)
  }

  f64(rows: number): Float64Array<ArrayBuffer> {
    const start = this.place(rows * 8)
    return new Float64Array(this.slab, start, rows).fill(0)
  }

  mask(rows: number): Uint8Array<ArrayBuffer> {
    const start = this.place(maskBytes(rows))
    return new Uint8Array(this.slab, start, maskBytes(rows)).fill(0)
  }

  /** Where the next array begins; doubles ask for multiples of 8. */
  private place(bytes: number): number {
    if (this.at + bytes > this.slab.byteLength) {
      this.slab = this.slabs.take(bytes)
      this.held.push(this.slab)
      this.at = 0
    }
    const start = this.at
    this.at = (start + bytes + 7) & ~7
    return start
  }
}
