import type { Vault } from '@afferent/ledger'
import type { Compute } from '@afferent/records'
import type { StudySizes } from './stages/study-sizes.ts'

/** Constant text plus fields; ids, counts and durations only. */
export interface Log {
  info(fields: Record<string, unknown>, text: string): void
  warn(fields: Record<string, unknown>, text: string): void
  error(fields: Record<string, unknown>, text: string): void
}

/** What the stages need of the world; `main.ts` of a service fills it in. */
export interface Ports {
  readonly vault: Vault
  readonly compute: Compute
  readonly log: Log
  /** SHA-256 of bytes or text, as 64 hex digits. */
  readonly digest: (input: Uint8Array | string) => string
  /** Version of the time-zone data; part of the computation version of studies that name a zone. */
  readonly zoneData: string
  /** Milliseconds since 1970, for the journal and for waiting; never reaches a result. */
  readonly now: () => number
  /** Absent: what suits files on disk. */
  readonly sizes?: Partial<StudySizes>
}
