import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, it } from 'vitest'
import { checkImport, type Manifest } from './check-imports.ts'
import { checkPurity } from './check-purity.ts'
import { ROOMS, type Room } from './floor-plan.ts'
import { readSource } from './read-source.ts'
import { readFiles, repositoryRoot } from './repository-files.ts'

const sources = ROOMS.flatMap((room) => readFiles(room.path, ['.ts'])).map(readSource)
const imports = sources.flatMap((source) => source.imports)

const manifests = new Map<Room, Manifest>(
  ROOMS.map((room) => [room, JSON.parse(readFileSync(join(repositoryRoot, room.path, 'package.json'), 'utf8'))]),
)

it('keeps every import within the fences of the plan', ({ task }) => {
  task.meta.examined = `${imports.length} imports of ${sources.length} sources`
  expect(imports.length).toBeGreaterThan(100)
  expect(new Set(imports.map(({ from }) => from.split('/')[0]))).toEqual(new Set(['packages', 'services', 'tests']))
  const broken = imports.flatMap((found) => checkImport(found, (room) => manifests.get(room) as Manifest) ?? [])
  expect(broken).toEqual([])
})

it('keeps clock, chance, process and locale out of the domain', () => {
  const domain = sources.filter(({ path }) => path.startsWith('packages/domain/'))
  expect(domain.length).toBeGreaterThan(50)
  expect(domain.flatMap(checkPurity)).toEqual([])
})

it('starts every process with the compile cache, before anything else is loaded', () => {
  const mains = readFiles('services', ['/src/main.ts', '/src/main.js'])
  expect(mains.length).toBeGreaterThan(0)
  for (const file of mains) {
    const loaded = readSource(file).imports.filter(({ form }) => form === 'static')
    expect(loaded.map(({ specifier }) => `${file.path}: ${specifier}`)).toEqual([`${file.path}: node:module`])
    expect(file.text, file.path).toMatch(/^import .*\n\n?enableCompileCache\(\)/m)
  }
})

it('opens the help page of the command line without loading a heavy library', () => {
  const libraries = staticLibraries('services/cli/src/run.ts', new Set())
  expect([...libraries].sort()).toEqual(['@afferent/runtime/process', 'commander'])
})

/** What a file and all files it imports statically load from other packages, built-in modules aside. */
function staticLibraries(path: string, seen: Set<string>): Set<string> {
  seen.add(path)
  const found = new Set<string>()
  for (const { specifier, form } of imports.filter(({ from }) => from === path)) {
    if (form !== 'static' || specifier.startsWith('node:')) continue
    if (!specifier.startsWith('.')) found.add(specifier)
    const target = posix.join(posix.dirname(path), specifier)
    if (!specifier.startsWith('.') || seen.has(target)) continue
    for (const library of staticLibraries(target, seen)) found.add(library)
  }
  return found
}
