import { type Profiled, profileCsv } from '@afferent/formats'
import type { BytesRef, Compute, ExportProfile, Task, TaskHost } from '@afferent/records'
import { proposeStudy } from '@afferent/study'

export interface ProfileInput {
  readonly ref: BytesRef
  /** As shown, and as matched by the proposed study file. */
  readonly name: string
}

/** Looks at a whole file that nobody has described, or says why it is no table of text. */
export function profileExport({ ref, name }: ProfileInput, host: TaskHost): Profiled {
  return profileCsv(host.open(ref), host, name)
}

export const PROFILE_EXPORT: Task<ProfileInput, Profiled> = {
  module: import.meta.url,
  name: 'profileExport',
  types: profileExport,
}

/**
 * A study file for exports that wait for one, or null when none can be read. Made from the export with the most rows: the
 * diary, where subjects and lists lie beside it.
 */
export async function proposeForFiles(
  study: string,
  files: readonly ProfileInput[],
  compute: Compute,
): Promise<string | null> {
  let best: ExportProfile | null = null
  for (const each of await compute.map(PROFILE_EXPORT, files)) {
    if (each.kind === 'profile' && each.profile.rows > (best?.rows ?? 0)) best = each.profile
  }
  return best === null ? null : proposeStudy(best, study).yaml
}
