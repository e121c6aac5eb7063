import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { call } from './call.fixture.ts'
import { COMMANDS } from './commands.ts'
import { VERSION } from './version.ts'

describe.each(COMMANDS.map((command) => command.name))('afferent %s --help', (name) => {
  it('tells what it does and shows three examples that call it', async () => {
    const { code, stdout, stderr } = await call(`${name} --help`)
    expect([code, stderr]).toEqual([0, ''])
    const examples = stdout.split('\n').filter((line) => line.startsWith(`  afferent ${name}`))
    expect(examples).toHaveLength(3)
    expect(stdout).toContain('--json')
  })
})

it('lists every command on the page of all', async () => {
  const { code, stdout } = await call('--help')
  expect(code).toBe(0)
  for (const { name } of COMMANDS) expect(stdout).toContain(`\n  ${name.split(' ')[0]} `)
})

it('prints the version of the project', async () => {
  const root = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  expect(VERSION).toBe(root.version)
  expect(await call('--version')).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' })
})

it('names commands and options in lower case with dashes, and tells each in one line without a full stop', () => {
  for (const { name, says, options = [] } of COMMANDS) {
    expect(name).toMatch(/^[a-z-]+( [a-z-]+)?$/)
    for (const text of [says, ...options.map((option) => option.says)]) expect(text).not.toMatch(/\.$|\n/)
    for (const { flags } of options) expect(flags).toMatch(/^--[a-z-]+( <[a-z-]+(\.\.\.)?>)?$/)
  }
})
