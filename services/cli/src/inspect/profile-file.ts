import { type Profiled, profileCsv } from '@afferent/formats'
import type { BytesRef, Task, TaskHost } from '@afferent/records'

export interface ProfileInput {
  readonly ref: BytesRef
  /** As shown and as matched by the proposed study file. */
  readonly name: string
}

/** Looks at a whole file that nobody has described, or says why it is no table of text. */
export function profileFile({ ref, name }: ProfileInput, host: TaskHost): Profiled {
  return profileCsv(host.open(ref), host, name)
}

export const PROFILE_FILE: Task<ProfileInput, Profiled> = {
  module: import.meta.url,
  name: 'profileFile',
  types: profileFile,
}
