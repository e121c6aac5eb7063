import { allocate } from '@afferent/records'

/**
 * Objects, lists, texts, whole numbers and typed arrays as one piece of bytes, for files that this package alone reads: the
 * length of a text, the text - JSON in which a reference stands for each array - and the arrays as they lie in memory,
 * each at a multiple of eight bytes. Made for many small columns: as Arrow files, those of a shard take half as long to
 * write as they take to derive.
 */

type PackedArray = Uint8Array | Uint16Array | Int16Array | Int32Array | Float64Array

type Kind = new (memory: ArrayBufferLike, at: number, length: number) => PackedArray

const ARRAYS: Readonly<Record<string, Kind>> = {
  Uint8Array,
  Uint16Array,
  Int16Array,
  Int32Array,
  Float64Array,
}

/** `at` counts from the end of the text. */
interface Reference {
  readonly $array: string
  readonly at: number
  readonly length: number
}

const ALIGNMENT = 8

/** Packs one value after another in the same memory: fresh memory for each would be a collection of the heap for each. */
export class Packer {
  private memory = new Uint8Array(0)

  /**
   * Output  bytes until the next call; equal values (keys in the same order) give equal bytes.
   * Throws  TypeError for an array of a kind that no column has.
   */
  pack(value: unknown): Uint8Array {
    const arrays: PackedArray[] = []
    let size = 0
    const text = JSON.stringify(value, (_key, part: unknown) => {
      if (!ArrayBuffer.isView(part)) return part
      const array = checked(part)
      const at = size
      arrays.push(array)
      size = aligned(at + array.byteLength)
      return { $array: array.constructor.name, at, length: array.length } satisfies Reference
    })
    return this.write(new TextEncoder().encode(text), arrays, size)
  }

  private write(text: Uint8Array, arrays: readonly PackedArray[], size: number): Uint8Array {
    const start = startOfArrays(text.length)
    const bytes = this.zeroed(start + size)
    new DataView(bytes.buffer).setUint32(0, text.length, true)
    bytes.set(text, ALIGNMENT)
    let at = start
    for (const { buffer, byteOffset, byteLength } of arrays) {
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
      at = aligned(at + byteLength)
    }
    return bytes
  }

  private zeroed(size: number): Uint8Array<ArrayBuffer> {
    if (this.memory.length >= size) return this.memory.subarray(0, size).fill(0)
    this.memory = new Uint8Array(2 * size)
    return this.memory.subarray(0, size)
  }
}

/** What was packed. Its arrays are views on the bytes, which are copied once to shared memory. */
export function unpack(bytes: Uint8Array): unknown {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const start = startOfArrays(length)
  const text = new TextDecoder().decode(bytes.subarray(ALIGNMENT, ALIGNMENT + length))
  const { buffer } = sharedCopy(bytes)
  const viewOf = ({ $array, at, length }: Reference) => new (ARRAYS[$array] as Kind)(buffer, start + at, length)
  return JSON.parse(text, (_key, part: unknown) => (isReference(part) ? viewOf(part) : part))
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

const startOfArrays = (textBytes: number): number => ALIGNMENT + aligned(textBytes)

function checked(array: ArrayBufferView): PackedArray {
  if (Object.hasOwn(ARRAYS, array.constructor.name)) return array as PackedArray
  throw new TypeError(`no column is of kind ${array.constructor.name}`)
}

/** Names that people chose stand for objects or numbers: a text beside this key is ours. */
const isReference = (part: unknown): part is Reference =>
  typeof part === 'object' && part !== null && typeof (part as Partial<Reference>).$array === 'string'

function sharedCopy(bytes: Uint8Array): Uint8Array {
  const copy = allocate.u8(bytes.length)
  copy.set(bytes)
  return copy
}
