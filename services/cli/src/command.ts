import type { Context } from './context.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Given } from './given.ts'

/**
 * One command of `afferent`, as data: the command line, the help page and the shell completions are made from it.
 * A command file is loaded whenever any command runs, so it imports heavy packages inside `run`, never at its top.
 */
export interface CommandDefinition {
  /** One word, or two for a group: `vault check`. */
  readonly name: string
  /** One line, without a full stop, for the list of commands. */
  readonly says: string
  readonly arguments?: readonly ArgumentDefinition[]
  readonly options?: readonly OptionDefinition[]
  /** Three calls as a person would type them (without the leading `afferent`), each with what it does. */
  readonly examples: readonly [Example, Example, Example]
  /** Exit code when a person stops it: 6, but 0 for a command whose normal end is Ctrl-C. */
  readonly interruptedCode?: ExitCode
  run(context: Context, given: Given): Promise<ExitCode> | ExitCode
}

export interface ArgumentDefinition {
  /** `<file>` needed, `[study]` optional, `<file...>` one or more. */
  readonly name: `<${string}>` | `[${string}]`
  readonly says: string
  readonly choices?: readonly string[]
}

export interface OptionDefinition {
  /** `--study <file>`, `--max <n>`, `--dry-run`; with `...` after the word it may be given several times. */
  readonly flags: `--${string}`
  readonly says: string
  readonly default?: string
  readonly choices?: readonly string[]
  readonly needed?: boolean
}

export type Example = readonly [call: string, does: string]
