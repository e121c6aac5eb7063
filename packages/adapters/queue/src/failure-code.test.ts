import { expect, it } from 'vitest'
import { isQueuedError, isSurroundings, toFailureCode, toQueuedError } from './failure-code.ts'

it('takes the code of an exception, of its cause, or calls it an exception', () => {
  expect(toFailureCode(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('ENOSPC')
  expect(toFailureCode(new Error('x', { cause: Object.assign(new Error('y'), { code: 'EIO' }) }))).toBe('EIO')
  expect(toFailureCode(new Error('pain "11"'))).toBe('exception')
  expect(toFailureCode('pain "11"')).toBe('exception')
})

it('Q6: whatever is thrown, what reaches the queue is a short word in JSON, without message or stack', () => {
  const nasty = ['\0', '\ud800', '"}', 'x'.repeat(10_000), 'Muster, Eva: 11', '', undefined, 42, { code: 'x' }]
  for (const code of nasty) {
    for (const message of nasty) {
      const queued = toQueuedError(toFailureCode(Object.assign(new Error(String(message)), { code })), true)
      expect(queued.message).toMatch(/^\{"code":"[A-Za-z0-9_-]{1,40}"\}$/)
      expect(queued.stack).toBe(queued.message)
      expect(isQueuedError(queued)).toBe(true)
    }
  }
})

it('a full disk is no fault of the step; a missing object is', () => {
  expect(isSurroundings('ENOSPC')).toBe(true)
  expect(isSurroundings('disk-full')).toBe(true)
  expect(isSurroundings('missing')).toBe(false)
})
