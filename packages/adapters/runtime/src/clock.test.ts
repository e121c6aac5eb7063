import { expect, it } from 'vitest'
import { digest } from './clock.ts'

it('gives the published SHA-256 of "abc" and of nothing, for text and bytes alike', () => {
  // FIPS 180-2, appendix B.1, and the empty message of the NIST test vectors.
  expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(digest(new Uint8Array([0x61, 0x62, 0x63]))).toBe(digest('abc'))
  expect(digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
