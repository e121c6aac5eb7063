import { isTestFile } from './check-imports.ts'
import { roomOf } from './floor-plan.ts'
import type { SourceFile } from './read-source.ts'

/** The one file that allocates shared memory for all (its docstring says so). */
const SHARED_MEMORY_OWNER = 'packages/domain/records/src/column.ts'

/** Where a domain source reaches for the world, one sentence each. */
export function checkPurity({ path, touches }: SourceFile): string[] {
  if (roomOf(path)?.kind !== 'domain' || isTestFile(path)) return []
  return touches
    .filter(({ what }) => !(what === 'new SharedArrayBuffer' && path === SHARED_MEMORY_OWNER))
    .map(({ what, line }) => `${path}:${line} uses ${what}; clock, chance, process and locale come in as ports`)
}
