import { threadId } from 'node:worker_threads'
/** Tasks for the test beside it: loaded by address, as real ones are. */
import { type ByteSource, type BytesRef, isPresent, type TaskHost } from '@afferent/records'

export const double = (input: number): number => input * 2

export async function slowFirst(input: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, input === 0 ? 50 : 0))
  return input
}

export function failOn(input: number): number {
  if (input === 2) throw new RangeError('two is refused', { cause: new Error('its reason') })
  return input
}

export function fillShared(input: { readonly into: Uint8Array; readonly at: number }): number {
  input.into[input.at] = input.at + 1
  return isPresent(null, input.at) ? input.at : -1
}

export function textOf(ref: BytesRef, host: TaskHost): { text: string; size: number; utf8: boolean } {
  const source = host.open(ref)
  const bytes = new Uint8Array(source.size)
  const read = source.read(bytes.subarray(2), 2)
  source.read(bytes.subarray(0, 2), 0)
  return { text: new TextDecoder().decode(bytes), size: read + 2, utf8: host.isUtf8(bytes) }
}

export function leave(input: number): number {
  if (input === 1) process.exit(7)
  return input
}

export function giveAway(input: number): { bytes: Uint8Array; transfer: ArrayBuffer[] } {
  const bytes = new Uint8Array(8).fill(input)
  return { bytes, transfer: [bytes.buffer] }
}

/** Keeps its thread busy for so many milliseconds and says which it was. */
export function waitHere(ms: number): number {
  const end = performance.now() + ms
  while (performance.now() < end);
  return threadId
}

/** Puts a number of eight bytes aside, twice. */
export const putNumber = (number: number, host: TaskHost): BytesRef =>
  host.putAside([new Uint8Array(8).fill(number), new Uint8Array(8).fill(number + 1)])

/** First byte of each of many files, read in turns, so that no task can keep all of them open. */
export function firstBytes(refs: readonly BytesRef[], host: TaskHost): number[] {
  const sources = refs.map((ref) => host.open(ref))
  const byte = new Uint8Array(1)
  const firstAt = (source: ByteSource, at: number): number => {
    source.read(byte, at)
    return byte[0] as number
  }
  return [0, 8].flatMap((at) => sources.map((source) => firstAt(source, at)))
}
