import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { QueueError } from '../queue-error.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { type Account, copyTree } from './copy-tree.ts'

/** Where the embedded PostgreSQL runs from, and as whom. */
export interface Home {
  readonly binaries: Binaries
  /** Folder of this cluster: data/, password, server.log. */
  readonly cluster: string
  /** Folder for an initialised cluster that new ones are copied from; null: none can be kept. */
  readonly template: string | null
  /** Null: as whoever runs this process. */
  readonly account: Account | null
}

const installation = fileURLToPath(new URL('../../../../..', import.meta.url))
const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/**
 * Q2: PostgreSQL refuses to run as root, and as somebody else it can enter neither /root nor a clone in a folder of mode
 * 700. For root, programs and data therefore live below /var/tmp in a folder named by a hash of the installation's path:
 * the queue is a bell, its data may live anywhere. Everybody else runs it in place.
 */
export function findHome(dataDir: string): Home {
  const binaries = findBinaries()
  const account = process.getuid?.() === 0 ? unprivileged() : null
  if (account === null) {
    const template = join(installation, 'node_modules', '.cache', 'afferent', `postgres-${binaries.version}`)
    return { binaries, cluster: resolve(dataDir), template, account }
  }
  const base = join('/var/tmp', `afferent-${shortHash(installation)}`)
  makeOwnFolder(base)
  const clusters = join(base, 'clusters')
  makeOwnFolder(clusters)
  sweepClusters(clusters)
  return {
    binaries: copyBinaries(binaries, join(base, `postgres-${binaries.version}`)),
    cluster: claimCluster(clusters, resolve(dataDir)),
    template: join(base, `template-${binaries.version}`),
    account,
  }
}

/** `nobody` exists everywhere and owns nothing; no account is added to the machine. */
function unprivileged(): Account {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'))
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** In a folder that everybody may write to, a name may have been taken by somebody else. */
function makeOwnFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o755 })
    chmodSync(path, 0o755)
  } catch (cause) {
    const found = lstatSync(path)
    if (!found.isDirectory() || found.uid !== process.getuid?.())
      throw new QueueError('cannot-start', `${path} belongs to somebody else`, { cause })
  }
}

/** A cluster away from its data folder names it, so that it can go when the folder has gone. */
const OWNER_FILE = 'belongs-to'

function claimCluster(clusters: string, dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const cluster = join(clusters, shortHash(dataDir))
  mkdirSync(cluster, { recursive: true })
  writeFileSync(join(cluster, OWNER_FILE), dataDir)
  return cluster
}

function sweepClusters(clusters: string): void {
  for (const name of readdirSync(clusters)) {
    const cluster = join(clusters, name)
    const owner = join(cluster, OWNER_FILE)
    if (exists(owner) && !exists(readFileSync(owner, 'utf8')) && !exists(join(cluster, 'data', 'postmaster.pid')))
      rmSync(cluster, { recursive: true, force: true })
  }
}

function copyBinaries(binaries: Binaries, root: string): Binaries {
  const copy = { root, version: binaries.version }
  appearWhole(root, (temporary) => {
    copyTree(binaries.root, temporary, { owner: null, readable: true, skip: (name) => name.endsWith('.a') })
  })
  return copy
}

/** Makes a folder under a temporary name and renames it; the first of several processes wins. */
export function appearWhole(path: string, make: (temporary: string) => void): void {
  if (exists(path)) return
  const temporary = `${path}.${process.pid}`
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(dirname(path), { recursive: true })
  try {
    make(temporary)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    if (!exists(path)) throw error
  }
}

export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
