import { type Glob, parseGlob } from './glob.ts'
import type { Source } from './source.ts'
import type { AnalyticStudy } from './study.ts'

const globs = new WeakMap<Source, Glob>()

function globOf(source: Source): Glob {
  const known = globs.get(source)
  if (known !== undefined) return known
  const glob = parseGlob(source.files)
  globs.set(source, glob)
  return glob
}

/** The source an upload belongs to: the first, in the order of the study file, whose pattern fits the name. */
export function matchSource(study: Pick<AnalyticStudy, 'sources'>, uploadName: string): Source | null {
  for (const source of study.sources) {
    const glob = globOf(source)
    if (glob.kind === 'glob' && glob.matches(uploadName)) return source
  }
  return null
}

/**
 * For `uploads: newest`: files of one group are versions of one cumulative export. The group is the source together with the
 * parts of the name in parentheses; a file that fits no source is a group of its own.
 */
export function uploadGroup(study: Pick<AnalyticStudy, 'sources'>, uploadName: string): string {
  const source = matchSource(study, uploadName)
  if (source === null) return `\u0000${uploadName}`
  const glob = globOf(source)
  return `${source.name}\u0000${glob.kind === 'glob' ? glob.groupOf(uploadName) : ''}`
}
