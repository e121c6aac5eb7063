import { expect, it } from 'vitest'
import { createLog, type LogOptions } from './log.ts'

function collect(options: Partial<LogOptions> = {}): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = []
  return { lines, log: createLog({ service: 'worker', write: (line) => lines.push(line), ...options }) }
}

it('writes one object per line: level, time, service, fields and constant text', () => {
  const { lines, log } = collect()
  log.child({ run: 'sha256-ab' }).info({ subjects: 64 }, 'shard derived')
  const entry = JSON.parse(lines[0] as string)
  expect(entry).toMatchObject({
    level: 'info',
    service: 'worker',
    run: 'sha256-ab',
    subjects: 64,
    text: 'shard derived',
  })
  expect(entry.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

it('keeps the message of an exception out of the log, because it may quote a patient', () => {
  const { lines, log } = collect()
  const cause = Object.assign(new Error('cell "Mrs Miller" is no date'), { code: 'bad-date' })
  log.error({ err: new Error('cannot read "Mrs Miller"', { cause }) }, 'step failed')
  expect(lines[0]).not.toContain('Miller')
  const { err } = JSON.parse(lines[0] as string)
  expect(err).toMatchObject({ type: 'Error', cause: { type: 'Error', code: 'bad-date' } })
  expect(err.stack).toContain('log.test.ts')
})

it('writes for a person when asked to', () => {
  const { lines, log } = collect({ format: 'text' })
  log.warn({ code: 'ECONNREFUSED', waits: [1, 2] }, 'lost the queue')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warn {2}worker: lost the queue code=ECONNREFUSED waits=\[1,2\]\n$/)
})

it('leaves out what is below its level', () => {
  const { lines, log } = collect({ level: 'warn' })
  log.info({}, 'not said')
  log.error({}, 'said')
  expect(lines).toHaveLength(1)
})
