import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseStudy } from '@afferent/study'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { call } from '../call.fixture.ts'

const DIARY = `patient_id;date;headache;severity
P01;2026-01-05;yes;2
P01;2026-01-06;no;
P02;2026-01-05;yes;3
`

function withFile(name: string, content: string | Uint8Array): { folder: string; env: Record<string, string> } {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), content)
  return { folder, env: { INIT_CWD: folder } }
}

it('shows how the export is written and what its columns hold', async () => {
  const { env } = withFile('diary.csv', DIARY)
  const { code, stdout, stderr } = await call('inspect diary.csv', { env })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('diary.csv: 3 rows, 4 columns')
  expect(stdout).toContain('delimiter  semicolon')
  expect(stdout).toMatch(/^date +date \(iso\) +0 +2 +2026-01-05 +2026-01-06/m)
  expect(stdout).toMatch(/^severity +integer +1 +2 +2 +3/m)
})

it('writes a proposed study file that Afferent takes as it is, and never over another file', async () => {
  const { folder, env } = withFile('diary.csv', DIARY)
  expect((await call('inspect diary.csv --write study.yaml', { env })).code).toBe(0)
  const yaml = readFileSync(join(folder, 'study.yaml'), 'utf8')
  expect(parseStudy(yaml, 'study.yaml')).toMatchObject({ kind: 'study' })
  const again = await call('inspect diary.csv --write study.yaml', { env })
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('study.yaml is there already')
  expect(readFileSync(join(folder, 'study.yaml'), 'utf8')).toBe(yaml)
})

it('gives profile and proposal to a script', async () => {
  const { env } = withFile('diary.csv', DIARY)
  const { stdout } = await call('inspect diary.csv --json', { env })
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({ schemaVersion: 1, command: 'inspect', profile: { rows: 3, delimiter: ';' } })
  expect(parseStudy(document.proposal.yaml, 'study.yaml').kind).toBe('study')
  expect(document.proposal.lacking).toEqual([])
})

it('says what a proposal lacks to run, if nothing to compute was recognised', async () => {
  const { env } = withFile('colours.csv', 'subject,date,colour\nP1,2026-01-17,red\nP1,2026-01-18,blue\n')
  const { code, stdout } = await call('inspect colours.csv', { env })
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /Does not run before this is repaired\n- headache is to be computed, but no source maps one of/,
  )
  const { proposal } = JSON.parse((await call('inspect colours.csv --json', { env })).stdout)
  const parsed = parseStudy(proposal.yaml, 'study.yaml')
  expect(parsed).toMatchObject({ findings: proposal.lacking.map((message: string) => ({ message })) })
  expect(proposal.lacking).toHaveLength(1)
})

it.each([
  ['a ZIP renamed to .csv', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 8, 8]), 'file-not-text'],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'file-not-text'],
  ['an empty file', '', 'file-empty'],
  ['a header alone', 'patient;date;headache\n', 'file-empty'],
])('refuses %s with code 3, what would be right, and what to do', async (_, content, rule) => {
  const { env } = withFile('diary.csv', content)
  const { code, stdout } = await call('inspect diary.csv --json', { env })
  expect(code).toBe(3)
  expect(JSON.parse(stdout).error).toMatchObject({ code: rule, remedy: expect.stringMatching(/\w/) })
})

it('tells a folder and a missing file from an export', async () => {
  const { folder, env } = withFile('diary.csv', DIARY)
  mkdirSync(join(folder, 'x.csv'))
  expect(await call('inspect x.csv', { env })).toMatchObject({ code: 3, stdout: '' })
  const missing = await call('inspect y.csv', { env })
  expect(missing.code).toBe(4)
  expect(missing.stderr).toContain('y.csv: there is no file or folder')
})
