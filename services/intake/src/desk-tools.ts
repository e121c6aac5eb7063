import type { InFlight } from './in-flight.ts'
import type { IntakeOptions, IntakePorts } from './intake-ports.ts'
import type { SaidOnce } from './said-once.ts'

/** What the desks of all studies share. */
export interface DeskTools {
  readonly ports: IntakePorts
  readonly options: IntakeOptions
  readonly said: SaidOnce
  readonly inFlight: InFlight
  /** Aborted when the intake stops. */
  readonly signal: AbortSignal
  readonly ring: (study: string) => void
  /** Nothing new is taken for a while: the disk is full. */
  readonly pause: () => void
  readonly isPaused: () => boolean
  /** Something happened that is worth a look before the next poll. */
  readonly hint: () => void
}
