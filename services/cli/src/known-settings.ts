/**
 * Names of all settings of an installation, so that a mistyped one is noticed by every command without loading the
 * services. A test in tests/infra compares this list with the schemas, both ways.
 */
export const KNOWN_SETTINGS: readonly string[] = [
  'AFFERENT_DATA',
  'AFFERENT_LOG_LEVEL',
  'AFFERENT_LOG_FORMAT',
  'AFFERENT_QUEUE_URL',
  'AFFERENT_WORKER_THREADS',
  'AFFERENT_WORKER_STEPS',
  'AFFERENT_LOCK_MS',
  'AFFERENT_HANG_SECONDS',
  'AFFERENT_LOOK_SECONDS',
  'AFFERENT_PORTAL_HOST',
  'AFFERENT_PORTAL_PORT',
]
