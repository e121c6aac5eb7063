import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Manifest } from './check-imports.ts'
import { ROOMS } from './floor-plan.ts'
import { readFiles, repositoryRoot } from './repository-files.ts'

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8')

it('has a place in the plan for every package and service on disk', () => {
  const folders = ['packages/domain', 'packages/adapters', 'services'].flatMap((parent) =>
    readdirSync(join(repositoryRoot, parent)).map((name) => `${parent}/${name}`),
  )
  expect([...folders, 'tests'].sort()).toEqual(ROOMS.map(({ path }) => path).sort())
})

const rooms = ROOMS.filter(({ kind }) => kind !== 'tests')

describe.each(rooms)('$path', ({ path, name }) => {
  const { exports = {}, ...manifest } = JSON.parse(read(`${path}/package.json`)) as Manifest

  it('is named after its folder', () => {
    expect(manifest.name).toBe(name)
  })

  it('has a door, and behind every door a file', () => {
    expect(exports['.']).toBe('./src/index.ts')
    for (const file of Object.values(exports)) expect(existsSync(join(repositoryRoot, path, file)), file).toBe(true)
  })

  it('says in a few lines of README what it is for and where to start', () => {
    const [beginning = ''] = read(`${path}/README.md`).split(/\n(?:##|\|)/)
    const lines = beginning.split('\n').filter((line) => line.trim() !== '')
    expect(lines[0]).toBe(`# ${name.replace('@afferent/', '')}`)
    expect(lines.length).toBeGreaterThanOrEqual(3)
    expect(lines.length).toBeLessThanOrEqual(8)
  })
})

it('names no folder or file after nothing in particular', () => {
  const vague = /(^|\/)(shared|common|utils?|helpers?|misc)(\/|\.ts$|\.test\.ts$)/
  const files = ['packages', 'services', 'tests'].flatMap((folder) => readFiles(folder, ['.ts']))
  expect(files.length).toBeGreaterThan(100)
  expect(files.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([])
})
