import type { ExitCode } from './exit-codes.ts'

/**
 * A command that cannot do what was asked: one sentence for a person, what to do about it, and an exit code.
 * Everything else that is thrown counts as a bug of ours and is shown as one.
 */
export class CommandError extends Error {
  readonly exit: ExitCode
  /** Stable word for scripts: `study-refused`, `vault-missing`. */
  readonly code: string
  /** What to do; empty where the sentence says it. */
  readonly remedy: string
  /** Further lines, each a full sentence: `study.yaml:12:5 ...`. */
  readonly details: readonly string[]

  constructor(
    exit: ExitCode,
    code: string,
    says: string,
    more: { remedy?: string; details?: readonly string[]; cause?: unknown } = {},
  ) {
    super(says, { cause: more.cause })
    this.name = 'CommandError'
    this.exit = exit
    this.code = code
    this.remedy = more.remedy ?? ''
    this.details = more.details ?? []
  }
}
