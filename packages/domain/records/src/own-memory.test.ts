import { expect, it } from 'vitest'
import { allocate } from './column.ts'
import { withOwnMemory } from './own-memory.ts'

it('a value with arrays of its own equals it, and shares no memory with it', () => {
  const memory = allocate.u8(1_000)
  const half = new Uint8Array(memory.buffer, 8, 16)
  const words = ['a', 'b']
  const value = { text: 'x', none: null, words, list: [{ half }, { half: new Float64Array(memory.buffer, 16, 2) }] }
  const own = withOwnMemory(value)
  expect(own).toEqual(value)
  expect(own.words).toBe(words)
  expect(own.list.map(({ half }) => half.buffer.byteLength)).toEqual([16, 16])
  half.fill(7)
  expect(own.list[0]?.half).toEqual(new Uint8Array(16))
})
