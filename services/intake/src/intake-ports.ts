import type { ContentId, Receipt, Vault } from '@afferent/ledger'
import type { Log } from '@afferent/pipeline'
import type { CsvParts } from './place-answer.ts'
import type { OutcomesOf } from './study-ledger.ts'

/** What the intake needs of the world around it; whoever starts it fills this in. */
export interface IntakePorts {
  readonly vault: Pick<Vault, 'putObject' | 'append' | 'journal'>
  /** Says that a study should be looked at; asked at most every 50 ms for one study. */
  readonly ring: (study: string) => unknown
  readonly outcomesOf: OutcomesOf
  /** Findings of a dataset (of a refused file too): grouped for the receipt, and all of them as CSV if there are any. */
  readonly findingsOf: (dataset: ContentId) => Promise<FileFindings>
  /** A study file for exports nobody has described yet, or null when none can be proposed. */
  readonly propose: (study: string, files: readonly { name: string; path: string }[]) => Promise<string | null>
  /** For the person at the terminal: may name files, so it never goes to the log. */
  readonly say: (notice: Notice) => void
  readonly log: Log
  readonly now: () => number
}

export interface FileFindings {
  readonly groups: Receipt['findings']
  readonly csv: CsvParts | null
}

/** Something about the drop folder that is said once, until it is over and comes back. */
export interface Notice {
  /** Folder below drop/; '' for the drop folder itself. */
  readonly study: string
  readonly says: string
}

export interface IntakeOptions {
  /** Time between two looks that must find a file unchanged. Longer: fewer half-written files are taken; shorter: faster. */
  readonly settleMs: number
  /** Looks without a hint: network mounts give none. */
  readonly pollMs: number
  /** Files copied at the same time. */
  readonly inFlight: number
  /** Pause after a full disk or another fault that time may heal. */
  readonly retryMs: number
  /** A file whose writer paused is watched this long after its answer. */
  readonly watchAnsweredMs: number
}

export const INTAKE_DEFAULTS: IntakeOptions = {
  settleMs: 150,
  pollMs: 1_000,
  inFlight: 16,
  retryMs: 5_000,
  watchAnsweredMs: 600_000,
}
