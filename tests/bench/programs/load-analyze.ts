import { enableCompileCache } from 'node:module'

enableCompileCache()

/** Loads what `afferent analyze` loads before its first byte is read, and ends: the start-up of its modules alone. */
await Promise.all([
  import('@afferent/study'),
  import('@afferent/runtime/clock'),
  import('@afferent/compute'),
  import('@afferent/pipeline'),
  import('@afferent/results'),
  import('@afferent/records/arrow'),
])
