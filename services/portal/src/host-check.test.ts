import { expect, it } from 'vitest'
import { isOwnHost } from './host-check.ts'

it('takes a Host header without a port for port 80, and none at all for a stranger', () => {
  expect(isOwnHost('localhost', 80)).toBe(true)
  expect(isOwnHost('localhost', 8080)).toBe(false)
  expect(isOwnHost('[::1]:8080', 8080)).toBe(true)
  expect(isOwnHost(undefined, 80)).toBe(false)
  expect(isOwnHost('', 80)).toBe(false)
  expect(isOwnHost('localhost:', 80)).toBe(false)
  expect(isOwnHost('localhost:8080:8080', 8080)).toBe(false)
})
