import { UnrecoverableError } from 'bullmq'

/**
 * Troubles of the surroundings: a full disk, a lost share, a server that is down. Time or a person heals them, so they
 * never settle a step; after its attempts the step is released and asked again at a later look. The last two are the
 * vault's names for some of the others.
 */
const SURROUNDINGS = new Set(
  (
    'EACCES EAGAIN EBUSY ECONNREFUSED ECONNRESET EDQUOT EHOSTUNREACH EIO EMFILE ENETUNREACH ENFILE ENOLCK ENOMEM ' +
    'ENOSPC EPERM EPIPE EROFS ESTALE ETIMEDOUT disk-full not-permitted'
  ).split(' '),
)

export const isSurroundings = (code: string): boolean => SURROUNDINGS.has(code)

/**
 * Q6: what of an exception may reach the queue. A code from a short alphabet, never its message: messages quote cells,
 * and a NUL or half a character in one makes the job run twice.
 */
export function toFailureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'exception'
  const { code } = error as { code?: unknown }
  for (const word of [code, (error.cause as { code?: unknown } | undefined)?.code])
    if (typeof word === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(word)) return word
  return 'exception'
}

const PREFIX = '{"code":"'

/** The only kind of error the queue ever gets: `{"code":"..."}`, without a stack. */
export function toQueuedError(code: string, again: boolean): Error {
  const message = `${PREFIX}${code}"}`
  const error = again ? new Error(message) : new UnrecoverableError(message)
  error.stack = message
  return error
}

/** Whether an error is already in the form the queue may have. */
export const isQueuedError = (error: unknown): boolean => error instanceof Error && error.message.startsWith(PREFIX)
