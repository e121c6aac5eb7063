import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'
import { checkFolder } from './folder.ts'
import { checkNode } from './machine.ts'

it('finds this machine fit, says so in a table, and leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const { code, stdout, stderr } = await call(['doctor', '--data', join(folder, 'data')])
  expect([code, stderr]).toEqual([0, ''])
  const names = ['Node', 'start', 'time zones', 'memory', 'data folder', 'disk', 'network', 'embedded queue']
  for (const name of names) expect(stdout).toMatch(new RegExp(`^(ok|look) +${name} `, 'm'))
  expect(readdirSync(folder)).toEqual([])
})

it('fails with code 4 and a remedy where a file stands in the place of the folder', async () => {
  const file = join(temporaryFolder(), 'data')
  writeFileSync(file, '')
  const { code, stdout } = await call(['doctor', '--data', file, '--json'])
  expect(code).toBe(4)
  const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; remedy: string }[] }
  expect(checks.find(({ name }) => name === 'data folder')).toMatchObject({ state: 'fail' })
  expect((await checkFolder(file)).remedy).toContain('--data')
})

it('fails with code 4 where nobody answers at the address of the queue', async () => {
  const env = { AFFERENT_QUEUE_URL: 'redis://127.0.0.1:1' }
  const { code, stdout } = await call(['doctor', '--data', temporaryFolder()], { env })
  expect(code).toBe(4)
  expect(stdout).toMatch(/^FAIL +queue +the server of the queue does not answer$/m)
  expect(stdout).toMatch(/What to do\n(start: .*\n)?queue: correct AFFERENT_QUEUE_URL/)
})

it('refuses an old Node and warns of one nobody has tested', () => {
  expect(checkNode('20.19.2')).toMatchObject({ state: 'fail' })
  expect(checkNode('24.21.0')).toMatchObject({ state: 'ok', remedy: '' })
  expect(checkNode('26.1.0')).toMatchObject({ state: 'warn' })
})
