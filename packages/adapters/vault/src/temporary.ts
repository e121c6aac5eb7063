import { join } from 'node:path'
import type { Disk } from './disk.ts'
import { livenessOf, type Owner, thisProcess } from './owner.ts'

/**
 * Names of unfinished files and folders: `tmp/<host>.<pid>.<born>.<n>`. The name says who writes, so that what a killed
 * writer left can be told from what a living one, perhaps in another process, is still writing.
 */
export interface TemporaryNames {
  next(): string
}

const DAY_MS = 24 * 60 * 60 * 1000
let count = 0

export function temporaryNames(folder: string): TemporaryNames {
  const { host, pid, born } = thisProcess
  return { next: () => join(folder, `${host}.${pid}.${born}.${++count}`) }
}

/** Removes what dead writers left; a writer that cannot be seen from here gets a day. Returns how many were removed. */
export async function sweepLeftovers(disk: Disk, folder: string, now: number): Promise<number> {
  let removed = 0
  for (const entry of await disk.list(folder)) {
    const path = join(folder, entry.name)
    if (!(await isLeftover(disk, path, entry.name, now))) continue
    await disk.removeTree(path)
    removed++
  }
  return removed
}

async function isLeftover(disk: Disk, path: string, name: string, now: number): Promise<boolean> {
  const owner = ownerOf(name)
  const liveness = owner === null ? 'unknown' : livenessOf(owner)
  if (liveness !== 'unknown') return liveness === 'dead'
  const stats = await disk.stat(path).catch(() => null)
  return stats !== null && now - stats.mtimeMs > DAY_MS
}

function ownerOf(name: string): Owner | null {
  const [host, pid, born, number] = name.split('.')
  if (host === undefined || born === undefined || number === undefined || !/^\d+$/.test(pid ?? '')) return null
  return { host, pid: Number(pid), born }
}
