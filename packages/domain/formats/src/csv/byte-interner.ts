import { textOf } from './bytes.ts'
import type { Encoding } from './dialect.ts'

/** Probes after which a hash table is taken to be under attack (or very unlucky) and a seeded map takes over. */
const MAX_PROBES = 32

/**
 * Numbers distinct byte strings in order of first appearance, without making a string of each cell.
 * The hash is the caller's (`hashBytes`), so that it can be computed while scanning.
 */
export class ByteInterner {
  count = 0
  /** All entries' bytes laid end to end: entry i is arena[starts[i], starts[i + 1]). */
  arena = new Uint8Array(256)
  starts = new Int32Array(64)
  private hashes = new Int32Array(64)
  private table = new Int32Array(128)
  private overflow: Map<string, number> | null = null

  /** The entry of these bytes, or -1. */
  find(buf: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.table.length - 1
    let at = spread(hash) & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      const entry = (this.table[at] as number) - 1
      if (entry < 0) return -1
      if (this.hashes[entry] === hash && this.equals(entry, buf, start, end)) return entry
      at = (at + 1) & mask
    }
    return this.overflow?.get(latin1(buf, start, end)) ?? -1
  }

  /** Adds bytes that `find` did not know. */
  add(buf: Uint8Array, start: number, end: number, hash: number): number {
    const entry = this.count
    const from = this.starts[entry] as number
    this.makeRoom(from + end - start)
    this.arena.set(buf.subarray(start, end), from)
    this.starts[entry + 1] = from + end - start
    this.hashes[entry] = hash
    this.count++
    this.place(entry)
    return entry
  }

  text(entry: number, encoding: Encoding): string {
    return textOf(this.arena, this.starts[entry] as number, this.starts[entry + 1] as number, encoding)
  }

  private equals(entry: number, buf: Uint8Array, start: number, end: number): boolean {
    const from = this.starts[entry] as number
    const length = end - start
    if ((this.starts[entry + 1] as number) - from !== length) return false
    for (let i = 0; i < length; i++) if (this.arena[from + i] !== buf[start + i]) return false
    return true
  }

  private place(entry: number): void {
    const mask = this.table.length - 1
    let at = spread(this.hashes[entry] as number) & mask
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      if (this.table[at] === 0) {
        this.table[at] = entry + 1
        return
      }
      at = (at + 1) & mask
    }
    this.overflow ??= new Map()
    this.overflow.set(latin1(this.arena, this.starts[entry] as number, this.starts[entry + 1] as number), entry)
  }

  private makeRoom(arenaBytes: number): void {
    if (arenaBytes > this.arena.length) this.arena = grown(this.arena, Math.max(arenaBytes, this.arena.length * 2))
    if (this.count + 2 > this.starts.length) this.starts = grown(this.starts, this.starts.length * 2)
    if (this.count + 2 > this.hashes.length) this.hashes = grown(this.hashes, this.hashes.length * 2)
    if (this.count * 2 < this.table.length) return
    this.table = new Int32Array(this.table.length * 4)
    this.overflow = null
    for (let entry = 0; entry < this.count; entry++) this.place(entry)
  }
}

export function hashBytes(buf: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (buf[i] as number), HASH_PRIME)
  return hash
}

/** FNV-1a; loops that hash while scanning use the same two numbers. */
export const HASH_SEED = 0x811c9dc5 | 0
export const HASH_PRIME = 0x01000193

const spread = (hash: number): number => hash ^ (hash >>> 15)

function grown<T extends Uint8Array | Int32Array>(old: T, length: number): T {
  const array = old instanceof Uint8Array ? new Uint8Array(length) : new Int32Array(length)
  array.set(old)
  return array as T
}

function latin1(buf: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(buf[i] as number)
  return text
}
