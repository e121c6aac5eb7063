import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'

/**
 * Published data sets and figures made outside this project live in a folder `shared` beside the repository, not in it.
 * Where that folder is absent its tests are skipped, under one name that says so.
 */
const folder = fileURLToPath(new URL('../../../shared', import.meta.url))

/** Address of the reference folder, or null where there is none. */
export const sharedRoot: string | null = existsSync(folder) ? folder : null

export function describeReference(name: string, define: (root: string) => void): void {
  const root = sharedRoot
  describe(name, () => {
    if (root === null) it.skip('skipped: reference data absent', () => {})
    else define(root)
  })
}
