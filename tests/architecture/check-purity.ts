import { isTestFile } from './check-imports.ts'
import { roomOf } from './floor-plan.ts'
import type { SourceFile } from './read-source.ts'

/** What one file does for all, and says why in its docstring: shared memory, and the row loop made for the columns of an export. */
const ONLY_IN: Readonly<Record<string, string>> = {
  'new SharedArrayBuffer': 'packages/domain/records/src/column.ts',
  'new Function': 'packages/domain/formats/src/csv/compile-rows.ts',
}

/** Where a domain source reaches for the world, one sentence each. */
export function checkPurity({ path, touches }: SourceFile): string[] {
  if (roomOf(path)?.kind !== 'domain' || isTestFile(path)) return []
  return touches
    .filter(({ what }) => ONLY_IN[what] !== path)
    .map(({ what, line }) => `${path}:${line} uses ${what}; clock, chance, process and locale come in as ports`)
}
