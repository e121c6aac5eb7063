/**
 * What a vault refuses or cannot do.
 *
 * missing        the name is not in the vault
 * damaged        bytes differ from the hash they were stored under, or a journal entry cannot be read
 * bad-name       a study, id or file name outside the rules of `ledger`
 * disk-full      no room (or no quota) left; nothing was half written under a final name
 * not-permitted  the operating system refuses to write here
 * in-use         another installation works in this folder
 */
export type VaultErrorCode = 'missing' | 'damaged' | 'bad-name' | 'disk-full' | 'not-permitted' | 'in-use'

export class VaultError extends Error {
  readonly code: VaultErrorCode

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'VaultError'
    this.code = code
  }
}

/** Code of an operating-system error (`ENOENT`, ...), or '' for anything else. */
export function systemCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code = (error as NodeJS.ErrnoException).code
  return typeof code === 'string' ? code : ''
}

/** Errors that need another sentence than the operating system's own; all others pass unchanged. */
export function clearError(error: unknown): unknown {
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new VaultError('disk-full', 'the disk of the vault is full', { cause: error })
    case 'EACCES':
    case 'EROFS':
      return new VaultError('not-permitted', 'the vault may not be read or written here', { cause: error })
    default:
      return error
  }
}
