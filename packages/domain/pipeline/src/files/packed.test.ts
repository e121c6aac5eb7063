import { describe, expect, it } from 'vitest'
import { Packer, unpack } from './packed.ts'

const SHARD = {
  subjects: ['S-01', 'Zoë', '\ud800'],
  facts: {
    arm: { kind: 'text', values: Uint8Array.of(0, 1, 0), valid: Uint8Array.of(0b101), dictionary: ['active', 'sham'] },
    covariates: { $array: { kind: 'f64', values: Float64Array.of(0.1, -0, Number.NaN), valid: null } },
  },
  days: Int32Array.of(-1, 20_000, 2 ** 31 - 1),
  visits: Int16Array.of(-7),
  codes: Uint16Array.of(65_535),
  nothing: new Float64Array(0),
  excluded: { 'R-DUP': 2 },
}

const packed = (value: unknown): Uint8Array => new Packer().pack(value).slice()

describe('what is packed', () => {
  it('comes back equal, kinds of arrays, lone surrogates and a negative zero included', () => {
    expect(unpack(packed(SHARD))).toStrictEqual(SHARD)
  })

  it('comes back in shared memory from bytes that lie anywhere', () => {
    const bytes = packed(SHARD)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    const back = unpack(shifted.subarray(3)) as typeof SHARD
    expect(back).toStrictEqual(SHARD)
    expect(back.days.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('has the same bytes in memory that held another value before', () => {
    const packer = new Packer()
    packer.pack({ longer: new Uint8Array(4096).fill(255) })
    expect(packer.pack(SHARD)).toStrictEqual(packed(SHARD))
  })

  it('holds the rows of a view, not of the memory it lies in', () => {
    const rows = new Int32Array(1000).subarray(2, 4)
    expect(packed({ rows }).length).toBeLessThan(100)
    expect(unpack(packed({ rows }))).toStrictEqual({ rows: new Int32Array(2) })
  })

  it('is refused where an array is of a kind that no column has', () => {
    expect(() => packed({ wide: new BigInt64Array(1) })).toThrow(TypeError)
    expect(() => packed({ raw: new DataView(new ArrayBuffer(8)) })).toThrow(TypeError)
  })
})
