/**
 * Columns: the only way rows exist inside Afferent.
 *
 * A column is a typed array of values beside a validity mask. `valid` is a bitmap, least significant bit first, as in
 * Arrow; `null` means every row has a value. What a typed array holds where the mask says 'missing' is 0, so that equal
 * columns have equal bytes. A missing value is never read as zero: look at the mask first.
 */
export type ColumnKind = 'u8' | 'u16' | 'i16' | 'i32' | 'f64' | 'date' | 'instant' | 'text'

/** Bits of one byte per eight rows, least significant first; null: no row is missing. */
export type Validity = Uint8Array | null

export type NumberColumn =
  | { readonly kind: 'u8'; readonly values: Uint8Array; readonly valid: Validity }
  | { readonly kind: 'u16'; readonly values: Uint16Array; readonly valid: Validity }
  | { readonly kind: 'i16'; readonly values: Int16Array; readonly valid: Validity }
  | { readonly kind: 'i32'; readonly values: Int32Array; readonly valid: Validity }
  | { readonly kind: 'f64'; readonly values: Float64Array; readonly valid: Validity }
  /** Calendar date as days since 1970-01-01. */
  | { readonly kind: 'date'; readonly values: Int32Array; readonly valid: Validity }
  /** Instant as milliseconds since 1970-01-01T00:00Z. */
  | { readonly kind: 'instant'; readonly values: Float64Array; readonly valid: Validity }

/** Text coded by a dictionary; dictionaries are sorted in byte order wherever a table is final. */
export interface TextColumn {
  readonly kind: 'text'
  readonly values: Uint8Array | Uint16Array | Int32Array
  readonly valid: Validity
  readonly dictionary: readonly string[]
}

export type Column = NumberColumn | TextColumn
export type ColumnOf<K extends ColumnKind> = Extract<Column, { kind: K }>

/** Rows per batch of a result table in an Arrow file. */
export const BATCH_ROWS = 65_536

/** Columns of equal length, in the order they are written. */
export interface ColumnTable {
  readonly rows: number
  readonly columns: Readonly<Record<string, Column>>
}

export function isPresent(valid: Validity, row: number): boolean {
  return valid === null || ((valid[row >> 3] as number) & (1 << (row & 7))) !== 0
}

export function markPresent(valid: Uint8Array, row: number): void {
  valid[row >> 3] = (valid[row >> 3] as number) | (1 << (row & 7))
}

/** Bytes a validity mask of that many rows takes. */
export const maskBytes = (rows: number): number => (rows + 7) >> 3

/**
 * New zeroed arrays on shared memory, so that worker threads take views instead of copies.
 * Nothing else in the domain calls `new SharedArrayBuffer`.
 */
export const allocate = {
  u8: (n: number) => new Uint8Array(new SharedArrayBuffer(n)),
  u16: (n: number) => new Uint16Array(new SharedArrayBuffer(n * 2)),
  i16: (n: number) => new Int16Array(new SharedArrayBuffer(n * 2)),
  i32: (n: number) => new Int32Array(new SharedArrayBuffer(n * 4)),
  u32: (n: number) => new Uint32Array(new SharedArrayBuffer(n * 4)),
  f64: (n: number) => new Float64Array(new SharedArrayBuffer(n * 8)),
  mask: (rows: number) => new Uint8Array(new SharedArrayBuffer(maskBytes(rows))),
} as const

/**
 * The same in one piece of memory of so many bytes (what does not fit has memory of its own), for arrays that are needed for as
 * long as each other: to ask the system for thirty pieces costs more than to fill them, the more so in several threads.
 */
export function allocateTogether(bytes: number): typeof allocate {
  const block = new SharedArrayBuffer(bytes)
  let used = 0
  const take = (wanted: number): [SharedArrayBuffer, number] => {
    const at = used
    if (at + wanted > bytes) return [new SharedArrayBuffer(wanted), 0]
    used = Math.ceil((at + wanted) / ALIGNMENT) * ALIGNMENT
    return [block, at]
  }
  return {
    u8: (n) => new Uint8Array(...take(n), n),
    u16: (n) => new Uint16Array(...take(n * 2), n),
    i16: (n) => new Int16Array(...take(n * 2), n),
    i32: (n) => new Int32Array(...take(n * 4), n),
    u32: (n) => new Uint32Array(...take(n * 4), n),
    f64: (n) => new Float64Array(...take(n * 8), n),
    mask: (rows) => new Uint8Array(...take(maskBytes(rows)), maskBytes(rows)),
  }
}

const ALIGNMENT = 8

/** First position in numbers that ascend whose number is not below `least`, such as the first row of a subject. */
export function firstNotBelow(ascending: Int32Array, least: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

const encoder = new TextEncoder()

/** Order of UTF-8 bytes (the order of everything Afferent writes; no locale). */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) {
      // UTF-16 order differs from UTF-8 order only where surrogates meet U+E000..U+FFFF.
      if (x < 0xd800 || y < 0xd800) return x - y
      return compareEncoded(encoder.encode(a), encoder.encode(b))
    }
  }
  return a.length - b.length
}

function compareEncoded(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number)
  return a.length - b.length
}
