import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'

export interface Account {
  readonly uid: number
  readonly gid: number
}

export interface CopyOptions {
  /** Who owns the copy; null: whoever runs this. */
  readonly owner: Account | null
  /** Everybody may read the copy, and run what the owner may run. */
  readonly readable?: boolean
  readonly skip?: (name: string) => boolean
}

/** Copies a folder with its links and modes; blocks are shared where the file system can. */
export function copyTree(from: string, to: string, options: CopyOptions): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (options.skip?.(entry.name)) continue
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target)
      continue
    }
    if (entry.isDirectory()) copyTree(source, target, options)
    else copyFileSync(source, target, constants.COPYFILE_FICLONE)
    dress(source, target, options)
  }
  dress(from, to, options)
}

/** Whatever the process's umask says. */
function dress(source: string, target: string, { owner, readable }: CopyOptions): void {
  const mode = lstatSync(source).mode & 0o777
  const open = mode & 0o100 ? 0o555 : 0o444
  chmodSync(target, readable ? mode | open : mode)
  if (owner !== null) chownSync(target, owner.uid, owner.gid)
}
