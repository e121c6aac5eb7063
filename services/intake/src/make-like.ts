import { chmod, chown, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A drop folder with the owner and mode that our folders in it take over. */
export interface LikeFolder {
  readonly path: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

export async function likeFolder(path: string): Promise<LikeFolder> {
  const { mode, uid, gid } = await stat(path)
  return { path, mode: mode & 0o7777, uid, gid }
}

/** Makes a folder and those above it, each with owner and mode of the drop folder as far as we may set them. */
export async function makeLike(like: LikeFolder, path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || path === like.path) throw error
    await makeLike(like, dirname(path))
    await mkdir(path).catch(unlessThere)
  }
  await chmod(path, like.mode).catch(() => undefined)
  await ownLike(like, path)
}

/** Gives a file or folder of ours to whoever owns the drop folder; only root can, and others need not. */
export async function ownLike(like: LikeFolder, path: string): Promise<void> {
  if (like.uid === 0 && like.gid === process.getegid?.()) return // it is root's already
  if (process.getuid?.() === 0) await chown(path, like.uid, like.gid).catch(() => undefined)
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
}
