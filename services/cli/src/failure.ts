import { CommandError } from './command-error.ts'
import { EXIT } from './exit-codes.ts'

/** Faults of the surroundings by their system code, in words. */
const SYSTEM: Readonly<Record<string, readonly [says: string, remedy: string]>> = {
  ENOENT: ['there is no file or folder', 'check the path; it counts from the folder you are in'],
  EACCES: ['access is denied', 'check owner and mode'],
  EPERM: ['the system does not permit it', 'check owner and mode'],
  EISDIR: ['it is a folder, and a file was expected', 'name a file'],
  ENOTDIR: ['a part of the path is no folder', 'check the path'],
  ENOSPC: ['the disk is full', 'make room and call it again; nothing half-written is left in force'],
  EROFS: ['the disk is read-only', 'choose another folder'],
  EADDRINUSE: ['the port is taken by another process', 'stop it, or choose another port'],
  ECONNREFUSED: ['nobody answers at that address', 'start the service, or correct the address'],
  EMFILE: ['too many files are open', 'raise the limit (ulimit -n)'],
  EDQUOT: [
    'the quota of this account is used up',
    'make room and call it again; nothing half-written is left in force',
  ],
  EIO: ['the disk cannot be read or written', 'check the disk'],
  ELOOP: ['the link leads back to itself', 'name the file itself'],
  ENAMETOOLONG: ['the name is longer than the system permits', 'shorten it'],
}

/** Errors of the adapters: their sentence is written for people, and names what to do. */
const OF_ADAPTERS = new Set(['QueueError', 'VaultError'])

/** Any exception as an answer to a person: known ones as they are, faults of the system in words, others as our bug. */
export function toFailure(error: unknown): CommandError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const known = toKnownFailure(cause)
    if (known !== null) return known
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new CommandError(EXIT.internal, 'internal', 'this is a bug in Afferent, not in your data', {
    details: stack.split('\n'),
    remedy: 'please report it with the lines above, after removing names from them',
    cause: error,
  })
}

function toKnownFailure(error: Error): CommandError | null {
  if (error instanceof CommandError) return error
  const { code, path, issues } = error as { code?: unknown; path?: unknown; issues?: unknown }
  if (code === 'config-invalid' && Array.isArray(issues)) return toConfigFailure(error)
  if (OF_ADAPTERS.has(error.name)) {
    return new CommandError(EXIT.environment, String(code), error.message, { cause: error })
  }
  const known = typeof code === 'string' ? SYSTEM[code] : undefined
  if (known === undefined) return null
  const { address, port } = error as { address?: unknown; port?: unknown }
  const where = typeof path === 'string' ? `${path}: ` : typeof port === 'number' ? `${address}:${port}: ` : ''
  return new CommandError(EXIT.environment, String(code), where + known[0], { remedy: known[1], cause: error })
}

const toConfigFailure = (error: Error): CommandError =>
  new CommandError(EXIT.usage, 'config-invalid', 'a setting cannot be used', {
    details: error.message.split('\n'),
    remedy: 'see where settings come from: afferent config show --origin',
    cause: error,
  })
