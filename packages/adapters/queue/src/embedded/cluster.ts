import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { QueueError } from '../queue-error.ts'
import { program } from './binaries.ts'
import { copyTree } from './copy-tree.ts'
import { appearWhole, exists, type Home } from './home.ts'

export const USER = 'afferent'
export const dataOf = (folder: string): string => join(folder, 'data')
export const passwordOf = (folder: string): string => readFileSync(join(folder, 'password'), 'utf8').trim()

/**
 * A folder with an initialised cluster in `data/` and the password of its only user in `password`.
 *
 * initdb takes 0.6 s, a copy of an earlier one 0.08 s. The copies of one installation share a password: they belong to
 * one account of the machine anyway.
 */
export async function ensureCluster(home: Home): Promise<void> {
  if (exists(dataOf(home.cluster))) return
  const template = await ensureTemplate(home)
  prepareFolder(home.cluster)
  if (template === null) return initialise(home, home.cluster)
  writeFileSync(join(home.cluster, 'password'), passwordOf(template), { mode: 0o600 })
  appearWhole(dataOf(home.cluster), (temporary) => copyTree(dataOf(template), temporary, { owner: home.account }))
}

/** The template, made now if there is none; null where it cannot be kept (a read-only installation). */
async function ensureTemplate(home: Home): Promise<string | null> {
  const { template } = home
  if (template === null || exists(template)) return template
  const temporary = `${template}.fresh-${process.pid}`
  try {
    prepareFolder(temporary)
  } catch {
    return null
  }
  try {
    await initialise(home, temporary)
    appearWhole(template, (target) => copyTree(temporary, target, { owner: home.account }))
    return template
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** Others may pass through to `data/`, which the server keeps for itself; the password is ours alone. */
function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
}

async function initialise(home: Home, folder: string): Promise<void> {
  const password = randomBytes(24).toString('base64url')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const data = dataOf(folder)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (home.account !== null) {
    chownSync(data, home.account.uid, home.account.gid)
    chownSync(passwordFile, home.account.uid, home.account.gid)
  }
  const flags = ['--no-sync', '--no-locale', '--encoding=UTF8', '--no-instructions', '--wal-segsize=1']
  const who = [`--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  try {
    await promisify(execFile)(program(home.binaries, 'initdb'), [`--pgdata=${data}`, ...who, ...flags], {
      ...home.account,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
    })
  } catch (cause) {
    rmSync(data, { recursive: true, force: true })
    throw new QueueError('cannot-start', 'initdb', { cause })
  }
  if (home.account !== null) chownSync(passwordFile, process.getuid?.() ?? 0, process.getgid?.() ?? 0)
}
