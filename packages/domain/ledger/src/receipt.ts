/** The answer to one dropped file, beside it as `<name>.receipt.json`. One per file, in exactly one of these states. */
export const RECEIPT_STATES = ['new', 'duplicate', 'superseding', 'refused', 'empty', 'unreadable'] as const
export type ReceiptState = (typeof RECEIPT_STATES)[number]

export interface Receipt {
  readonly schemaVersion: 1
  readonly state: ReceiptState
  readonly study: string
  readonly name: string
  /** Journal number, null where the file never entered the vault. */
  readonly number: number | null
  readonly object: string | null
  readonly size: number
  readonly receivedAt: string
  /** Number of the upload this one replaces. */
  readonly supersedes: number | null
  /** One sentence for the person who dropped the file. */
  readonly says: string
  readonly rows: {
    readonly read: number
    readonly used: number
    readonly quarantined: number
    readonly excluded: number
  } | null
  /** Findings by rule: how many, up to three examples, and what to do. */
  readonly findings: readonly {
    readonly rule: string
    readonly severity: string
    readonly count: number
    readonly examples: readonly string[]
    readonly remedy: string
  }[]
}
