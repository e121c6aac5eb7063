import { link, mkdtemp, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Check, fine, odd, wrong } from './check.ts'

const GIB = 2 ** 30
const NEEDED_BYTES = GIB

/** What intake and vault do in the folder of the installation: write, link, rename. Leaves nothing behind. */
export async function checkFolder(folder: string): Promise<Check> {
  const existing = await nearestExisting(folder)
  const isNew = existing === folder ? '' : ' (will be made)'
  let probe: string
  try {
    probe = await mkdtemp(join(existing, '.afferent-doctor-'))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    return wrong('data folder', `${folder}: cannot write (${code})`, 'choose another with --data, or correct its owner')
  }
  try {
    return await tryLinks(folder + isNew, probe)
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}

async function tryLinks(shown: string, probe: string): Promise<Check> {
  await writeFile(join(probe, 'a'), 'a')
  await rename(join(probe, 'a'), join(probe, 'b'))
  try {
    await link(join(probe, 'b'), join(probe, 'c'))
  } catch {
    return odd('data folder', `${shown}: no hard links`, 'works, but results are copied and take twice the room')
  }
  return fine('data folder', `${shown}: writing, renaming and linking work`)
}

export async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(await nearestExisting(folder))
  const free = bavail * bsize
  const says = `${(free / GIB).toFixed(1)} GiB free`
  return free >= NEEDED_BYTES ? fine('disk', says) : odd('disk', says, 'make room: a large study takes more than 1 GiB')
}

/** The folder itself, or the one above it in which it would be made; a file in its place stays, and fails to be written to. */
async function nearestExisting(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found !== null || dirname(path) === path ? path : nearestExisting(dirname(path))
}
