import { rm } from 'node:fs/promises'
import { join } from 'node:path'

const RUN_TABLE = /^runs\/([^/]+)\/(sha256-[0-9a-f]{64})(?:\/([^/]+))?$/

/**
 * Removes from `results/` what a sweep removed from the vault: its files are hard links, and the room is free only when
 * the last of them is gone.
 */
export async function removeFromView(data: string, removed: readonly string[]): Promise<void> {
  const { shortRun } = await import('@afferent/vault')
  for (const name of removed) {
    const match = RUN_TABLE.exec(name)
    if (match === null) continue
    const [, study, run, table] = match as unknown as [string, string, string, string | undefined]
    await rm(join(data, 'results', study, shortRun(run), table ?? ''), { recursive: true, force: true })
  }
}
