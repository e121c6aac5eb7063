import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { mayImportLibrary, mayImportRoom, type Room, roomNamed, roomOf } from './floor-plan.ts'
import type { Import } from './read-source.ts'
import { repositoryRoot } from './repository-files.ts'

/** What the package.json of a room says. */
export interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export type ManifestOf = (room: Room) => Manifest

/** Tests and what only they load; they may use the disk, the test kit and development dependencies. */
export const isTestFile = (path: string): boolean => path.startsWith('tests/') || /\.(test|fixture)\.ts$/.test(path)

/** Why an import breaks a fence, as a sentence with file and line, or null. */
export function checkImport(found: Import, manifestOf: ManifestOf): string | null {
  const room = roomOf(found.from)
  if (room === undefined) return null
  const complain = (why: string): string => `${found.from}:${found.line} imports ${found.specifier}: ${why}`
  const within = libraryFile(found, room)
  const why =
    within !== null
      ? checkBare({ ...found, specifier: within }, room, manifestOf)
      : found.specifier.startsWith('.')
        ? checkRelative(found, room)
        : checkBare(found, room, manifestOf)
  return why === null ? null : complain(why)
}

/** A file of one of the room's own libraries that the library's doors do not lead to, without the way there. */
function libraryFile({ from, specifier }: Import, room: Room): string | null {
  const libraries = `${room.path}/node_modules/`
  const target = posix.join(posix.dirname(from), specifier)
  return specifier.startsWith('.') && target.startsWith(libraries) ? target.slice(libraries.length) : null
}

function checkRelative({ from, specifier }: Import, room: Room): string | null {
  const target = posix.join(posix.dirname(from), specifier)
  // Few files are JavaScript as they stand, those that run before TypeScript can be read.
  const isScript = specifier.endsWith('.js') && existsSync(`${repositoryRoot}/${target}`)
  if (!isScript && !/\.(ts|json)$/.test(specifier)) return 'Node needs the ending .ts'
  if (target.startsWith(`${room.path}/`)) return null
  if (isTestFile(from) && target.startsWith('tests/testkit/')) return null
  return 'it leaves its own package; others are imported through their door'
}

function checkBare({ from, specifier }: Import, room: Room, manifestOf: ManifestOf): string | null {
  const test = isTestFile(from)
  if (isBuiltin(specifier)) return checkBuiltin(specifier, room, test)
  const name = packageName(specifier)
  const { dependencies, devDependencies } = manifestOf(room)
  const declared = name in { ...dependencies, ...(test && devDependencies) }
  if (name === 'vitest') return test ? null : 'only tests import vitest'
  if (!declared && name !== room.name) return `${room.path}/package.json does not declare it`
  const target = roomNamed(name)
  if (target === undefined) return test || mayImportLibrary(room, name) ? null : `another room owns ${name}`
  if (!test && !mayImportRoom(room, target)) return `${room.path} may not know ${target.path}`
  return checkDoor(specifier.slice(name.length), manifestOf(target), target)
}

function checkBuiltin(specifier: string, room: Room, test: boolean): string | null {
  if (!specifier.startsWith('node:')) return 'built-in modules are imported with node:'
  return room.kind === 'domain' && !test ? 'a domain package does not touch the world' : null
}

function checkDoor(rest: string, { exports = {} }: Manifest, target: Room): string | null {
  const doors = Object.keys(exports)
  return doors.includes(`.${rest}`) ? null : `${target.path} has no such door (${doors.join(', ')})`
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
