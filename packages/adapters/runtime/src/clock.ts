import { createHash } from 'node:crypto'

/** Milliseconds since 1970 by this machine's clock: for the journal and for waiting, never for a result. */
export const now = (): number => Date.now()

/** SHA-256 of bytes, or of the UTF-8 form of a text, as 64 hex digits. */
export const digest = (input: Uint8Array | string): string => createHash('sha256').update(input).digest('hex')
