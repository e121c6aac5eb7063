import { expect, it } from 'vitest'
import { ConfigError } from './config-error.ts'
import { exitWithReason } from './exit-with-reason.ts'

function endOf(error: unknown): { said: string; code: number } {
  const end = { said: '', code: -1 }
  const stderr = { write: (text: string) => Object.assign(end, { said: text }) }
  exitWithReason(error, { stderr, exit: (code: number) => Object.assign(end, { code }) } as never)
  return end
}

it('names every wrong setting and ends with 2', () => {
  const issues = [{ setting: 'AFFERENT_WORKER_THREADS', where: 'environment', says: 'too big' }]
  expect(endOf(new ConfigError(issues))).toEqual({
    said: 'cannot start: AFFERENT_WORKER_THREADS (environment): too big\n',
    code: 2,
  })
})

it('ends with 4 when the surroundings do not allow a start', () => {
  expect(endOf(new Error('another installation uses this folder'))).toEqual({
    said: 'cannot start: another installation uses this folder\n',
    code: 4,
  })
})
