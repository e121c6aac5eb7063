export const QUEUE_ERRORS = {
  'address-invalid': 'the address of the queue is neither redis://, rediss://, postgres:// nor postgresql://',
  unreachable: 'the server of the queue does not answer',
  'redis-evicts': "Redis may throw jobs away: set 'maxmemory-policy noeviction'",
  'schema-newer': 'the database of the queue was set up by a newer version; upgrade this installation',
  'schema-failed': 'the tables of the queue could not be set up',
  'in-use': 'another running installation uses this embedded queue',
  'no-binaries': 'there is no embedded PostgreSQL for this kind of machine; set AFFERENT_QUEUE_URL',
  'cannot-start': 'the embedded PostgreSQL does not start; its log stands beside its data',
  'payload-invalid': 'a job does not carry what its kind promises',
  closed: 'the queue was closed',
} as const
export type QueueErrorCode = keyof typeof QUEUE_ERRORS

/** Why the queue cannot be used. The sentence names what to do, never what a job carried. */
export class QueueError extends Error {
  readonly code: QueueErrorCode

  constructor(code: QueueErrorCode, detail = '', options: { cause?: unknown } = {}) {
    super(`${QUEUE_ERRORS[code]}${detail === '' ? '' : ` (${detail})`}`, options)
    this.name = 'QueueError'
    this.code = code
  }
}
