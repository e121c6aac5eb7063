import type { ContentId } from '@afferent/ledger'
import type { Ports } from '../ports.ts'
import type { Step } from '../steps.ts'

/** What the planner says about one study at one moment. */
export interface Look {
  readonly study: string
  /** Steps that are missing now and can be done, in order; `publish` comes with its `derive` children. */
  readonly steps: readonly RingStep[]
  /** Milliseconds since 1970 when a further look is due although nothing happens (debounce), or null. */
  readonly lookAgainAt: number | null
  /** What waits for what and why, for `afferent status`; empty when all is published. */
  readonly waits: readonly Wait[]
  /** Planned re-analysis of the study file in force, for the queue to keep; null: none. */
  readonly schedule: { readonly cron: string; readonly timezone: string } | null
}

/** A step and, for a publish step, the derive steps that must be done before it. */
export interface RingStep {
  readonly step: Step
  readonly children: readonly Step[]
}

export interface Wait {
  readonly for: 'study-file' | 'validate' | 'quiet' | 'prepare' | 'derive' | 'publish' | 'person'
  readonly since: string
  readonly says: string
  readonly remedy: string
}

/** What became of one upload, for its receipt. */
export type Outcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'waiting-for-study' }
  /** A valid study file. */
  | { readonly kind: 'study' }
  | {
      readonly kind: 'accepted'
      /** Holds the findings as well. */
      readonly dataset: ContentId
      readonly rows: {
        readonly read: number
        readonly used: number
        readonly quarantined: number
        readonly excluded: number
      }
    }
  /** A newer version of the file came before this one was needed. */
  | { readonly kind: 'superseded'; readonly by: number }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly says: string
      /** What the receipt calls it, where validation judged; `refused` otherwise. */
      readonly state?: 'refused' | 'empty' | 'unreadable'
      /** Holds the findings of a refused file. */
      readonly dataset?: ContentId
    }

export type LookAt = (study: string, ports: Ports, takingFiles: number) => Promise<Look>
