import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'

it('shows each setting with the file and line, the variable or the default it came from', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'afferent.env'), '# where we keep it\nAFFERENT_DATA=/srv/afferent\n')
  const { code, stdout } = await call('config show --origin', {
    env: { INIT_CWD: folder, AFFERENT_LOG_LEVEL: 'warn', AFFERENT_QUEUE_URL: 'redis://:word@queue:6379' },
  })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^AFFERENT_DATA +\/srv\/afferent +project file afferent\.env:2:1$/m)
  expect(stdout).toMatch(/^AFFERENT_LOG_LEVEL +warn +environment$/m)
  expect(stdout).toMatch(/^AFFERENT_LOG_FORMAT +json +default$/m)
  expect(stdout).toMatch(/^AFFERENT_QUEUE_URL +\(hidden\) +environment$/m)
})

it('refuses a mistyped setting with its place and a suggestion', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'afferent.env'), 'AFFERENT_DTAA=x\n')
  const { code, stderr } = await call('config show', { env: { INIT_CWD: folder } })
  expect(code).toBe(2)
  expect(stderr).toContain('AFFERENT_DTAA (afferent.env:1:1): not a setting; did you mean AFFERENT_DATA?')
})
