import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

describe('canonical JSON', () => {
  it('sorts keys, leaves out what is undefined, and writes no blanks', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'x'], c: undefined })).toBe('{"a":[true,null,"x"],"b":1}')
  })

  it('writes a list of texts as each of them alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        expect(canonicalJson(texts)).toBe(`[${texts.map(canonicalJson).join(',')}]`)
      }),
    )
  })

  it('knows one zero', () => {
    expect(canonicalJson(-0)).toBe('0')
  })

  it('refuses what JSON would turn into something else', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('x'), undefined]) {
      expect(() => canonicalJson(value)).toThrow('no canonical form')
    }
  })

  it('is read back as the same value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
    )
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const)
  return Object.fromEntries(entries.reverse())
}
