import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '../../../../tests/testkit/temporary-folder.ts'
import { readConfig, secret } from './config.ts'
import { ConfigError, type ConfigIssue } from './config-error.ts'

const Schema = z.object({
  AFFERENT_DATA: z.string().default('data'),
  AFFERENT_THREADS: z.coerce.number().int().min(1).max(32).default(2),
  AFFERENT_QUEUE_URL: secret(z.url().optional()),
})

function issuesOf(read: () => unknown): readonly ConfigIssue[] {
  try {
    read()
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
  return []
}

describe('a setting', () => {
  it('comes from the flag, else the environment, else the project file, else the default', () => {
    const projectFile = { path: 'afferent.env', text: 'AFFERENT_DATA=from-file\n' }
    const env = { AFFERENT_DATA: 'from-environment' }
    const flags = { AFFERENT_DATA: 'from-flag' }
    const read = (sources: object) => readConfig(Schema, { env: {}, ...sources }).values.AFFERENT_DATA
    expect(read({ projectFile, env, flags })).toBe('from-flag')
    expect(read({ projectFile, env })).toBe('from-environment')
    expect(read({ projectFile })).toBe('from-file')
    expect(read({})).toBe('data')
  })

  it('tells where its value came from', () => {
    const projectFile = { path: 'afferent.env', text: '# where things lie\n  AFFERENT_DATA=/srv/afferent\n' }
    const { settings } = readConfig(Schema, { env: { AFFERENT_THREADS: '4' }, projectFile })
    expect(settings).toEqual([
      { name: 'AFFERENT_DATA', shown: '/srv/afferent', origin: 'project file', where: 'afferent.env:2:3' },
      { name: 'AFFERENT_THREADS', shown: '4', origin: 'environment', where: 'AFFERENT_THREADS' },
      { name: 'AFFERENT_QUEUE_URL', shown: '', origin: 'absent', where: '' },
    ])
  })

  it('counts as not set when it is an empty text, as compose files pass it', () => {
    expect(readConfig(Schema, { env: { AFFERENT_THREADS: '', AFFERENT_QUEUE_URL: '' } }).values).toEqual({
      AFFERENT_DATA: 'data',
      AFFERENT_THREADS: 2,
    })
  })

  it('stops the process with its name when its value is refused', () => {
    const issues = issuesOf(() => readConfig(Schema, { env: { AFFERENT_THREADS: '99', AFFERENT_QUEUE_URL: 'redis' } }))
    expect(issues.map((issue) => [issue.setting, issue.where])).toEqual([
      ['AFFERENT_THREADS', 'AFFERENT_THREADS'],
      ['AFFERENT_QUEUE_URL', 'AFFERENT_QUEUE_URL'],
    ])
    expect(issues[0]?.says).toContain('32')
  })
})

describe('a secret', () => {
  it('is read from the file its _FILE variable names, without the line end, and never shown', () => {
    const path = join(temporaryFolder(), 'queue-url')
    writeFileSync(path, 'redis://:word@host:6379\n')
    const { values, settings } = readConfig(Schema, { env: { AFFERENT_QUEUE_URL_FILE: path } })
    expect(values.AFFERENT_QUEUE_URL).toBe('redis://:word@host:6379')
    expect(settings[2]).toEqual({
      name: 'AFFERENT_QUEUE_URL',
      shown: '(hidden)',
      origin: 'secret file',
      where: 'AFFERENT_QUEUE_URL_FILE',
    })
  })

  it('is refused in the project file, which is often copied about', () => {
    const projectFile = { path: 'afferent.env', text: 'AFFERENT_QUEUE_URL=redis://host\n' }
    expect(issuesOf(() => readConfig(Schema, { env: {}, projectFile }))).toMatchObject([
      { setting: 'AFFERENT_QUEUE_URL', where: 'afferent.env:1:1' },
    ])
  })

  it('is refused when it is given twice, or when its file is not there', () => {
    const twice = { AFFERENT_QUEUE_URL: 'redis://host', AFFERENT_QUEUE_URL_FILE: '/nowhere' }
    expect(issuesOf(() => readConfig(Schema, { env: twice }))[0]?.says).toContain('not both')
    const gone = { AFFERENT_QUEUE_URL_FILE: '/nowhere/at/all' }
    expect(issuesOf(() => readConfig(Schema, { env: gone }))[0]?.says).toContain('ENOENT')
  })
})

describe('a name nobody knows', () => {
  it('is an error in the project file, with line, column and a suggestion', () => {
    const projectFile = { path: 'afferent.env', text: '\nexport AFFERENT_THREDAS=3\n' }
    expect(issuesOf(() => readConfig(Schema, { env: {}, projectFile }))).toEqual([
      {
        setting: 'AFFERENT_THREDAS',
        where: 'afferent.env:2:8',
        says: 'not a setting; did you mean AFFERENT_THREADS?',
      },
    ])
  })

  it('is an error in the environment when it looks mistyped, and is let be when a cluster put it there', () => {
    expect(issuesOf(() => readConfig(Schema, { env: { AFFERENT_DTAA: 'x' } }))[0]?.says).toContain('AFFERENT_DATA')
    const injected = { AFFERENT_PORTAL_PORT_8080_TCP: 'tcp://10.0.0.1:8080', AFFERENT_OTHER: '1' }
    expect(issuesOf(() => readConfig(Schema, { env: injected }))).toEqual([])
  })

  it('is no error when another part of the installation knows it', () => {
    const sources = { env: { AFFERENT_DATUM: 'x' }, known: ['AFFERENT_DATUM'] }
    expect(issuesOf(() => readConfig(Schema, sources))).toEqual([])
  })
})
